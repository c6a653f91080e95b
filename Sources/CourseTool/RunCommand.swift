import ArgumentParser
import Literate
import Runner

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a chapter and show what its cells say, here in the terminal."
  )

  @Argument(help: "The chapter.")
  var chapter: String

  @OptionGroup var options: BookOptions

  @Flag(help: "Run it anew, whatever is kept.")
  var fresh = false

  func run() async throws {
    let open = try await OpenBook(options, isFresh: fresh)
    let name = try open.book.chapterName(meant: chapter)
    let outcome = try await open.run([name], jobs: 1)[0]
    if case .success(let result) = outcome.result { TerminalReport(result).show() }
    if !outcome.problems.isEmpty {
      Terminal.complain(Problems(outcome.problems))
      throw ExitCode(1)
    }
  }
}
