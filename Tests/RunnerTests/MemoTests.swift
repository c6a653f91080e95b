import Literate
import Outputs
import Runner
import Testing
import Workbench

@Suite("A costly result")
struct MemoTests {
  static let yaml = """
    title: One
    description: One chapter.
    parts:
      - title: Part
        chapters: [01-costly]

    """

  static let chapter = """
    ---
    title: Costly
    question: What is worth keeping?
    seed: 5
    ---
    ```swift
    let start = Double.random(in: 0...1, using: &random)
    ```

    ```swift
    let walk = memo("a walk") {
      (0..<3).reduce(start) { place, _ in place + Double.random(in: -1...1, using: &random) }
    }
    ```

    ```swift
    let after = Double.random(in: 0...1, using: &random)
    print(walk, after)
    ```

    """

  /// Whether the result was taken from the earlier run, and what the chapter printed.
  func run(_ bench: Workbench, _ text: String) async throws -> (wasKept: Bool?, printed: String) {
    try bench.write("01-costly.md", text)
    let outcome = try await bench.run()[0]
    let outputs = try outcome.result.get().transcript.cells.flatMap(\.outputs)
    var (wasKept, printed): (Bool?, String) = (nil, "")
    for output in outputs {
      if case .remembered(_, let kept, _) = output { wasKept = kept }
      if case .printed(let text, _) = output { printed += text }
    }
    return (wasKept, printed)
  }

  @Test("is kept when only later cells change, with the random state that computing it left behind")
  func kept() async throws {
    let bench = try Workbench(["Book.yaml": Self.yaml])
    let first = try await run(bench, Self.chapter)
    #expect(first.wasKept == false)
    let later = Self.chapter.replacing(
      "print(walk, after)", with: "print(walk, after, terminator: \"\\n\")")
    let second = try await run(bench, later)
    #expect(second.wasKept == true)
    #expect(second.printed == first.printed)
  }

  @Test(
    "is computed anew when its own cell, one before it or the seed changes",
    arguments: [
      ("0..<3", "0..<4"),
      (
        "0...1, using: &random)\n```\n\n```swift\nlet walk",
        "0...2, using: &random)\n```\n\n```swift\nlet walk"
      ), ("seed: 5", "seed: 6"),
    ])
  func computedAnew(_ old: String, _ new: String) async throws {
    let bench = try Workbench(["Book.yaml": Self.yaml])
    let first = try await run(bench, Self.chapter)
    try #require(Self.chapter.contains(old))
    let second = try await run(bench, Self.chapter.replacing(old, with: new))
    #expect(second.wasKept == false)
    #expect(second.printed != first.printed)
  }
}
