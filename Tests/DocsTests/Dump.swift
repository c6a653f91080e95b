import Literate
import Runner

/// The values of the pipeline as lines a person reads.
enum Dump {
  static func text(of book: Book) -> String {
    var lines = ["Book “\(book.title)”, language \(book.language)"]
    for part in book.parts {
      lines.append("  part “\(part.title)”: \(part.chapters.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }

  static func text(of chapter: Chapter) -> String {
    let front = chapter.frontMatter
    var lines = ["chapter \(chapter.number), “\(front.title)”, seed \(front.seed)"]
    for block in chapter.blocks { lines.append("  " + text(of: block)) }
    for cell in chapter.cells {
      lines.append(
        "  cell \(cell.index): fence on line \(cell.location.line), code from line \(cell.firstLine)"
          + (cell.flags.id.map { ", id \($0)" } ?? ""))
    }
    for value in chapter.interpolations {
      lines.append(
        "  interpolation \(value.index): \(value.code) at \(value.location.line):"
          + "\(value.location.column ?? 0)")
    }
    return lines.joined(separator: "\n")
  }

  static func text(of verdict: Verdict) -> String {
    "\(verdict.location): \(verdict.kind.rawValue) “\(verdict.sentence)”: \(verdict.found): "
      + (verdict.failure ?? "stands")
  }

  private static func text(of block: Block) -> String {
    switch block {
    case .heading(let level, let words, let id, let place):
      "\(place.line): heading \(level) #\(id): \(text(of: words))"
    case .paragraph(let words, let place): "\(place.line): paragraph: \(text(of: words))"
    case .cell(let index, let place): "\(place.line): cell \(index)"
    case .equation(let equation): "\(equation.location.line): equation: \(equation.tex)"
    case .code(let language, _, let place): "\(place.line): code in \(language)"
    case .list(let list, let place): "\(place.line): list of \(list.items.count)"
    case .quote(_, let place): "\(place.line): quotation"
    case .callout(let kind, _, let place): "\(place.line): callout \(kind.rawValue)"
    case .rule(let place): "\(place.line): rule"
    case .html(_, let place): "\(place.line): HTML"
    }
  }

  private static func text(of words: [Inline]) -> String {
    words.map { word in
      switch word {
      case .text(let text): "text “\(text)”"
      case .mathematics(let tex, let place):
        "mathematics \(tex) at \(place.line):\(place.column ?? 0)"
      case .interpolation(let index): "interpolation \(index)"
      case .softBreak: "soft break"
      default: "…"
      }
    }.joined(separator: " · ")
  }
}
