import Literate
import Runner
import SiteGenerator
import Subprocess
import Testing
import Workbench

/// Every page in a real browser, with what `./course test` installed for it.
@Suite("The pages", .serialized)
struct PageTests {
  /// Where `./course` puts Python's packages.
  static let python = Workbench.root / ".build/page-checks/bin/python"

  /// Opens every page below `folder`; records what the check complains of.
  func check(_ folder: FilePath) async throws {
    try #require(Self.python.exists, "expected \(Self.python), which ./course test installs")
    let script = Workbench.root / "Tests/Browser/check_pages.py"
    let result = try await run(
      .path(.init(Self.python.string)), arguments: [script.string, folder.string],
      output: .string(limit: 1 << 22), error: .combinedWithOutput)
    #expect(result.terminationStatus.isSuccess, "\(result.standardOutput)")
  }

  @Test("of the course are sound in a real browser, light and dark, by phone and without scripts")
  func course() async throws {
    let outcomes = try await ChapterTests.outcomes.value
    let bench = try Workbench()
    let results = try outcomes.map { try $0.result.get() }
    var book = try Book(at: Workbench.root / "Chapters", shownAs: "Chapters")
    book.output = bench.directory / "public"
    let problems = try bench.weave(results, of: book)
    #expect(problems == [])
    try await check(book.output)
  }

  @Test("of a gallery with everything a page can show are sound too")
  func gallery() async throws {
    let bench = try Workbench(copying: "gallery")
    let outcomes = try await bench.run()
    #expect(outcomes.flatMap(\.problems) == [])
    try await check(try bench.book.output)
  }
}
