import Foundation
import Literate

/// `// prints …` behind a statement.
public struct PrintsComment: Equatable, Sendable {
  /// Line of the Markdown file.
  public var line: Int
  public var expected: String

  public static func all(in cell: Cell) -> [PrintsComment] {
    SwiftTokens(cell.code).tokens.compactMap { token in
      guard token.kind == .comment, token.text.hasPrefix("//") else { return nil }
      let words = token.text.drop { $0 == "/" }.split(separator: " ")
      guard words.first == "prints", words.count > 1 else { return nil }
      return PrintsComment(
        line: cell.firstLine + token.line - 1,
        expected: words.dropFirst().joined(separator: " "))
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
