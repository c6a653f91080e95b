import Foundation
import Literate
import Testing

@Suite("A chapter's file")
struct ChapterTests {
  func problems(_ text: String) -> [String] {
    do throws(Problems) {
      _ = try Chapter(parsing: SourceText(file: "03-a.md", text: text), name: "03-a")
      return []
    } catch {
      return error.list.map { $0.explained(in: nil) }
    }
  }

  static let head = "---\ntitle: A\nquestion: Why?\n---\n"

  @Test("gives its front matter, number and cells")
  func reads() throws {
    let text = "---\ntitle: A\nquestion: Why?\nseed: 7\ndata: [fashion-mnist]\n---\nHello.\n"
    let chapter = try Chapter(parsing: SourceText(file: "03-a.md", text: text), name: "03-a")
    #expect(chapter.number == 3)
    #expect(
      chapter.frontMatter
        == Chapter.FrontMatter(title: "A", question: "Why?", seed: 7, data: ["fashion-mnist"]))
    #expect(
      chapter.blocks == [
        .paragraph([.text("Hello.")], Place(file: "03-a.md", line: 7))
      ])
  }

  @Test("must begin with front matter that has its keys and no others")
  func frontMatter() {
    #expect(
      problems("Hello") == [
        """
        03-a.md:1: expected the chapter to begin with its front matter between lines ---
          → begin with ---, title: and question:, and another ---
        """
      ])
    #expect(
      problems("---\ntitle: A\nqestion: Why?\n---\n") == [
        "03-a.md:2:1: expected the key question, found none\n  → add a line question: …"
      ])
    #expect(
      problems("---\ntitle: A\nquestion: Why?\nsead: 3\n---\n") == [
        "03-a.md:4:1: found a key that means nothing here: sead\n  → did you mean seed?"
      ])
    #expect(
      problems("---\ntitle: A\nquestion: Why?\nseed: many\n---\n") == [
        "03-a.md:4:1: expected seed to be a whole number, found many"
      ])
    #expect(
      problems("---\ntitle: [A\nquestion: Why?\n---\n").first?.hasPrefix(
        "03-a.md:3:9: expected YAML, found that it cannot be read") == true)
  }

  @Test("may not have two cells with one id")
  func ids() {
    let cell = "```swift id=a\n1\n```\n"
    #expect(
      problems(Self.head + cell + "\n" + cell) == [
        """
        03-a.md:9: expected an id of its own, found a, which the cell at line 5 has
          → rename one of the two
        """
      ])
  }

  @Test("has cells whose brackets and quotes close")
  func balance() {
    #expect(
      problems(Self.head + "```swift\nlet a = [1\n```\n") == [
        """
        03-a.md:6: found [ that the cell never closes
          → a cell's brackets close within the cell
        """
      ])
    #expect(
      problems(Self.head + "```swift\nlet a = 1\n}\n```\n").first?.hasPrefix(
        "03-a.md:7: found } that the cell never opened") == true)
    #expect(
      problems(Self.head + "```swift\nlet a = \"x\n```\n").first?.hasPrefix(
        "03-a.md:6: found a string that never ends") == true)
  }

  @Test("has notes that are referred to, and refers to notes that are there")
  func notes() {
    #expect(
      problems(Self.head + "A[^wy].\n\n[^why]: Because.\n") == [
        "03-a.md:5:2: expected a note that the chapter has, found [^wy]\n  → did you mean why?",
        "03-a.md:7:1: found a note that the text never refers to: why\n  → refer to it as [^why] or remove it",
      ])
  }

  @Test("has notes that stand by themselves, and addresses that are plain")
  func notesAndAddresses() {
    #expect(
      problems(Self.head + "A[^why].\n\n[^why]: See *there*[^why].\n") == [
        """
        03-a.md:7:21: found a note within a note: [^why]
          → say it in the note itself, or refer to [^why] from the text
        """
      ])
    for link in ["[a](http://b.org/$c$)", "[a](b.md \"\\(c)\")"] {
      #expect(
        problems(Self.head + link).first?.hasPrefix(
          "03-a.md:5: expected a link's address and title as they stand") == true)
    }
  }

  @Test("may begin with a byte order mark, and have spaces behind its dashes")
  func invisibleMarks() throws {
    let file = FilePath(NSTemporaryDirectory()) / "course-mark-\(UInt64.random(in: 0 ... .max)).md"
    try file.replace(with: [0xEF, 0xBB, 0xBF] + Array("--- \ntitle: A\nquestion: W\n---\t\n".utf8))
    let source = try SourceText(contentsOf: file, shownAs: "03-a.md")
    #expect(try Chapter(parsing: source, name: "03-a").title == "A")
    try file.remove()
  }

  @Test("has no raw HTML and no pictures from elsewhere")
  func html() {
    #expect(
      problems(Self.head + "<div>\n\nA <b>b</b> ![c](d.png)\n").map { $0.split(separator: "\n")[0] }
        == [
          "03-a.md:5: expected Markdown, found raw HTML",
          "03-a.md:7: expected Markdown, found raw HTML",
          "03-a.md:7: expected every picture to be made by a cell, found an image link",
        ])
  }

  @Test("must be UTF-8")
  func encoding() throws {
    let path =
      FilePath(NSTemporaryDirectory()) / "course-latin1-\(UInt64.random(in: 0 ... .max)).md"
    try path.replace(with: Array("---\nok\n".utf8) + [0x61, 0xE9, 0x62])
    #expect(
      throws: Problem(
        at: Place(file: "x.md", line: 3, column: 2),
        "expected UTF-8 text, found the byte 0xE9", mend: "save the file as UTF-8")
    ) { _ = try SourceText(contentsOf: path, shownAs: "x.md") }
    try path.remove()
  }
}
