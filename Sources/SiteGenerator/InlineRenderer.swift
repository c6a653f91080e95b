import Literate

// Running text.
extension Weaver {
  mutating func inlines(_ inlines: [Inline]) -> HTML {
    var html: HTML = ""
    for (index, inline) in inlines.enumerated() {
      // A browser may break the line behind a formula; the comma after it stays with it.
      if case .mathematics = inline, index + 1 < inlines.count,
        case .text(let next) = inlines[index + 1], let mark = next.closingMarks
      {
        html += "<span class=\"tied\">\(self.inline(inline))\(mark)</span>"
      } else if case .text(let text) = inline, index > 0,
        case .mathematics = inlines[index - 1], let mark = text.closingMarks
      {
        html += HTML.text(String(text.dropFirst(mark.count)).withNumbersKept)
      } else {
        html += self.inline(inline)
      }
    }
    return html
  }

  mutating func inline(_ inline: Inline) -> HTML {
    switch inline {
    case .text(let text): return .text(text.withNumbersKept)
    case .emphasis(let inner): return "<em>\(inlines(inner))</em>"
    case .strong(let inner): return "<strong>\(inlines(inner))</strong>"
    case .code(let code): return "<code>\(code)</code>"
    case .link(let target, let title, let words, let place):
      return reference(to: target, title: title, words, at: origin ?? place)
    case .image: return ""  // refused by the parser
    case .mathematics(let tex, let place): return formula(tex, display: false, at: place)
    case .interpolation(let index): return interpolation(index)
    case .note(let name, let place): return noteReference(name, at: origin ?? place)
    case .citation(let keys, let place): return citation(keys, at: origin ?? place)
    case .softBreak: return "\n"
    case .lineBreak: return "<br>\n"
    case .html: return ""  // refused by the parser
    }
  }

  /// A value Swift computed at this point of the chapter.
  func interpolation(_ index: Int) -> HTML {
    guard let transcript else {
      return "<span class=\"computed\" title=\"computed when the chapter runs\">…</span>"
    }
    let text = transcript.interpolations[index].withMinusSigns
    return "<span class=\"computed\" title=\"computed by this page\">\(text)</span>"
  }

  /// The words alone, computed ones included.
  func words(of inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .emphasis(let inner), .strong(let inner), .link(_, _, let inner, _): words(of: inner)
      case .interpolation(let index): transcript?.interpolations[index] ?? "…"
      default: [inline].plainText
      }
    }.joined()
  }

  /// Markdown of one paragraph that a cell put out: a caption, a reason, a column's heading.
  mutating func markdown(_ text: String, line: Int, calledAs kind: String) -> HTML {
    let place = SourceLocation(file: chapter.file, line: line)
    let markdown = Markdown(SourceText(file: chapter.file, text: text))
    for problem in markdown.problems {
      problems.append(Problem(at: place, problem.message, mend: problem.mend))
    }
    guard markdown.blocks.count <= 1 else {
      problems.append(.notInline(kind, at: place))
      return ""
    }
    switch markdown.blocks.first {
    case .paragraph(let words, _)?:
      say(words.plainText)
      let outer = origin
      origin = place
      defer { origin = outer }
      return inlines(words)
    case nil: return ""
    default:
      problems.append(.notInline(kind, at: place))
      return ""
    }
  }
}

extension String {
  /// With − in place of the hyphen that stands for it: before a number and within none.
  var withMinusSigns: String {
    var result = ""
    var before: Character = " "
    for (index, character) in zip(indices, self) {
      let after = self[self.index(after: index)...].first
      let isMinus =
        character == "-" && (after?.isNumber ?? false) && !before.isLetter && !before.isNumber
      result.append(isMinus ? "−" : character)
      before = character
    }
    return result
  }
}

extension String {
  /// The punctuation it begins with that belongs to the word before.
  fileprivate var closingMarks: String? {
    let marks = prefix { ".,;:!?)]’”".contains($0) }
    return marks.isEmpty ? nil : String(marks)
  }
}

extension String {
  /// No line begins with what belongs to the number before it: "7.1 ±" and "0.7 %" stay whole.
  fileprivate var withNumbersKept: String {
    replacing(" ±", with: "\u{A0}±").replacing(" %", with: "\u{A0}%")
  }
}
