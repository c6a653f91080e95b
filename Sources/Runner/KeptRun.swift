import Foundation
import Literate
import Outputs

/// A successful run as it lies in the cache: the key it answers to, and what the chapter said.
///
/// Prose may come and go above a cell, and comments within it, without making the chapter run again. So a
/// line is kept as (cell, how many lines with code stand above it), and becomes a line of the file again
/// when the run is fitted to the chapter as it stands now.
struct KeptRun: Codable {
  var key: RunKey
  var cells: [Transcript.CellOutputs]
  var interpolations: [String]
  var measured: Transcript.Measured

  init(_ transcript: Transcript, of chapter: Chapter, key: RunKey) {
    self.key = key
    interpolations = transcript.interpolations
    measured = transcript.measured
    cells = zip(chapter.cells, transcript.cells).map { cell, outputs in
      let lines = SwiftTokens(cell.code).codeLines
      return outputs.withLines { line in
        lines.firstIndex { $0 + cell.firstLine - 1 >= line } ?? lines.count
      }
    }
  }

  /// The transcript with the lines of `chapter`, whose cells have the same code.
  func transcript(fittedTo chapter: Chapter) -> Transcript {
    Transcript(
      cells: zip(chapter.cells, cells).map { cell, outputs in
        let lines = SwiftTokens(cell.code).codeLines
        return outputs.withLines { ordinal in
          cell.firstLine - 1 + (lines.indices.contains(ordinal) ? lines[ordinal] : lines.last ?? 1)
        }
      },
      interpolations: interpolations, measured: measured)
  }
}

extension Transcript.CellOutputs {
  /// The same outputs with every line replaced.
  func withLines(_ place: (Int) -> Int) -> Transcript.CellOutputs {
    var copy = self
    copy.outputs = outputs.map { output in
      switch output {
      case .printed(let text, let line): return .printed(text, line: line.map(place))
      case .claim(var claim):
        claim.line = place(claim.line)
        return .claim(claim)
      case .derivation(var report):
        report.line = place(report.line)
        for index in report.lines.indices {
          report.lines[index].line = place(report.lines[index].line)
        }
        return .derivation(report)
      case .figure(var figure):
        figure.line = place(figure.line)
        return .figure(figure)
      case .trapped, .didNotCompile, .remembered: return output
      }
    }
    return copy
  }
}

/// Where the runs of a book's chapters are kept, a folder each. A failure is never kept.
public struct RunCache: Sendable {
  public var folder: FilePath

  public init(folder: FilePath) { self.folder = folder }

  func folder(of chapter: String) -> FilePath { folder / "chapters" / chapter }
  private func file(of chapter: String) -> FilePath { folder(of: chapter) / "kept.json" }

  /// The last success of the chapter, whatever its key. An unreadable file counts as none.
  func run(of chapter: String) -> KeptRun? {
    guard let bytes = try? file(of: chapter).read() else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(KeptRun.self, from: Data(bytes))
  }

  func keep(_ run: KeptRun, of chapter: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try file(of: chapter).replace(with: [UInt8](encoder.encode(run)))
  }

  /// Copies kept runs from another cache, as when parts of a book ran on several machines; the names of
  /// the chapters taken.
  public func takeIn(_ other: RunCache) throws -> [String] {
    var taken: [String] = []
    for chapter in (other.folder / "chapters").children {
      guard let run = other.run(of: chapter) else { continue }
      try keep(run, of: chapter)
      taken.append(chapter)
    }
    return taken
  }
}
