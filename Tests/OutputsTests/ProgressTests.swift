import Outputs
import Testing

/// They share the one board of the program, so they take turns.
@Suite("A loop over progress", .serialized)
struct ProgressTests {
  struct Refusal: Error {}

  var running: [String] { LoopBoard.own.running.map(\.description) }

  @Test("gets the same elements in the same order, of any collection")
  func elements() {
    var seen: [String] = []
    for word in progress(["a", "b", "c"]) { seen.append(word) }
    #expect(seen == ["a", "b", "c"])
    #expect(progress(stride(from: 9, to: 0, by: -3).map { $0 }).map { $0 } == [9, 6, 3])
    #expect(Array(progress("naïve")) == Array("naïve"))
    #expect(progress(1...4).reduce(0, +) == 10)
    #expect(running == [])
  }

  @Test("stands on the board with the step it is at")
  func steps() {
    var seen: [String] = []
    for _ in progress(1...3) { seen += running }
    for _ in progress(0..<1_000_000, "training") {
      seen += running
      break
    }
    #expect(
      seen == [
        "step 1 of 3", "step 2 of 3", "step 3 of 3", "step 1 of 1,000,000 of “training”",
      ])
    #expect(running == [])
  }

  @Test("stands behind the loop it is inside of, and leaves by break, continue and return")
  func nested() {
    var seen: [[String]] = []
    func search() -> Int {
      for outer in progress(1...3, "outer") {
        if outer == 1 { continue }
        for inner in progress(1...9, "inner") {
          if inner == 5 {
            seen.append(running)
            break
          }
        }
        seen.append(running)
        #expect(LoopBoard.own.left == nil)
        if outer == 2 { return outer }
      }
      return 0
    }
    #expect(search() == 2)
    #expect(
      seen == [
        ["step 2 of 3 of “outer”", "step 5 of 9 of “inner”"], ["step 2 of 3 of “outer”"],
      ])
    #expect(LoopBoard.own.running == [])
  }

  @Test("tells where an error left it, until another begins")
  func thrown() throws {
    func fail() throws {
      for outer in progress(1...10, "outer") {
        for inner in progress(1...10, "inner") where outer == 3 && inner == 4 { throw Refusal() }
      }
    }
    #expect(throws: Refusal.self) { try fail() }
    #expect(LoopBoard.own.left?.description == "step 3 of 10 of “outer”")
    #expect(LoopBoard.own.running == [])
    for _ in progress(1...2) {}
    #expect(LoopBoard.own.left == nil)
  }

  @Test("over nothing is nothing")
  func empty() {
    for _ in progress(0..<0, "never") { Issue.record("expected no step") }
    #expect(Array(progress([Int]())) == [])
    #expect(LoopBoard.own == LoopBoard([]))
  }

  @Test("runs unseen beyond the eighth, and takes any name")
  func limits() {
    var deepest: [String] = []
    func dive(_ depth: Int) {
      for _ in progress(1...1, "\(depth)") {
        deepest = running
        if depth < 12 { dive(depth + 1) }
      }
    }
    dive(1)
    #expect(deepest == (1...8).map { "step 1 of 1 of “\($0)”" })
    let name = String(repeating: "é", count: 100)
    for _ in progress(1...1, name) {
      #expect(LoopBoard.own.running.first?.name == String(repeating: "é", count: 48))
    }
    for _ in progress(1...1, "two\nlines") { #expect(running == ["step 1 of 1 of “two lines”"]) }
    for _ in progress(1...1, "") { #expect(running == ["step 1 of 1"]) }
    #expect(running == [])
  }

  @Test("may run on several threads")
  func threads() async {
    let sum = await withTaskGroup(of: Int.self) { group in
      for task in 1...20 {
        group.addTask { progress(1...2_000, "task \(task)").reduce(0, +) }
      }
      return await group.reduce(0, +)
    }
    #expect(sum == 20 * 2_001_000)
    #expect(running == [])
  }

  @Test("says nothing")
  func silent() {
    let said = Output.collecting { for _ in progress(1...10_000) {} }
    #expect(said == [])
    let sum = Output.silent(because: "nothing may be said") { progress(1...10).reduce(0, +) }
    #expect(sum == 55)
  }

  @Test("is read from no board that is cut short")
  func damaged() {
    let whole = [UInt8](repeating: 0xFF, count: LoopBoard.size)
    #expect(LoopBoard(whole).running == [])
    #expect(LoopBoard(Array(whole.dropLast())).left == nil)
  }
}
