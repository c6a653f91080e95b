import ArgumentParser
import Literate
import Runner

struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why a chapter would run again.")

  @Argument(help: "The chapter.")
  var chapter: String

  @OptionGroup var options: BookOptions

  @Flag(help: "Print it as JSON.")
  var json = false

  private struct Answer: Encodable {
    var chapter: String
    var reasons: [String]
  }

  func run() async throws {
    let open = try await OpenBook(options)
    let name = try open.book.chapterName(meant: chapter)
    let reasons = try open.runner.reasonsToRun(try open.book.chapter(name))
    if json {
      try Terminal.printJSON(Answer(chapter: name, reasons: reasons))
    } else if reasons.isEmpty {
      print("\(name) would not run: nothing that matters has changed since it last succeeded")
    } else {
      print("\(name) would run again:")
      for reason in reasons { print("  \(reason)") }
    }
  }
}
