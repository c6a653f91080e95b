import Foundation
import Literate
import Testing

/// The examples of the CommonMark specification 0.30, where they touch none of the course's marks.
@Suite("CommonMark")
struct CommonMarkTests {
  struct Example: Decodable {
    var markdown: String
    var html: String
    var example: Int

    /// Signs that mean something of their own in a chapter.
    var usesOurMarks: Bool {
      ["$", "\\(", "[^", "[@", "[!", "\u{E000}"].contains { markdown.contains($0) }
    }
  }

  static let examples: [Example] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent(".build/page-checks/commonmark.json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([Example].self, from: data)) ?? []
  }()

  @Test("has its 652 examples here, as ./course test puts them")
  func examplesAreThere() { #expect(Self.examples.count == 652) }

  @Test("reads every example that touches none of the course's marks as the specification says")
  func conforms() {
    var tried = 0
    for example in Self.examples where !example.usesOurMarks {
      let source = SourceText(file: "example.md", text: example.markdown)
      let markdown = Markdown(source, typographic: false)
      let html = PlainHTML(markdown.cells).html(markdown.blocks)
      #expect(
        html == example.html.emptyElementsOpen, "example \(example.example): \(example.markdown)")
      tried += 1
    }
    #expect(tried > 600)
  }
}

/// Blocks as the specification's HTML, written for this comparison alone.
struct PlainHTML {
  let cells: [Cell]

  init(_ cells: [Cell]) { self.cells = cells }

  func html(_ blocks: [Block]) -> String { blocks.map { html($0) }.joined() }

  func html(_ block: Block, tight: Bool = false) -> String {
    switch block {
    case .heading(let level, let inlines, _, _):
      return "<h\(level)>\(html(inlines))</h\(level)>\n"
    case .paragraph(let inlines, _):
      return tight ? html(inlines) : "<p>\(html(inlines))</p>\n"
    case .list(let list, _):
      let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      let tag = list.start == nil ? "ul" : "ol"
      let items = list.items.map { item(of: $0, list.isTight) }.joined()
      return "<\(tag)\(start)>\n\(items)</\(tag)>\n"
    case .quote(let inner, _), .callout(_, let inner, _):
      return "<blockquote>\n\(html(inner))</blockquote>\n"
    case .cell(let index, _): return code("swift", cells[index].code)
    case .code(let language, let text, _):
      return code(String(language.split(separator: " ").first ?? ""), text)
    case .rule: return "<hr>\n"
    case .html(let text, _): return text
    case .equation(let equation): return "$$\(equation.tex)$$"
    }
  }

  private func item(of blocks: [Block], _ isTight: Bool) -> String {
    var text = "<li>"
    for block in blocks {
      var isParagraph = false
      if case .paragraph = block { isParagraph = true }
      if !(isTight && isParagraph), !text.hasSuffix("\n") { text += "\n" }
      text += html(block, tight: isTight)
    }
    return text + "</li>\n"
  }

  private func code(_ language: String, _ text: String) -> String {
    let name = language.isEmpty ? "" : " class=\"language-\(escape(language))\""
    return "<pre><code\(name)>\(escape(text))</code></pre>\n"
  }

  func html(_ inlines: [Inline]) -> String {
    inlines.map { inline -> String in
      switch inline {
      case .text(let text): return escape(text)
      case .emphasis(let inner): return "<em>\(html(inner))</em>"
      case .strong(let inner): return "<strong>\(html(inner))</strong>"
      case .code(let text): return "<code>\(escape(text))</code>"
      case .link(let url, let title, let inner, _):
        return "<a href=\"\(address(url))\"\(titled(title))>\(html(inner))</a>"
      case .image(let url, let title, let inner, _):
        let alt = escape(inner.plainText)
        return "<img src=\"\(address(url))\" alt=\"\(alt)\"\(titled(title))>"
      case .softBreak: return "\n"
      case .lineBreak: return "<br>\n"
      case .html(let text, _): return text
      case .mathematics, .interpolation, .note, .citation: return "?"
      }
    }.joined()
  }

  private func titled(_ title: String) -> String {
    title.isEmpty ? "" : " title=\"\(escape(title))\""
  }

  func escape(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }

  /// An address as the specification's renderer writes it: what is not safe in it is percent-encoded.
  func address(_ url: String) -> String {
    let safe = Set("-_.+!*(),%#@?=;:/$~&'".utf8)
    let encoded = url.utf8.map { byte -> String in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 128 && (character.isLetter || character.isNumber || safe.contains(byte))
      return isPlain ? String(character) : String(format: "%%%02X", byte)
    }.joined()
    return encoded.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "'", with: "&#x27;")
  }
}

extension String {
  /// `<br />` as `<br>`: our renderer for the comparison writes HTML, not XHTML.
  var emptyElementsOpen: String {
    replacingOccurrences(of: "<br />", with: "<br>")
      .replacingOccurrences(of: "<hr />", with: "<hr>")
      .replacing(#/(<img [^>]*?) />/#) { "\($0.output.1)>" }
  }
}
