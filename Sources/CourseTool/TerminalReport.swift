import Foundation
import Literate
import Outputs
import Runner

/// A chapter's outputs as a terminal can show them.
struct TerminalReport {
  private let result: ChapterResult

  init(_ result: ChapterResult) { self.result = result }

  func show() {
    let chapter = result.chapter
    print(Terminal.coloured("\(chapter.number). \(chapter.title)", .bold))
    print(chapter.frontMatter.question)
    for cell in chapter.cells {
      let outputs = result.transcript.cells[cell.index]
      let verdicts = result.verdicts.filter { $0.cell == cell.index }
      if outputs.outputs.isEmpty && verdicts.isEmpty { continue }
      let name = cell.flags.id.map { " \($0)" } ?? ""
      let head = "── cell \(cell.index + 1)\(name), line \(cell.location.line)"
      print("\n" + Terminal.coloured("\(head), \(Terminal.duration(outputs.seconds))", .faint))
      for output in outputs.outputs { show(output) }
      for verdict in verdicts { show(verdict) }
    }
    let passed = result.verdicts.count(where: \.hasPassed)
    print("\n\(passed) of \(Terminal.counted(result.verdicts.count, "check")) hold")
  }

  private func show(_ output: CellOutput) {
    switch output {
    case .printed(let text, _): print(text, terminator: "")
    case .figure(let figure):
      if case .table(let table) = figure.content { print(lines(of: table)) }
      if case .verses(let verses) = figure.content { print(lines(of: verses)) }
      print("[\(figure.content.noun): \(figure.caption)]")
    case .derivation(let report):
      for line in report.lines {
        let residual =
          line.relation == .start
          ? "" : "   (\(line.reason); residual \(short(line.worstResidual)))"
        print("    \(line.relation.rawValue) \(line.tex)\(residual)")
      }
    case .remembered(let name, let wasKept, let seconds):
      print(
        wasKept
          ? "[\(name): kept from an earlier run, which took \(Terminal.duration(seconds))]"
          : "[\(name): computed in \(Terminal.duration(seconds)) and kept]")
    case .claim, .trapped, .didNotCompile: break
    }
  }

  private func show(_ verdict: Verdict) {
    let mark =
      verdict.hasPassed ? Terminal.coloured("✓", .green) : Terminal.coloured("✗", .red)
    let note = verdict.mustFail && verdict.hasPassed ? " — fails, as it should" : ""
    print("\(mark) \(verdict.sentence)\(note): \(verdict.found)")
  }

  private func lines(of verses: [Figure.Verse]) -> String {
    verses.map { $0.text + ($0.note.map { "  (\($0))" } ?? "") }.joined(separator: "\n")
  }

  private func lines(of table: DataTable) -> String {
    let rows = [table.columns.map(\.heading)] + table.rows
    let widths = table.columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, zip(widths, table.columns)).map { text, shape in
        let pad = String(repeating: " ", count: shape.0 - text.count)
        return shape.1.isNumeric ? pad + text : text + pad
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension Figure.Content {
  fileprivate var noun: String {
    switch self {
    case .drawing: "plot"
    case .picture: "picture"
    case .table: "table"
    case .frames(let frames, _, _): "slider of \(frames.count) frames"
    case .pictureMap(let map):
      "map of \(map.across.values.count) × \(map.up.values.count) pictures over "
        + "\(map.across.name) and \(map.up.name)"
    case .verses(let verses): "\(Terminal.counted(verses.count, "verse"))"
    }
  }
}
