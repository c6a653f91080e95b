import ArgumentParser
import Literate
import Runner

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the book's chapters and the question each answers.")

  @OptionGroup var options: BookOptions

  @Flag(help: "Print it as JSON.")
  var json = false

  private struct Entry: Encodable {
    var part: String
    var name: String
    var title: String
    var question: String
    var cells: Int
  }

  func run() throws {
    let book = try options.read()
    var entries: [Entry] = []
    var problems: [Problem] = []
    for part in book.parts {
      for name in part.chapters {
        do {
          let chapter = try book.chapter(name)
          entries.append(
            Entry(
              part: part.title, name: name, title: chapter.title,
              question: chapter.frontMatter.question, cells: chapter.cells.count))
        } catch { problems += error.list }
      }
    }
    if json {
      try Terminal.printJSON(entries)
    } else {
      var part = ""
      for entry in entries {
        if entry.part != part { print(Terminal.coloured(entry.part, .bold)) }
        part = entry.part
        print("  \(entry.name)  \(entry.title)\n      \(entry.question)")
      }
    }
    if !problems.isEmpty { throw Problems(problems) }
  }
}
