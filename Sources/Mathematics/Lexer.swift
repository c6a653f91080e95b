/// One word of TeX.
enum Token: Equatable, Sendable {
  case command(String)
  /// Any other character: letters, digits, signs, and `{ } ^ _ & ~`.
  case character(Character)
  case end

  /// The token as an error message names it.
  var spelled: String {
    switch self {
    case .command(let name): "\\\(name)"
    case .character(let character): String(character)
    case .end: "the end of the formula"
    }
  }
}

/// Splits TeX into tokens, one ahead of the parser. Spaces and comments mean nothing in formulas.
struct Lexer: Sendable {
  let source: [Character]
  /// The token to be read next, and the characters before it.
  private(set) var token: Token = .end
  private(set) var offset = 0
  /// The characters up to the end of that token.
  private var position = 0

  init(_ tex: String) {
    source = Array(tex)
    advance()
  }

  mutating func advance() {
    while position < source.count {
      if source[position].isWhitespace {
        position += 1
      } else if source[position] == "%" {
        while position < source.count, !source[position].isNewline { position += 1 }
      } else {
        break
      }
    }
    offset = position
    guard position < source.count else {
      token = .end
      return
    }
    let character = source[position]
    position += 1
    guard character == "\\", position < source.count else {
      token = .character(character)
      return
    }
    let start = position
    while position < source.count, source[position].isASCII, source[position].isLetter {
      position += 1
    }
    if position == start { position += 1 }
    token = .command(String(source[start..<position]))
    // The starred form of a command is a command of its own.
    if token == .command("operatorname") || token == .command("tag"), position < source.count,
      source[position] == "*"
    {
      position += 1
    }
  }

  var isStarred: Bool { position > 0 && source[position - 1] == "*" }

  /// Whether a space stands before the token.
  var followsSpace: Bool { offset > 0 && source[offset - 1].isWhitespace }

  /// Reads the characters as they stand: text, names and lengths have rules of their own.
  mutating func reread(from start: Int) {
    position = start
    advance()
  }

  /// The text of `{…}`, which must come next, up to the brace that matches.
  mutating func verbatim(of what: String) throws(FormulaError) -> (text: String, offset: Int) {
    guard token == .character("{") else {
      throw .expected("{\(what)}", found: token.spelled, at: offset)
    }
    let open = offset
    var depth = 0
    var index = open
    while index < source.count {
      switch source[index] {
      case "\\": index += 1
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth == 0 {
          let text = String(source[(open + 1)..<index])
          reread(from: index + 1)
          return (text, open + 1)
        }
      default: break
      }
      index += 1
    }
    throw .expected(
      "} to close the { of \(what)", found: "the end of the formula", at: open)
  }
}
