import ArgumentParser
import Literate
import Runner

struct AcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Rewrite a chapter's // prints comments to what it prints now, after showing how.")

  @Argument(help: "The chapter.")
  var chapter: String

  @OptionGroup var options: BookOptions

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  func run() async throws {
    let open = try await OpenBook(options)
    let name = try open.book.chapterName(meant: chapter)
    let outcome = try await open.run([name], jobs: 1)[0]
    guard case .success(let result) = outcome.result else {
      throw Problems(outcome.problems)
    }
    let changes = PrintsComment.corrections(in: result)
    if changes.isEmpty {
      print("nothing to accept: every // prints comment agrees")
    } else {
      var lines = result.chapter.source.lines.map(String.init)
      for change in changes {
        let before = lines[change.line - 1]
        lines[change.line - 1] = change.applied(to: before)
        print("\(result.chapter.file):\(change.line)")
        print(Terminal.coloured("  - \(before)", .red))
        print(Terminal.coloured("  + \(lines[change.line - 1])", .green))
      }
      if !yes {
        print("rewrite \(Terminal.counted(changes.count, "comment"))? [y/N] ", terminator: "")
        guard readLine()?.lowercased().hasPrefix("y") ?? false else {
          print("nothing was changed")
          return
        }
      }
      try open.book.path(ofChapter: name).replace(
        with: Array(result.chapter.source.replacingLines(with: lines).utf8))
      print("rewrote \(Terminal.counted(changes.count, "comment")) of \(result.chapter.file)")
    }
    let others = result.verdicts.filter { !$0.hasPassed && $0.kind != .printed }
    if !others.isEmpty {
      Terminal.complain(
        Problems(result.problems.filter { p in others.contains { $0.location == p.location } }))
      throw ExitCode(1)
    }
  }
}
