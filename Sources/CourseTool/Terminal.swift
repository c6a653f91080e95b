import Foundation
import Literate

/// Words for the person at the terminal.
enum Terminal {
  static let hasColour =
    isatty(STDOUT_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

  /// Characters in a line of the terminal.
  static var width: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  enum Colour: String {
    case green = "32"
    case red = "31"
    case faint = "2"
    case bold = "1"
  }

  static func coloured(_ text: String, _ colour: Colour) -> String {
    hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Says something beside the command's output proper.
  static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Each problem with the line it speaks of; of very many the first.
  static func complain(_ problems: Problems) {
    let most = 50
    var sources: [String: SourceText] = [:]
    for problem in problems.list.prefix(most) {
      if let file = problem.location?.file, sources[file] == nil {
        sources[file] = try? SourceText(contentsOf: FilePath(file), shownAs: file)
      }
      let source = problem.location.flatMap { sources[$0.file] }
      complain(coloured("✗ ", .red) + problem.explained(in: source))
    }
    if problems.list.count > most {
      complain("and \(counted(problems.list.count - most, "problem")) more")
    }
  }

  /// "0.8 s", "41 s", "3 min 5 s".
  static func duration(_ seconds: Double) -> String {
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  static func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
