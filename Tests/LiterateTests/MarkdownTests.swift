import Literate
import Testing

@Suite("Markdown with the course's marks")
struct MarkdownTests {
  func read(_ text: String) -> Markdown {
    Markdown(SourceText(file: "a.md", text: text), typographic: false)
  }

  func place(_ line: Int, _ column: Int? = nil) -> Place {
    Place(file: "a.md", line: line, column: column)
  }

  @Test("lifts inline mathematics whole, with its place")
  func inlineMathematics() {
    let blocks = read("Let $a_1 * b_2 * c$ be\nas $x$.").blocks
    #expect(
      blocks == [
        .paragraph(
          [
            .text("Let "), .mathematics(tex: "a_1 * b_2 * c", place(1, 6)), .text(" be"),
            .softBreak, .text("as "), .mathematics(tex: "x", place(2, 5)), .text("."),
          ], place(1))
      ])
  }

  @Test("takes a display out of its paragraph and keeps the lines after it")
  func display() {
    let blocks = read("Before\n$$\na\n= b\n$$\nafter\n\n# End").blocks
    #expect(
      blocks == [
        .paragraph([.text("Before")], place(1)),
        .equation(.init(tex: "\na\n= b\n", location: place(2, 3))),
        .paragraph([.text("after")], place(1)),
        .heading(level: 1, [.text("End")], id: "end", place(8)),
      ])
  }

  @Test("leaves code alone, fenced, indented and in spans")
  func code() {
    let markdown = read("`$a$` and ``\\(b)``\n\n```\n$c$\n```\n\n    $d$ \\(e)\n")
    #expect(markdown.problems.isEmpty)
    #expect(markdown.interpolations.isEmpty)
    #expect(
      markdown.blocks == [
        .paragraph([.code("$a$"), .text(" and "), .code("\\(b)")], place(1)),
        .code(language: "", "$c$\n", place(3)), .code(language: "", "$d$ \\(e)\n", place(7)),
      ])
  }

  @Test("takes up the prose again where a fence ends with its quote or its list")
  func openFences() {
    for (mark, indent) in [("> ", "> "), ("- ", "  ")] {
      let markdown = read("\(mark)```swift\n\(indent)let a = \"$b$\"\n\nThen $x$ and \\(y).\n")
      #expect(markdown.problems.isEmpty)
      #expect(markdown.cells.map(\.code.first) == ["l"])
      #expect(markdown.cells.first?.code.contains("\"$b$\"\n") == true)
      #expect(markdown.interpolations.map(\.code) == ["y"])
      #expect(
        markdown.blocks.last
          == .paragraph(
            [
              .text("Then "), .mathematics(tex: "x", place(4, 7)), .text(" and "),
              .interpolation(0), .text("."),
            ], place(4)))
    }
  }

  @Test("knows where code ends, whatever stands right behind it")
  func behindCode() {
    let text = "```\n$a$\n```\nb $b$\n\n    $c$\nd $d$\n\n<!-- $e$\n-->\nf $f$\n\n```\n```\ng $g$"
    let markdown = read(text)
    var formulas: [String] = []
    for case .paragraph(let inlines, _) in markdown.blocks {
      for case .mathematics(let tex, _) in inlines { formulas.append(tex) }
    }
    #expect(markdown.problems.isEmpty)
    #expect(formulas == ["b", "d", "f", "g"])
  }

  @Test("refuses what is nested without end")
  func depth() {
    let found = read("One\n\n" + String(repeating: ">", count: 20_000) + " two\n").problems
    #expect(found.map(\.message).first?.hasPrefix("expected at most 100 quotes") == true)
    #expect(found.map(\.location?.line) == [3])
    #expect(read(String(repeating: "> ", count: 90) + "two\n").problems == [])
  }

  @Test("knows money from mathematics")
  func money() {
    let markdown = read("It costs $5 or \\$6, and $2x$ is twice $x$.")
    #expect(markdown.problems.isEmpty)
    guard case .paragraph(let inlines, _) = markdown.blocks[0] else {
      Issue.record("expected a paragraph")
      return
    }
    #expect(inlines.first == .text("It costs $5 or $6, and "))
    #expect(inlines.contains(.mathematics(tex: "2x", place(1, 26))))
  }

  @Test("reads an interpolation to the parenthesis that matches")
  func interpolation() {
    let markdown = read("The mean \\(points.mean(axis: 0), digits: 2) and \\(\")\") end")
    #expect(
      markdown.interpolations == [
        Interpolation(index: 0, code: "points.mean(axis: 0), digits: 2", location: place(1, 12)),
        Interpolation(index: 1, code: "\")\"", location: place(1, 51)),
      ])
  }

  @Test("says where mathematics or an interpolation is never closed")
  func unclosed() {
    #expect(
      read("a $x + 1\n\nb").problems.map { $0.explained(in: nil) } == [
        """
        a.md:1:3: found $ without the $ that closes it
          → close the formula before the paragraph ends, or write \\$ for the sign
        """
      ])
    #expect(
      read("a $$x\n\nb").problems.map(\.message) == ["found $$ without the $$ that closes it"])
    #expect(
      read("a \\(f(x\n\nb").problems.map(\.message) == [
        "found \\( without the ) that closes the expression"
      ])
  }

  @Test("answers once to any number of interpolations left open in a paragraph")
  func manyUnclosed() {
    let text = String(repeating: "\\(a ", count: 5_000)
    #expect(
      read(text).problems.map(\.message) == ["found \\( without the ) that closes the expression"])
  }

  @Test("finds notes, citations and callouts on the tree")
  func notes() {
    let markdown = read(
      "Why[^so]? As [@kingma2014; @rezende2014] say.\n\n[^so]: Because $x$.\n\n> [!MYTH]\n> Not so."
    )
    #expect(
      markdown.blocks == [
        .paragraph(
          [
            .text("Why"), .note("so", place(1, 4)), .text("? As "),
            .citation(["kingma2014", "rezende2014"], place(1, 14)), .text(" say."),
          ], place(1)),
        .callout(.myth, [.paragraph([.text("Not so.")], place(5))], place(5)),
      ])
    #expect(
      markdown.notes["so"]?.text == [
        .text("Because "), .mathematics(tex: "x", place(3, 17)), .text("."),
      ])
  }

  @Test("reads cells with their flags, in lists and quotes too")
  func cells() {
    let markdown = read(
      "```swift id=draws fold timeout=2.5\nlet a = 1\n```\n\n> ```swift fails=\"no such thing\"\n> a.b\n> ```\n"
    )
    #expect(markdown.cells.map(\.code) == ["let a = 1\n", "a.b\n"])
    #expect(markdown.cells.map(\.firstLine) == [2, 6])
    #expect(markdown.cells[0].flags.id == "draws")
    #expect(markdown.cells[0].flags.isFolded)
    #expect(markdown.cells[0].flags.timeout == 2.5)
    #expect(markdown.cells[1].flags.fails == "no such thing")
  }

  @Test(
    "names an unknown or malformed flag, with its mend",
    arguments: [
      ("foldd", "expected a flag of a Swift cell, found foldd", "did you mean fold?"),
      (
        "fold=1", "expected the flag fold in its own form, found another",
        "write fold, without a value"
      ),
      (
        "id", "expected the flag id in its own form, found another",
        "write id=a-name (letters, digits and hyphens)"
      ),
      (
        "timeout=-1", "expected a number of seconds above zero and up to a day, found timeout=-1",
        "write for instance timeout=20"
      ),
      (
        "traps fails=\"x\"", "expected traps or fails, found both",
        "a cell that does not compile cannot trap: keep one of them"
      ),
    ])
  func flags(_ flag: String, _ message: String, _ mend: String) {
    let problems = read("```swift \(flag)\n1\n```").problems
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.mend) == [mend])
    #expect(problems.map(\.location) == [place(1)])
  }

  @Test("gives headings ids of their own")
  func headings() {
    let ids = read("# A b\n\n## A b\n\n## Ünï, codé!").blocks.compactMap {
      if case .heading(_, _, let id, _) = $0 { id } else { nil }
    }
    #expect(ids == ["a-b", "a-b-2", "ünï-codé"])
  }
}
