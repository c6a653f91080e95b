import ArgumentParser
import Foundation
import Literate

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a chapter: a file that runs, entered at the end of Book.yaml.",
    discussion: "In a folder without a book it begins the book as well.")

  @Argument(help: "The chapter's title.")
  var title: String

  @OptionGroup var options: BookOptions

  func run() throws {
    let directory = try options.directory()
    let yaml = directory / "Book.yaml"
    let isNewBook = !yaml.exists
    let book = isNewBook ? nil : try options.read()
    let number = (book?.chapterNames.compactMap { Int($0.prefix { $0.isNumber }) }.max() ?? 0) + 1
    let words = title.lowercased().map { $0.isLetter || $0.isNumber ? $0 : " " }
    let slug = String(words).split(separator: " ").joined(separator: "-")
    guard !slug.isEmpty else {
      throw ValidationError("expected a title with letters, found “\(title)”")
    }
    let name = String(format: "%02d-", number) + slug
    let file = directory / "\(name).md"
    guard !file.exists else {
      throw Problem("expected no file \(file.shown), found one", mend: "choose another title")
    }
    let text = isNewBook ? newBook(with: name) : try entered(name, in: yaml)
    try file.replace(with: Array(Self.chapter(title: title).utf8))
    try yaml.replace(with: Array(text.utf8))
    print("wrote \(file.shown) and entered it in \(yaml.shown)")
    let flag = options.book.map { " --book \($0)" } ?? ""
    print("see it: course serve\(flag)")
  }

  private func newBook(with name: String) -> String {
    """
    title: A book of mine
    description: What it is about, in a sentence or two.
    parts:
      - title: Beginnings
        chapters:
          - \(name)

    """
  }

  /// Book.yaml with the chapter behind the last one; every other byte as it was.
  private func entered(_ name: String, in yaml: FilePath) throws -> String {
    let source = try SourceText(contentsOf: yaml, shownAs: yaml.shown)
    var lines = source.lines.map(String.init)
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    if let last = lines.last, let dash = last.firstIndex(of: "-"),
      last[..<dash].allSatisfy({ $0 == " " }), !last.contains(":")
    {
      lines.append(String(last[..<dash]) + "- \(name)")
    } else if let last = lines.last, last.contains("chapters: ["), last.hasSuffix("]") {
      let list = last.dropLast()
      lines[lines.count - 1] = list + (list.hasSuffix("[") ? "" : ", ") + "\(name)]"
    } else {
      throw Problem(
        at: SourceLocation(file: yaml.shown, line: lines.count),
        "expected Book.yaml to end with the last part's list of chapters, found something else",
        mend: "enter the chapter by hand: \(name)")
    }
    return source.replacingLines(with: lines + [""])
  }

  /// A title as YAML takes it, whatever signs it has.
  private static func quoted(_ title: String) -> String {
    let isPlain =
      title.allSatisfy { $0.isLetter || $0.isNumber || " ,-'?".contains($0) }
      && title.first!.isLetter && title == title.trimmingCharacters(in: .whitespaces)
    if isPlain { return title }
    let inside = title.map { $0 == "'" ? "''" : $0.isNewline ? " " : String($0) }
    return "'\(inside.joined())'"
  }

  static func chapter(title: String) -> String {
    """
    ---
    title: \(quoted(title))
    question: How far from the start does a walker come who tosses a coin at every step?
    seed: 1
    ---
    A chapter is prose and Swift. This cell draws a thousand walks of a hundred steps each; the claim
    beneath it is checked whenever the book is built.

    ```swift
    let steps = 100
    let ends = (0..<1_000).map { _ in
      (0..<steps).reduce(0.0) { place, _ in place + (Bool.random(using: &random) ? 1 : -1) }
    }
    let square = Estimate(of: ends.map { $0 * $0 })
    expect("the mean square distance is the number of steps", square.value,
      near: Double(steps), within: 4 * square.standardError)
    ```

    The mean square distance was \\(square.value, digits: 1), where $\\mathbb{E}[x^2] = n$ says
    \\(steps).

    ```swift id=ends
    show(
      Plot("Where the walks end") { Histogram(of: ends, bins: 20) },
      caption: "A thousand walks end in a bell.",
      alt: "A histogram, highest in the middle and falling off to both sides.")
    ```

    Most walks of [Figure](#ends) end near where they began.

    """
  }
}
