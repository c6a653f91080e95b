import ArgumentParser
import Literate
import Runner

struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Take in the results of parts of the book that ran elsewhere with --shard.",
    discussion: """
      Each machine runs course build --shard i/n; copy the .course folders of their books here and name \
      them. Then course build weaves the whole book without running it again, where the parts ran the \
      same text with the same library and compiler.
      """)

  @Argument(help: "The .course folders of the parts.", completion: .directory)
  var folders: [String]

  @OptionGroup var options: BookOptions

  func run() async throws {
    let open = try await OpenBook(options)
    var problems: [Problem] = []
    for folder in folders {
      guard (FilePath(folder) / "chapters").isDirectory else {
        problems.append(
          Problem(
            "expected \(folder) to be the .course folder of a book, found no chapters in it",
            mend: "name the folder .course beside that book's Book.yaml"))
        continue
      }
      let taken = try open.runner.cache.takeIn(RunCache(folder: FilePath(folder)))
      for name in taken where open.book.chapterNames.contains(name) {
        let reasons = try open.runner.reasonsToRun(try open.book.chapter(name))
        print(
          reasons.isEmpty
            ? "took \(name) from \(folder)"
            : "took \(name) from \(folder), but it will run again: \(reasons.joined(separator: "; "))"
        )
      }
    }
    if !problems.isEmpty { throw Problems(problems) }
  }
}
