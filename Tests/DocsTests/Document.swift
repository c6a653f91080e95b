import Literate
import Testing
import Workbench

/// One of the project's own Markdown files.
struct Document: Sendable, CustomTestStringConvertible {
  /// Relative to the repository: "Docs/architecture.md".
  let name: String
  let text: String
  let fences: [Fence]
  /// What stands outside fences; inside them its lines are empty.
  let prose: String

  /// A fenced text.
  struct Fence: Sendable {
    /// What stands behind the opening: "text worked=program".
    var info: String
    var body: String
    /// Where the body stands in the document, by lines from 0.
    var lines: Range<Int>

    /// The name behind `worked=`.
    var workedName: String? {
      info.split(separator: " ").first { $0.hasPrefix("worked=") }
        .map { String($0.dropFirst("worked=".count)) }
    }
  }

  static let names = [
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Docs/architecture.md", "Docs/engine.md",
    "Docs/performance.md", "Docs/write-your-own-chapter.md",
  ]

  static var all: [Document] {
    get throws { try names.map { try Document($0) } }
  }

  var testDescription: String { name }
  var path: FilePath { Workbench.root / name }

  init(_ name: String) throws {
    self.name = name
    let source = try SourceText(contentsOf: Workbench.root / name, shownAs: name)
    text = source.text
    var fences: [Fence] = []
    var prose: [Substring] = []
    var open: (mark: Substring, info: String, first: Int)?
    for (number, line) in source.lines.enumerated() {
      let ticks = line.prefix { $0 == "`" }
      if let fence = open {
        if line == fence.mark {
          let lines = fence.first..<number
          fences.append(
            Fence(
              info: fence.info, body: source.lines[lines].joined(separator: "\n"), lines: lines))
          open = nil
        }
        prose.append("")
      } else if ticks.count >= 3 {
        open = (ticks, String(line.dropFirst(ticks.count)), number + 1)
        prose.append("")
      } else {
        prose.append(line)
      }
    }
    self.fences = fences
    self.prose = prose.joined(separator: "\n")
  }

  /// The document with other texts in some of its fences.
  func replacing(_ bodies: [(Fence, String)]) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (fence, body) in bodies.sorted(by: { $0.0.lines.lowerBound > $1.0.lines.lowerBound }) {
      lines.replaceSubrange(
        fence.lines, with: body.split(separator: "\n", omittingEmptySubsequences: false))
    }
    return lines.joined(separator: "\n")
  }
}
