import Literate
import Outputs
import Runner
import Testing
import Workbench

/// The course itself: every chapter runs, and every claim and derivation is a test.
@Suite("The course")
struct ChapterTests {
  /// One check of a chapter, named as the page names it.
  struct Check: Sendable, CustomTestStringConvertible {
    var chapter: String
    var verdict: Verdict
    var testDescription: String { "\(chapter): \(verdict.sentence)" }
  }

  struct NamedClaim: Sendable, CustomTestStringConvertible {
    var chapter: String
    var claim: Claim
    var testDescription: String { "\(chapter): \(claim.sentence)" }
  }

  /// The book run as `course test` runs it; what is kept is not run again.
  static let outcomes = Task { () -> [ChapterOutcome] in
    let directory = Workbench.root / "Chapters"
    let book = try Book(at: directory, shownAs: "Chapters")
    let bench = try Workbench()
    let cache = directory / ".course"
    let lock = try await BookLock(folder: cache) { _ in }
    defer { withExtendedLifetime(lock) {} }
    let toolchain = try await Toolchain.find(cache: cache, installation: bench.installation)
    let runner = ChapterRunner(toolchain: toolchain, cache: RunCache(folder: cache))
    return try await BookRunner(runner: runner, jobs: 2).run(book.chapterNames, of: book) { _ in }
  }

  static func checks() async throws -> [Check] {
    try await outcomes.value.flatMap { outcome in
      try outcome.result.get().verdicts.map { Check(chapter: outcome.name, verdict: $0) }
    }
  }

  static func claims() async throws -> [NamedClaim] {
    try await outcomes.value.flatMap { outcome in
      try outcome.result.get().transcript.cells.flatMap(\.outputs).compactMap { output in
        guard case .claim(let claim) = output else { return nil }
        return NamedClaim(chapter: outcome.name, claim: claim)
      }
    }
  }

  @Test("has chapters, and each runs to its end and says something that is checked")
  func runs() async throws {
    let outcomes = try await Self.outcomes.value
    #expect(!outcomes.isEmpty)
    for outcome in outcomes {
      switch outcome.result {
      case .failure(let problems):
        for problem in problems.list { record(problem) }
      case .success(let result):
        #expect(!result.verdicts.isEmpty, "\(outcome.name) claims nothing")
      }
    }
  }

  @Test("stands on", arguments: try await checks())
  func stands(_ check: Check) {
    if let failure = check.verdict.failure {
      record(Problem(at: check.verdict.location, "\(check.verdict.sentence): \(failure)"))
    }
  }

  @Test("claims nothing that could not fail", arguments: try await claims())
  func canFail(_ named: NamedClaim) {
    let claim = named.claim
    if claim.mustFail {
      #expect(claim.comparison.reasonToFail != nil)
    } else {
      var shifted = claim
      shifted.comparison = claim.comparison.shiftedJustPast
      #expect(!shifted.verdict.hasPassed, "\(claim.sentence), shifted just past its tolerance")
    }
  }

  /// Records a problem at its line of the Markdown.
  private func record(_ problem: Problem) {
    let place = problem.location
    Issue.record(
      "\(problem.explained(in: nil))",
      sourceLocation: Testing.SourceLocation(
        fileID: "ChapterTests/\(place?.file ?? "book")", filePath: place?.file ?? #filePath,
        line: place?.line ?? 1, column: place?.column ?? 1))
  }
}
