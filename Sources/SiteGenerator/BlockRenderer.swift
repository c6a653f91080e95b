import Literate

// Headings, paragraphs, lists, quotes, equations: what prose is made of.
extension Weaver {
  mutating func block(_ block: Block) -> HTML {
    switch block {
    case .heading(let level, let title, let id, let place):
      return heading(min(max(level, 2), 6), title, id: id, at: place)
    case .paragraph(let text, _):
      say(words(of: text))
      return "<p>\(inlines(text))</p>\n"
    case .list(let list, _): return self.list(list)
    case .quote(let blocks, _): return "<blockquote>\n\(self.blocks(blocks))</blockquote>\n"
    case .callout(let kind, let blocks, let place): return callout(kind, blocks, at: place)
    case .cell(let index, _): return cell(chapter.cells[index])
    case .code(let language, let code, _): return example(code, language: language)
    case .equation(let equation): return self.equation(equation)
    case .rule: return "<hr>\n"
    case .html: return ""  // the parser lets only comments pass
    }
  }

  mutating func blocks(_ blocks: [Block]) -> HTML {
    var html: HTML = ""
    for block in blocks { html += self.block(block) }
    return html
  }

  mutating func heading(
    _ level: Int, _ title: [Inline], id: String, at place: SourceLocation
  ) -> HTML {
    claim(id, at: place)
    let plain = words(of: title)
    sections.append(Page.Section(id: id, title: plain, text: ""))
    // The link stands beside the heading, so that it is no part of the heading's name.
    return """
      <div class="heading"><h\(level) id="\(id)">\(inlines(title))</h\(level)>\
      <a class="permalink" href="#\(id)" aria-label="Link to “\(plain)”">#</a></div>

      """
  }

  mutating func list(_ list: Block.List) -> HTML {
    let tag: HTML = list.start == nil ? "ul" : "ol"
    let start: HTML = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
    var html: HTML = "<\(tag)\(start)>\n"
    for item in list.items {
      html += "<li>"
      for block in item {
        if list.isTight, case .paragraph(let text, _) = block {
          say(words(of: text))
          html += inlines(text)
        } else {
          html += self.block(block)
        }
      }
      html += "</li>\n"
    }
    return html + "</\(tag)>\n"
  }

  /// Code that the chapter shows and does not run.
  mutating func example(_ code: String, language: String) -> HTML {
    say(code)
    let name = language.split(separator: " ").first.map(String.init) ?? ""
    return codeBox(name == "swift" ? Highlighter.html(code) : .text(code.trimmedAtEnd))
  }
}

extension String {
  /// Without line breaks and spaces at its end.
  var trimmedAtEnd: Substring {
    var text = self[...]
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }
}
