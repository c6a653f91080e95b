/// Reads TeX into nodes, by recursive descent.
struct Parser {
  var lexer: Lexer
  var annotations = Annotations()
  /// The alphabet that `\mathbf` and its like ask for.
  var alphabet: Alphabet?
  /// `\boldsymbol`: letters keep their shape and turn bold.
  var isBoldSymbol = false
  private var depth = 0
  /// Rows read so far of the environment that numbers its rows.
  var row = 0
  /// Whether `]` ends the list: within `\sqrt[…]`.
  var endsAtBracket = false

  /// No formula of a book nests deeper, and every stack holds this much.
  private static let deepest = 100

  init(_ tex: String) { lexer = Lexer(tex) }

  var token: Token { lexer.token }
  var offset: Int { lexer.offset }
  mutating func advance() { lexer.advance() }

  mutating func accept(_ expected: Token) -> Bool {
    guard token == expected else { return false }
    advance()
    return true
  }

  /// The whole formula.
  mutating func formula() throws(FormulaError) -> [Node] {
    try rejectControlCharacters()
    if token == .end { throw .expected("a formula", found: "nothing", at: 0) }
    let nodes = try list()
    if token != .end { throw misplaced() }
    return nodes
  }

  private func rejectControlCharacters() throws(FormulaError) {
    for (offset, character) in lexer.source.enumerated() {
      for scalar in character.unicodeScalars {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...: continue
        default:
          throw .expected(
            "text",
            found: "the control character U+\(String(scalar.value, radix: 16).uppercased())",
            at: offset)
        }
      }
    }
  }

  /// Atoms up to a token that ends them, which is left for the caller.
  mutating func list() throws(FormulaError) -> [Node] {
    var nodes: [Node] = []
    while !endsList { nodes += try scriptedAtom() }
    return nodes
  }

  private var endsList: Bool {
    switch token {
    case .end, .character("}"), .character("&"): true
    case .character("]"): endsAtBracket
    case .command("\\"), .command("cr"), .command("end"), .command("right"), .command("middle"):
      true
    case .command("hline"): true
    default: false
    }
  }

  /// What to say of a token that ends a list where nothing was to end.
  func misplaced() -> FormulaError {
    switch token {
    case .character("}"):
      .expected("no }, for no { is open", found: "}", mend: "write \\} for a brace", at: offset)
    case .character("&"):
      .expected(
        "& only in an alignment", found: "& outside one",
        mend: "write \\& for the sign, or \\begin{aligned} … \\end{aligned}", at: offset)
    case .command("\\"), .command("cr"):
      .expected(
        "\\\\ only in an alignment", found: "\\\\ outside one",
        mend: "write \\begin{aligned} … \\end{aligned}", at: offset)
    case .command("right"):
      .expected("\\left before \\right", found: "\\right alone", mend: "add \\left.", at: offset)
    case .command("middle"):
      .expected("\\left before \\middle", found: "\\middle alone", at: offset)
    case .command("hline"):
      .expected("\\hline at the start of a row of an array", found: "\\hline", at: offset)
    case .command("end"):
      .expected("\\begin before \\end", found: "\\end alone", at: offset)
    default: .expected("the end of the formula", found: token.spelled, at: offset)
    }
  }

  /// `{…}`, its opening brace being next.
  mutating func group() throws(FormulaError) -> [Node] {
    let open = offset
    advance()
    let nodes = try list(endsAtBracket: false)
    if !accept(.character("}")) {
      if token == .end {
        throw .expected("} to close this {", found: token.spelled, mend: "add }", at: open)
      }
      if token == .character("&") || token == .command("\\") {
        throw .expected(
          "} before \(token.spelled)", found: token.spelled, mend: "add }", at: offset)
      }
      if case .command("end") = token {
        throw .expected("} before \\end", found: "\\end", mend: "add }", at: offset)
      }
      if case .command("right") = token {
        throw .expected("} before \\right", found: "\\right", mend: "add }", at: offset)
      }
      throw misplaced()
    }
    return nodes
  }

  /// Atoms up to a token that ends them, where `]` is a bracket like any other or ends them too.
  mutating func list(endsAtBracket ends: Bool) throws(FormulaError) -> [Node] {
    let outer = endsAtBracket
    endsAtBracket = ends
    defer { endsAtBracket = outer }
    return try list()
  }

  /// A command's argument: a group, or the one atom that comes next.
  mutating func argument(of command: String) throws(FormulaError) -> [Node] {
    if token == .character("{") {
      try enter()
      defer { leave() }
      return try group()
    }
    if endsList || token == .character("^") || token == .character("_") {
      throw .expected(
        "an argument of \(command)", found: token.spelled, mend: "write {…} after it", at: offset)
    }
    return try atom(isArgument: true)
  }

  /// `[…]`, if it comes next.
  mutating func optionalArgument(of command: String) throws(FormulaError) -> [Node]? {
    guard token == .character("[") else { return nil }
    let open = offset
    advance()
    try enter()
    defer { leave() }
    let nodes = try list(endsAtBracket: true)
    guard accept(.character("]")) else {
      throw .expected(
        "] to close the [ of \(command)", found: token.spelled, mend: "add ]", at: open)
    }
    return nodes
  }

  /// Counts the levels of nesting, so that no formula exhausts the stack.
  private mutating func enter() throws(FormulaError) {
    if depth >= Self.deepest {
      throw .expected(
        "at most \(Self.deepest) levels of nesting", found: "more",
        mend: "close what is open or split the formula", at: offset)
    }
    depth += 1
  }

  private mutating func leave() { depth -= 1 }

  /// An atom with what hangs on it: limits, primes, subscript and superscript.
  private mutating func scriptedAtom() throws(FormulaError) -> [Node] {
    let start = offset
    var nodes: [Node] = []
    if token != .character("^"), token != .character("_"), token != .character("'") {
      nodes = try atom()
    }
    var scripts = Scripts()
    var isScripted = false
    scan: while true {
      let here = offset
      switch token {
      case .command("limits"), .command("nolimits"), .command("displaylimits"):
        guard nodes.last?.isOperation == true else {
          throw .expected("an operator before \(token.spelled)", found: "none", at: here)
        }
        scripts.limits =
          switch token {
          case .command("limits"): .always
          case .command("nolimits"): .never
          default: .inDisplays
          }
        advance()
      case .character("'"):
        if scripts.above != nil {
          throw .expected(
            "one superscript", found: "a prime after a superscript",
            mend: "write the prime first, or braces around the first", at: here)
        }
        scripts.primes += 1
        advance()
      case .character("^"):
        if scripts.above != nil {
          throw .expected(
            "one superscript", found: "a second", mend: "write {x^a}^b or x^{a^b}", at: here)
        }
        advance()
        scripts.above = try argument(of: "^")
      case .character("_"):
        if scripts.below != nil {
          throw .expected(
            "one subscript", found: "a second", mend: "write {x_a}_b or x_{a_b}", at: here)
        }
        advance()
        scripts.below = try argument(of: "_")
      default: break scan
      }
      isScripted = true
    }
    precondition(offset > start || isScripted || token == .end, "the parser must move on")
    guard isScripted else { return nodes }
    scripts.base = nodes.popLast()
    return nodes + [.scripts(scripts)]
  }

  /// One atom, or the few that a command stands for.
  mutating func atom(isArgument: Bool = false) throws(FormulaError) -> [Node] {
    try enter()
    defer { leave() }
    switch token {
    case .command(let name): return try command(name)
    case .character("{"): return [.group(try group(), .ordinary)]
    case .character("~"):
      advance()
      return [.space(6)]
    case .character(let character): return [try typed(character, isArgument: isArgument)]
    case .end: return []
    }
  }

  /// A character that stands for itself.
  private mutating func typed(
    _ character: Character, isArgument: Bool
  ) throws(FormulaError) -> Node {
    if character.isASCII, character.isNumber {
      return number(takesOneDigit: isArgument)
    }
    if character.isLetter, Symbols.characters[character] == nil {
      advance()
      return letter(character, isArgument: isArgument)
    }
    switch character {
    case "#", "$", "%", "&", "_", "\\":
      throw .expected(
        "a symbol", found: String(character),
        mend: character == "\\" ? "finish the command" : "write \\\(character) for the sign",
        at: offset)
    case "'":
      advance()
      return .symbol(Symbol(text: "′", kind: .ordinary))
    default: break
    }
    guard let node = Symbols.characters[character] else {
      throw .expected(
        "a symbol of mathematics", found: String(character),
        mend: "write \\text{\(character)} for text", at: offset)
    }
    advance()
    if character == ":", token == .character("="), !lexer.followsSpace {
      advance()
      return .symbol(Symbol(text: "≔", kind: .relation))
    }
    return inAlphabet(node)
  }

  /// A letter in the alphabet in force, with those after it where the alphabet makes words.
  private mutating func letter(_ first: Character, isArgument: Bool) -> Node {
    guard let alphabet else {
      return .identifier(
        isBoldSymbol ? Alphabet.boldItalic.letter(first) : String(first), upright: false)
    }
    var text = alphabet.letter(first)
    if alphabet.makesWords, !isArgument {
      while case .character(let next) = token, next.isASCII, next.isLetter || next.isNumber {
        text += alphabet.letter(next)
        advance()
      }
    }
    return .identifier(text, upright: alphabet == .roman)
  }

  /// Digits, with the points between them.
  private mutating func number(takesOneDigit: Bool) -> Node {
    var text = ""
    while case .character(let next) = token {
      let follows = lexer.source.dropFirst(offset + 1).first
      guard next.isASCII,
        next.isNumber
          || (next == "." && !text.isEmpty && follows?.isASCII == true && follows?.isNumber == true)
      else { break }
      if !text.isEmpty, lexer.followsSpace { break }
      text += isBoldSymbol ? Alphabet.bold.letter(next) : alphabet?.letter(next) ?? String(next)
      advance()
      if takesOneDigit { break }
    }
    return .number(text)
  }

  /// A Greek letter or symbol in the alphabet in force.
  func inAlphabet(_ node: Node) -> Node {
    guard case .identifier(let text, let upright) = node, let character = text.first else {
      return node
    }
    if isBoldSymbol {
      let bold = (upright ? Alphabet.bold : .boldItalic).letter(character)
      return .identifier(bold, upright: false)
    }
    guard alphabet == .bold || alphabet == .italic, let alphabet else { return node }
    return .identifier(alphabet.letter(character), upright: false)
  }
}

extension Node {
  /// Whether `\limits` may follow.
  var isOperation: Bool {
    switch self {
    case .symbol(let symbol): symbol.kind == .operation
    case .name, .group(_, .operation), .stretched: true
    default: false
    }
  }
}
