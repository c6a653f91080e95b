/// One entry of a file of fortunes, in which a line of % alone stands between two entries.
struct Fortune {
  /// Without the escapes that colour a terminal and without space at their ends.
  private let lines: [[Unicode.Scalar]]

  static func entries(of text: String) -> [Fortune] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(withoutEscapes)
    return lines.split(separator: ["%"]).map { Fortune(lines: Array($0)) }
  }

  /// Whether it is signed with a name and a title, as poems are: “-- 李白《静夜思》”. Proverbs and the
  /// classics have the title alone.
  var hasAuthor: Bool {
    guard let signature else { return false }
    let name = signature.dropFirst(2).drop { $0.properties.isWhitespace }
    return name.contains("《") && name.first != "《"
  }

  /// Whether it is by the one poet of our time whose couplets the files hold: the course uses ancient
  /// verse.
  var isModern: Bool {
    guard let signature else { return false }
    return String(String.UnicodeScalarView(signature)).contains("陈毅")
  }

  private var signature: [Unicode.Scalar]? { lines.last(where: isSignature) }

  /// The couplets of all lines, each as ten characters.
  var couplets: [String] { lines.lazy.filter { !isSignature($0) }.flatMap(couplets) }

  private func isSignature(_ line: [Unicode.Scalar]) -> Bool { line.starts(with: ["-", "-"]) }

  /// A sentence ends with 。 or ；, with the line, and with ？ or ！ unless half a couplet is still to come.
  private func couplets(of line: [Unicode.Scalar]) -> [String] {
    var couplets: [String] = []
    var phrases: [[Unicode.Scalar]] = [[]]
    func endSentence() {
      if phrases.last == [] { phrases.removeLast() }
      if phrases.count.isMultiple(of: 2), phrases.allSatisfy(isFiveCharacters) {
        for first in stride(from: 0, to: phrases.count, by: 2) {
          var couplet = String.UnicodeScalarView()
          couplet.append(contentsOf: phrases[first] + phrases[first + 1])
          couplets.append(String(couplet))
        }
      }
      phrases = [[]]
    }
    for scalar in line {
      switch scalar {
      case "。", "；": endSentence()
      case "？", "！":
        if phrases.count.isMultiple(of: 2) { endSentence() } else { phrases.append([]) }
      case "，", "、", "：", ",": phrases.append([])
      default: phrases[phrases.count - 1].append(scalar)
      }
    }
    endSentence()
    return couplets
  }

  private func isFiveCharacters(_ phrase: [Unicode.Scalar]) -> Bool {
    phrase.count == 5 && phrase.allSatisfy(\.properties.isIdeographic)
  }

  /// A line without its escapes (the byte 27, a bracket, digits and semicolons, a letter) and without space
  /// at its ends.
  private static func withoutEscapes(_ line: Substring) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    var isEscape = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" {
        isEscape = true
      } else if !isEscape {
        kept.append(scalar)
      } else if scalar.properties.isAlphabetic {
        isEscape = false
      }
    }
    let start = kept.firstIndex { !$0.properties.isWhitespace } ?? kept.endIndex
    let end = kept.lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? start
    return Array(kept[start..<end])
  }
}
