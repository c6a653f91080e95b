import Foundation
import Literate

/// `// prints …` behind a statement.
public struct PrintsComment: Equatable, Sendable {
  /// Line of the Markdown file.
  public var line: Int
  public var expected: String
  /// Lines of the statement it stands behind.
  var lines: ClosedRange<Int>

  public init(line: Int, expected: String) {
    self.init(line: line, expected: expected, lines: line...line)
  }

  init(line: Int, expected: String, lines: ClosedRange<Int>) {
    self.line = line
    self.expected = expected
    self.lines = lines
  }

  public static func all(in cell: Cell) -> [PrintsComment] {
    let prints = CallSite.all(["print"], in: cell).map(\.lines)
    return SwiftTokens(cell.code).tokens.compactMap { token in
      guard token.kind == .comment, token.text.hasPrefix("//") else { return nil }
      let words = token.text.drop { $0 == "/" }.split(separator: " ")
      guard words.first == "prints", words.count > 1 else { return nil }
      let line = cell.firstLine + token.line - 1
      return PrintsComment(
        line: line, expected: words.dropFirst().joined(separator: " "),
        lines: prints.last { $0.contains(line) } ?? line...line)
    }
  }

  /// The digits written are the tolerance: 0.443 agrees with 0.4428. All that is no number must be the
  /// same to the letter.
  public func agrees(with printed: String) -> Bool {
    let (a, b) = (PrintedNumber.split(expected), PrintedNumber.split(printed))
    return a.texts == b.texts && a.numbers.count == b.numbers.count
      && zip(a.numbers, b.numbers).allSatisfy { $0.agrees(with: $1) }
  }
}

/// A number as it was written.
struct PrintedNumber {
  var text: Substring
  var value: Double { Double(text) ?? .nan }
  /// Half a unit of its last digit.
  var halfUnit: Double {
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    let exponent = text.dropFirst(mantissa.count + 1)
    let places = mantissa.firstIndex(of: ".").map {
      mantissa.distance(from: $0, to: mantissa.endIndex) - 1
    }
    return 0.5 * Foundation.pow(10, (Double(exponent) ?? 0) - Double(places ?? 0))
  }

  func agrees(with other: PrintedNumber) -> Bool {
    // The last bit of 0.5 in the last place is nobody's fault.
    text == other.text || abs(value - other.value) <= halfUnit * (1 + 1e-9)
  }

  /// Divides a text into its numbers and what stands between them. Digits within a word are no number.
  static func split(_ text: String) -> (texts: [Substring], numbers: [PrintedNumber]) {
    var texts: [Substring] = []
    var numbers: [PrintedNumber] = []
    var start = text.startIndex
    for match in text.matches(of: #/-?\d+(\.\d+)?([eE][+-]?\d+)?/#) {
      let before = text[..<match.range.lowerBound].last
      let after = text[match.range.upperBound...].first
      if before?.isLetter ?? false || before == "." || after?.isLetter ?? false { continue }
      texts.append(text[start..<match.range.lowerBound])
      numbers.append(PrintedNumber(text: match.output.0))
      start = match.range.upperBound
    }
    return (texts + [text[start...]], numbers)
  }
}

extension PrintsComment {
  /// A comment whose digits are no longer what is printed.
  public struct Correction: Sendable, Equatable {
    /// Line of the Markdown file.
    public var line: Int
    public var expected: String
    public var printed: String

    /// The line of code with its comment rewritten.
    public func applied(to text: String) -> String {
      // The text may have such words in a string before: the last are the comment.
      guard let comment = text.ranges(of: #///+ *prints /#).last else { return text }
      return text[..<comment.lowerBound] + "// prints \(printed)"
    }
  }

  /// What `course accept` would rewrite; each number keeps as many digits as its author wrote.
  public static func corrections(in result: ChapterResult) -> [Correction] {
    result.verdicts.compactMap { verdict in
      guard verdict.kind == .printed, !verdict.hasPassed, verdict.sentence.hasPrefix("prints "),
        verdict.found != ""
      else { return nil }
      let expected = String(verdict.sentence.dropFirst("prints ".count))
      return Correction(
        line: verdict.location.line, expected: expected,
        printed: rewritten(verdict.found, like: expected))
    }
  }

  static func rewritten(_ printed: String, like expected: String) -> String {
    let (a, b) = (PrintedNumber.split(expected), PrintedNumber.split(printed))
    guard a.texts.count == b.texts.count, a.texts == b.texts else { return printed }
    var result = String(b.texts[0])
    for (index, number) in b.numbers.enumerated() {
      result += number.written(like: a.numbers[index]) + b.texts[index + 1]
    }
    return result
  }
}

extension PrintedNumber {
  /// The number with as many digits behind the point as `other` has.
  func written(like other: PrintedNumber) -> String {
    guard let point = other.text.firstIndex(of: "."), !other.text.lowercased().contains("e"),
      text.contains("."), !text.lowercased().contains("e")
    else { return String(text) }
    let places = other.text.distance(from: point, to: other.text.endIndex) - 1
    return String(format: "%.\(places)f", value)
  }
}
