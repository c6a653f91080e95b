import Literate
import Testing

@Suite("A problem")
struct ProblemTests {
  @Test("shows the line it speaks of, with a caret beneath the place")
  func excerpt() {
    let source = SourceText(file: "a.md", text: "one\n\ttwo three\n")
    let problem = Problem(
      at: Place(file: "a.md", line: 2, column: 6), "expected four, found three", mend: "count again"
    )
    #expect(
      problem.explained(in: source) == """
        a.md:2:6: expected four, found three
          2 │ \ttwo three
            │ \t    ^
          → count again
        """)
  }

  @Test("shows of a very long line the part it speaks of")
  func longLine() {
    let line = String(repeating: "a", count: 1_000) + "!" + String(repeating: "b", count: 1_000)
    let source = SourceText(file: "a.md", text: line)
    let told = Problem(at: Place(file: "a.md", line: 1, column: 1_001), "found !")
      .explained(in: source).split(separator: "\n")
    #expect(told[1].count < 230)
    let caret = told[2].firstIndex(of: "^").map {
      told[2].distance(from: told[2].startIndex, to: $0)
    }
    let sign = told[1].firstIndex(of: "!").map {
      told[1].distance(from: told[1].startIndex, to: $0)
    }
    #expect(caret == sign)
  }
}
