import Foundation
import Literate
import Runner
import Testing
import Workbench

/// A book whose chapters must each fail in the one way its name says, at the right line.
@Suite("The canary book")
struct CanaryTests {
  struct Canary: Sendable, CustomTestStringConvertible {
    var chapter: String
    var line: Int
    /// What the message must say.
    var words: String
    var testDescription: String { chapter }

    init(_ chapter: String, _ line: Int, _ words: String) {
      (self.chapter, self.line, self.words) = (chapter, line, words)
    }
  }

  static let canaries = [
    Canary("01-wrong-claim", 11, "expected 0.3333333333333333 ± 0.01, found 0.5"),
    Canary("02-not-a-number", 8, "expected at most 1.0, found nan"),
    Canary("03-negative-tolerance", 7, "the tolerance must be zero or more, found -0.1"),
    Canary("04-false-line", 10, "line 3 of “A square” (=, “a slip”) does not hold at instance"),
    Canary("05-compile-error", 10, "cannot find 'lenght' in scope"),
    Canary("06-warning", 7, "warning: initialization of immutable value 'unused' was never used"),
    Canary("07-trap", 9, "the chapter stopped here: an index out of range"),
    Canary("08-endless-loop", 6, "expected the cell to end within 1 s, found it still running"),
    Canary("41-endless-trap", 6, "expected the cell to end within 1 s, found it still running"),
    Canary("09-missing-alt", 7, "alt"),
    Canary("10-empty-alt", 8, "expected an alt text, found none"),
    Canary("11-dead-link", 6, "expected a chapter of the book, found 99-nowhere.md"),
    Canary("12-bad-tex", 8, "unknown command \\frca; did you mean \\frac?"),
    Canary("13-unknown-flag", 6, "expected a flag of a Swift cell, found hiden"),
    Canary("14-two-cells-with-one-id", 10, "which the cell at line 6 has"),
    Canary("15-too-much-output", 6, "expected a chapter to print at most 256 KB, found more"),
    Canary("16-killed-by-a-signal", 10, "found that signal 9 ended the program"),
    Canary("17-not-utf8", 6, "expected UTF-8 text, found the byte 0xE9"),
    Canary("18-missing-data", 4, "expected a data set that the course knows, found fashion-mnits"),
    Canary("19-uncaught-error", 13, "expected the cell to finish, found that it threw Refusal()"),
    Canary("20-early-exit", 12, "found that it ended here with code 0"),
    Canary(
      "21-unmade-claim", 9, "expected this claim to be made, found that the program never came by"),
    Canary("22-compiles-after-all", 6, "expected this cell not to compile, found that it does"),
    Canary("23-does-not-trap", 6, "expected the cell to trap, found that it ran to its end"),
    Canary("24-prints-otherwise", 9, "expected this to print 0.66, found 0.6666666666666666"),
    Canary("25-cannot-be-broken", 8, "expected this to fail, found that it holds"),
    Canary("26-blind-derivation", 9, "cannot fail"),
    Canary(
      "27-unknown-citation", 6, "expected a source that references.yaml has, found @nobody2020"),
    Canary("28-unbalanced", 7, "found ( that the cell never closes"),
    Canary("29-raw-html", 6, "expected Markdown, found raw HTML"),
    Canary("30-figure-over-budget", 10, "expected at most 60000 bytes of SVG"),
    Canary("32-early-return", 8, "found that it ended here with code 0"),
    Canary("33-error-in-a-quote", 7, "cannot find 'lenght' in scope"),
    Canary(
      "38-unnamed-data", 7,
      "expected the front matter to name the data set creatures, which Creatures reads"),
    Canary(
      "39-shapes-that-do-not-fit", 9,
      "the chapter stopped here: expected inputs of 3 numbers for a weight of shape [3, 2], found shape [4, 5]"
    ),
    Canary("40-division-by-zero", 8, "the chapter stopped here: Division by zero"),
    Canary("34-trap-in-a-loop", 12, "(in step 1 of 3 of “epochs”, step 137 of 2,000)"),
    Canary(
      "35-error-in-a-loop", 13, "threw Refusal() (a loop was left in step 7 of 2,000 of “training”)"
    ),
    Canary("36-endless-step", 6, "within 1 s, found it still running (in step 4 of 10)"),
    Canary(
      "37-killed-in-a-loop", 10,
      "signal 9 ended the program (in step 400,000,000 of 500,000,000 of “training”)"),
  ]

  /// The whole book, run once for all the tests.
  static let outcomes = Task { () -> [String: ChapterOutcome] in
    let bench = try Workbench(copying: "canary")
    let outcomes = try await bench.run()
    return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.name, $0) })
  }

  @Test("fails each chapter at its line, with the words it should", arguments: canaries)
  func fails(_ canary: Canary) async throws {
    let outcome = try #require(try await Self.outcomes.value[canary.chapter])
    let problem = try #require(outcome.problems.first, "expected \(canary.chapter) to fail")
    #expect(problem.location?.line == canary.line, "\(problem.explained(in: nil))")
    let told = ([problem.message] + problem.details).joined(separator: "\n")
    #expect(told.contains(canary.words), "\(problem.explained(in: nil))")
  }

  @Test("counts columns as an editor does, marks of a quote included")
  func column() async throws {
    let outcome = try #require(try await Self.outcomes.value["33-error-in-a-quote"])
    #expect(outcome.problems.first?.location?.column == 12)
  }

  @Test("lets the chapter that stands stand")
  func stands() async throws {
    let outcome = try #require(try await Self.outcomes.value["31-stands"])
    #expect(outcome.problems == [])
  }

  @Test("has a test for every chapter")
  func isComplete() async throws {
    let names = try await Self.outcomes.value.keys.sorted()
    #expect(names == (Self.canaries.map(\.chapter) + ["31-stands"]).sorted())
  }
}
