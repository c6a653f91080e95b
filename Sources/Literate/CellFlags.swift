extension Cell.Flags {
  static let names = ["id", "fold", "hidden", "fails", "traps", "timeout"]

  /// Reads a fence's words: `swift id=draws fold timeout=20 fails="cannot convert"`.
  static func parse(_ info: String, at place: SourceLocation) -> (Cell.Flags, [Problem]) {
    var flags = Cell.Flags()
    var problems: [Problem] = []
    for (name, value) in words(of: info).dropFirst() {
      switch (name, value) {
      case ("id", let value?) where isName(value): flags.id = value
      case ("fold", nil): flags.isFolded = true
      case ("hidden", nil): flags.isHidden = true
      case ("traps", nil): flags.traps = true
      case ("fails", let value?) where !value.isEmpty: flags.fails = value
      case ("timeout", let value?):
        if let seconds = Double(value), seconds > 0, seconds <= 86_400 {
          flags.timeout = seconds
        } else {
          problems.append(.badTimeout(value, at: place))
        }
      case (let name, _) where names.contains(name):
        problems.append(.malformedFlag(name, at: place))
      default:
        problems.append(.unknownFlag(name, at: place))
      }
    }
    if flags.traps && flags.fails != nil { problems.append(.trapsAndFails(at: place)) }
    return (flags, problems)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
  }

  /// Words split at spaces, quotes kept together.
  private static func words(of info: String) -> [(name: String, value: String?)] {
    var words: [String] = [""]
    var isQuoted = false
    for character in info {
      if character == "\"" { isQuoted.toggle() }
      if character == " " && !isQuoted {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }.map { word in
      guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
      var value = word[word.index(after: equals)...]
      if value.count >= 2, value.first == "\"", value.last == "\"" {
        value = value.dropFirst().dropLast()
      }
      return (String(word[..<equals]), String(value))
    }
  }
}
