import ArgumentParser
import Literate
import Runner

struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run chapters and check every claim and derivation they make.")

  @Argument(help: "The chapter; all of them without it.")
  var chapter: String?

  @OptionGroup var options: BookOptions
  @OptionGroup var running: RunOptions

  @Flag(help: "Print what was found as JSON.")
  var json = false

  func validate() throws {
    if chapter != nil, running.only != nil || running.shard != nil {
      throw ValidationError("expected one chapter, or --only and --shard for several; found both")
    }
  }

  func run() async throws {
    let open = try await OpenBook(options, isFresh: running.fresh)
    let names =
      try chapter.map { [try open.book.chapterName(meant: $0)] } ?? running.chapters(of: open.book)
    let outcomes = try await open.run(names, jobs: running.jobs)
    try BuildSummary(outcomes).show(asJSON: json)
  }
}
