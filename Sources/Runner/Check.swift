import Foundation
import Literate
import Outputs

/// Holds everything a chapter said against what it claims.
public enum Check {
  public static func verdicts(of transcript: Transcript, for chapter: Chapter) -> [Verdict] {
    var verdicts: [Verdict] = []
    for cell in chapter.cells {
      let outputs = transcript.cells[cell.index].outputs
      for output in outputs {
        if let verdict = verdict(on: output, in: cell, of: chapter) { verdicts.append(verdict) }
      }
      verdicts += printedVerdicts(outputs, cell)
      verdicts += unheardVerdicts(outputs, cell)
      if cell.flags.traps, !outputs.contains(where: \.isTrap) {
        verdicts.append(
          Verdict(
            kind: .trap, sentence: "this cell traps", found: "it ran to its end",
            failure: "expected the cell to trap, found that it ran to its end",
            location: cell.location, cell: cell.index, mustFail: true))
      }
    }
    return verdicts
  }

  private static func verdict(
    on output: CellOutput, in cell: Cell, of chapter: Chapter
  ) -> Verdict? {
    func place(_ line: Int) -> SourceLocation { SourceLocation(file: chapter.file, line: line) }
    switch output {
    case .claim(let claim):
      var failure: String?
      if case .failed(let why) = claim.verdict { failure = why }
      return Verdict(
        kind: .claim, sentence: claim.sentence, found: claim.comparison.found, failure: failure,
        location: place(claim.line), cell: cell.index, mustFail: claim.mustFail)
    case .derivation(let report):
      return Verdict(
        kind: .derivation, sentence: report.title, found: report.found,
        failure: report.hasPassed ? nil : report.failure ?? "a line does not hold",
        location: place(report.firstFailingLine ?? report.line), cell: cell.index,
        mustFail: report.mustFail)
    case .trapped(let message):
      return Verdict(
        kind: .trap, sentence: "this cell traps", found: message, failure: nil,
        location: cell.location, cell: cell.index, mustFail: true)
    case .didNotCompile(let diagnostic):
      return Verdict(
        kind: .compileFailure, sentence: "this cell does not compile", found: diagnostic,
        failure: nil, location: cell.location, cell: cell.index, mustFail: true)
    case .printed, .figure, .remembered: return nil
    }
  }

  /// A comment `// prints 0.443` is held against what its statement printed.
  private static func printedVerdicts(_ outputs: [CellOutput], _ cell: Cell) -> [Verdict] {
    var verdicts: [Verdict] = []
    for comment in PrintsComment.all(in: cell) {
      let printed = outputs.compactMap { output -> String? in
        guard case .printed(let text, let line?) = output, comment.lines.contains(line)
        else { return nil }
        return text
      }.joined()
      let found = printed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      var failure: String?
      if printed.isEmpty {
        failure = "expected a print on this line, found none"
      } else if !comment.agrees(with: found) {
        failure = "expected this to print \(comment.expected), found \(found)"
      }
      verdicts.append(
        Verdict(
          kind: .printed, sentence: "prints \(comment.expected)", found: found, failure: failure,
          location: SourceLocation(file: cell.location.file, line: comment.line),
          cell: cell.index, mustFail: false))
    }
    return verdicts
  }

  /// A claim that is written and was never made has not been checked.
  private static func unheardVerdicts(_ outputs: [CellOutput], _ cell: Cell) -> [Verdict] {
    if cell.flags.traps || cell.flags.fails != nil { return [] }
    let heard = Set(outputs.compactMap(\.line))
    let sites = CallSite.all(["expect", "Derivation"], in: cell)
    return sites.filter { $0.lines.allSatisfy { !heard.contains($0) } }.map { site in
      let kind: Verdict.Kind = site.function == "expect" ? .claim : .derivation
      let line = site.lines.lowerBound
      return Verdict(
        kind: kind, sentence: "the \(kind.rawValue) on line \(line) is made", found: "it never was",
        failure: "expected this \(kind.rawValue) to be made, found that the program never came by",
        location: SourceLocation(file: cell.location.file, line: line), cell: cell.index,
        mustFail: false)
    }
  }
}

extension CellOutput {
  fileprivate var isTrap: Bool { if case .trapped = self { true } else { false } }

  /// The line of a claim or derivation.
  fileprivate var line: Int? {
    switch self {
    case .claim(let claim): claim.line
    case .derivation(let report): report.line
    default: nil
    }
  }
}
