import Literate
import Outputs
import Runner
import Synchronization
import Testing
import Workbench

@Suite("Progress from inside a cell")
struct ProgressTests {
  static let yaml = """
    title: One
    description: One chapter.
    parts:
      - title: Part
        chapters: [01-slow]

    """

  /// A chapter whose second cell takes five seconds, a hundredth of it a step.
  static func chapter(_ loop: String, flags: String = "") -> String {
    """
    ---
    title: Slow
    question: How far is it?
    ---
    ```swift
    import Foundation
    func wait(until time: Date) { Thread.sleep(until: time) }
    ```

    ```swift \(flags)
    let start = Date()
    let sum = memo("a sum") {
      var sum = 0
      for step in \(loop) {
        wait(until: start + 0.05 * Double(step))
        sum += step
      }
      return sum
    }
    ```

    ```swift
    print(sum)  // prints 5050
    ```

    """
  }

  @Test("is told at most five times a second, with its cell, and then no more")
  func told() async throws {
    let bench = try Workbench(["Book.yaml": Self.yaml])
    let enough = bench.directory / "enough"
    try bench.write(
      "01-slow.md",
      """
      ---
      title: Slow
      question: How far is it?
      ---
      ```swift
      import Foundation
      ```

      ```swift timeout=600
      for _ in progress(1...6_000) {
        Thread.sleep(forTimeInterval: 0.05)
        if FileManager.default.fileExists(atPath: "\(enough)") { break }
      }
      ```

      ```swift
      print("done")  // prints done
      ```

      """)
    let events = Mutex<[(event: ChapterRunner.Progress, time: ContinuousClock.Instant)]>([])
    let result = try await bench.runner().run(try bench.book.chapter("01-slow")) { event in
      let count = events.withLock {
        $0.append((event, .now))
        return $0.count
      }
      // The loop ends when enough is known of it, however busy the machine.
      if case .running(_, _, let loop?) = event, loop.secondsLeft != nil, count > 10 {
        try? bench.write("enough", "")
      }
    }
    #expect(result.problems == [])
    var told: [(loop: LoopProgress, time: ContinuousClock.Instant)] = []
    for case (.running(let cell, of: 3, let loop?), let time) in events.withLock({ $0 }) {
      #expect(cell.index == 1)
      told.append((loop, time))
    }
    #expect(told.count > 2)
    for (before, after) in zip(told, told.dropFirst()) {
      #expect(before.loop != after.loop && after.time - before.time >= .milliseconds(195))
    }
    let steps = told.map(\.loop.loops[0].step)
    #expect(steps == steps.sorted() && steps[0] < steps.last!)
    #expect(told.first?.loop.words.hasPrefix("step \(steps[0]) of 6,000") == true)
    guard case (.running(let last, of: 3, loop: nil), _)? = events.withLock({ $0.last }) else {
      Issue.record("expected the last cell to run without a loop")
      return
    }
    #expect(last.index == 2)
  }

  @Test("leaves no trace: page, transcript and cache are those of the plain loop")
  func noTrace() async throws {
    let loops = ["progress(1...100, \"sum\")", "1...100"]
    var (sites, outputs, kept): ([[String: [UInt8]]], [[[CellOutput]]], [[String]]) = ([], [], [])
    for loop in loops {
      let bench = try Workbench([
        "Book.yaml": Self.yaml, "01-slow.md": Self.chapter(loop, flags: "hidden"),
      ])
      let outcome = try await bench.run()[0]
      #expect(outcome.problems == [])
      sites.append(try bench.site())
      outputs.append(try outcome.result.get().transcript.cells.map { $0.outputs.map(\.untimed) })
      kept.append((bench.directory / ".course/chapters/01-slow").children)
    }
    #expect(sites[0] == sites[1])
    #expect(outputs[0] == outputs[1])
    for names in kept { #expect(names == ["kept.json", "memo", "program", "program.swift"]) }
    for (name, bytes) in sites[0] where name.hasSuffix(".html") || name.hasSuffix(".js") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("preview"))
    }
  }

  /// A child runs such a cell, and nobody ends its loops.
  @Test("is forgotten of a cell that had to trap in its loop")
  func trapped() async throws {
    let bench = try Workbench([
      "Book.yaml": Self.yaml,
      "01-slow.md": """
      ---
      title: Slow
      question: How far is it?
      ---
      ```swift traps
      for step in progress([3, 2, 1, 0]) { print(6 / step) }
      ```

      ```swift
      fatalError("no loop runs here")
      ```

      """,
    ])
    let problem = try #require(try await bench.run()[0].problems.first)
    #expect(problem.message == "the chapter stopped here: no loop runs here")
  }
}

extension CellOutput {
  /// Without what differs from run to run.
  fileprivate var untimed: CellOutput {
    guard case .remembered(let name, let wasKept, _) = self else { return self }
    return .remembered(name: name, wasKept: wasKept, seconds: 0)
  }
}
