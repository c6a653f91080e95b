extension Parser {
  /// A command, which is next, and what it takes.
  mutating func command(_ name: String) throws(FormulaError) -> [Node] {
    let start = offset
    let isStarred = lexer.isStarred
    guard let command = Vocabulary.commands[name] else {
      guard let node = Symbols.commands[name] else { throw unknownCommand(name, at: start) }
      advance()
      return [inAlphabet(node)]
    }
    if case .label = command { return try label() }
    if case .tag = command { return try tag() }
    if case .text(let alphabet) = command { return try text(alphabet) }
    if case .operatorName = command { return try operatorName(hasLimits: isStarred) }
    advance()
    let spelled = "\\\(name)"
    switch command {
    case .fraction(let style):
      return [.fraction(try fraction(spelled, style: style))]
    case .binomial(let style):
      var fraction = try fraction(spelled, style: style)
      fraction.isBinomial = true
      return [.fraction(fraction)]
    case .continuedFraction:
      var fraction = try fraction(spelled, style: .display)
      fraction.isContinued = true
      return [.fraction(fraction)]
    case .root:
      let index = try optionalArgument(of: spelled)
      return [.root(try argument(of: spelled), index: index)]
    case .alphabet(let alphabet): return try argument(of: spelled, alphabet: alphabet)
    case .boldSymbol: return try boldArgument(of: spelled)
    case .style(let style): return [.styled(style, try list())]
    case .accent(let accent): return [.accent(accent, try argument(of: spelled))]
    case .overline: return [.overline(try argument(of: spelled))]
    case .underline: return [.underline(try argument(of: spelled))]
    case .stretched(let mark, let above, let kind):
      return [.stretched(mark: mark, above: above, try argument(of: spelled), kind)]
    case .overset, .underset, .relationStack:
      let mark = try argument(of: spelled)
      let base = try argument(of: spelled)
      if case .underset = command { return [.stack(base: base, above: nil, below: mark, nil)] }
      if case .overset = command { return [.stack(base: base, above: mark, below: nil, nil)] }
      return [.stack(base: base, above: mark, below: nil, .relation)]
    case .arrow(let arrow):
      let below = try optionalArgument(of: spelled)
      return [.arrow(arrow, above: try argument(of: spelled), below: below)]
    case .space(let width): return [.space(width)]
    case .writtenSpace(let isMu): return [try writtenSpace(of: spelled, isMu: isMu)]
    case .left: return [.fenced(try fence(openedAt: start))]
    case .delimiter(let size, let kind):
      let text = try delimiter(of: spelled)
      return text.map { [.delimiter(Symbol(text: $0, kind: kind), size: size)] } ?? []
    case .classed(let kind): return [.group(try argument(of: spelled), kind)]
    case .not: return [try negation()]
    case .dots: return [.symbol(Symbol(text: precedesOperator ? "⋯" : "…", kind: .inner))]
    case .colon: return [.space(2), .symbol(Symbol(text: ":", kind: .punctuation)), .space(3)]
    case .spaced(let arrow):
      return [.space(5), .symbol(Symbol(text: arrow, kind: .relation)), .space(5)]
    case .modulus(let modulus): return try self.modulus(modulus, spelled)
    case .substack: return [try substack(openedAt: start)]
    case .colour(let untilGroupEnds):
      let colour = try colour(of: spelled)
      return [.coloured(colour, untilGroupEnds ? try list() : try argument(of: spelled))]
    case .drawn(let shape): return [.drawn(shape, try argument(of: spelled))]
    case .phantom(let keepsWidth, let keepsHeight):
      let nodes = try argument(of: spelled)
      return [.phantom(nodes, keepsWidth: keepsWidth, keepsHeight: keepsHeight)]
    case .smashed: return [.smashed(try argument(of: spelled))]
    case .strut:
      let parenthesis = Node.symbol(Symbol(text: "(", kind: .ordinary))
      return [.phantom([parenthesis], keepsWidth: false, keepsHeight: true)]
    case .reference(let parenthesised):
      // The number is looked up when the formula is set: its label may stand further on in the book.
      let label = try lexer.verbatim(of: "label").text
      return [.reference(label: label, parenthesised: parenthesised, offset: start)]
    case .begin: return try environment(openedAt: start)
    case .nothing, .label, .tag, .text, .operatorName: return []
    }
  }

  private func unknownCommand(_ name: String, at offset: Int) -> FormulaError {
    if name.isEmpty {
      return .expected("a command after \\", found: "nothing", mend: "finish it", at: offset)
    }
    if ["over", "atop", "choose"].contains(name) {
      return .expected(
        "\\frac{…}{…} or \\binom{…}{…}", found: "\\\(name)",
        mend: "write the arguments after the command", at: offset)
    }
    return .unknown(
      "command", name, among: Vocabulary.names, prefix: "\\", at: offset)
  }

  private mutating func fraction(
    _ command: String, style: Style?
  ) throws(FormulaError) -> Fraction {
    let numerator = try argument(of: command)
    return Fraction(
      numerator: numerator, denominator: try argument(of: command), style: style)
  }

  mutating func argument(
    of command: String, alphabet inner: Alphabet
  ) throws(FormulaError) -> [Node] {
    let outer = (alphabet, isBoldSymbol)
    // `\boldsymbol{\mathcal{L}}`: the bold script letters.
    alphabet = isBoldSymbol && inner == .script ? .boldScript : inner
    isBoldSymbol = false
    defer { (alphabet, isBoldSymbol) = outer }
    let nodes = try argument(of: command)
    return nodes.count == 1 ? nodes : [.group(nodes, .ordinary)]
  }

  private mutating func boldArgument(of command: String) throws(FormulaError) -> [Node] {
    let outer = (alphabet, isBoldSymbol)
    if alphabet == .script {
      alphabet = .boldScript
    } else {
      (alphabet, isBoldSymbol) = (nil, true)
    }
    defer { (alphabet, isBoldSymbol) = outer }
    let nodes = try argument(of: command)
    return nodes.count == 1 ? nodes : [.group(nodes, .ordinary)]
  }

  /// `\not` and the relation it strikes through.
  private mutating func negation() throws(FormulaError) -> Node {
    let start = offset
    let negated = try argument(of: "\\not")
    guard negated.count == 1, case .symbol(let symbol) = negated[0] else {
      if negated.count == 1, case .identifier(let text, let upright) = negated[0] {
        let letter = upright ? text : text.map(Alphabet.italic.letter).joined()
        return .identifier(letter + "\u{338}", upright: upright)
      }
      throw .expected(
        "a relation after \\not", found: "something else", mend: "write \\cancel{…}", at: start)
    }
    return .symbol(
      Symbol(text: Symbols.negations[symbol.text] ?? symbol.text + "\u{338}", kind: symbol.kind))
  }

  /// Whether the dots stand between operators, and so at their height, rather than between commas.
  private var precedesOperator: Bool {
    let next: Node? =
      switch token {
      case .command(let name): Symbols.commands[name]
      case .character(let character): Symbols.characters[character]
      case .end: nil
      }
    guard case .symbol(let symbol) = next else { return false }
    return [.binary, .relation, .operation].contains(symbol.kind)
  }

  private mutating func modulus(
    _ modulus: Command.Modulus, _ spelled: String
  ) throws(FormulaError) -> [Node] {
    let word = Node.name("mod", limits: false)
    switch modulus {
    case .binary: return [.group([.identifier("mod", upright: true)], .binary)]
    case .bare: return [.space(12), word, .space(3), .group(try argument(of: spelled), .ordinary)]
    case .parenthesised, .parenthesisOnly:
      let open = Node.symbol(Symbol(text: "(", kind: .opening))
      let close = Node.symbol(Symbol(text: ")", kind: .closing))
      let label = modulus == .parenthesised ? [word, .space(3)] : []
      return [.space(8), open] + label + (try argument(of: spelled)) + [close]
    }
  }

  private mutating func label() throws(FormulaError) -> [Node] {
    let start = offset
    advance()
    let name = try lexer.verbatim(of: "label").text
    if name.isEmpty { throw .expected("a label", found: "nothing", at: start) }
    if annotations.labels.contains(where: { $0.row == row || $0.name == name }) {
      throw .expected(
        "one \\label for a number", found: "a second, \(name)", mend: "keep one", at: start)
    }
    annotations.labels.append((name, row))
    return []
  }

  private mutating func tag() throws(FormulaError) -> [Node] {
    let start = offset
    advance()
    let text = try lexer.verbatim(of: "text").text
    if annotations.tag != nil {
      throw .expected("one \\tag in a formula", found: "a second", mend: "keep one", at: start)
    }
    annotations.tag = text
    return []
  }

  /// A colour by its name or as #rrggbb.
  private mutating func colour(of command: String) throws(FormulaError) -> String {
    let (colour, start) = try lexer.verbatim(of: "colour")
    let isName = !colour.isEmpty && colour.allSatisfy { $0.isASCII && $0.isLetter }
    let digits = colour.dropFirst()
    let isNumber =
      colour.first == "#" && [3, 6].contains(digits.count)
      && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
    guard isName || isNumber else {
      throw .expected("a colour such as red or #3366cc", found: "\"\(colour)\"", at: start)
    }
    return colour
  }

  private mutating func writtenSpace(
    of command: String, isMu: Bool
  ) throws(FormulaError) -> Node {
    let (text, start) = try lexer.verbatim(of: "length")
    guard let length = Length(text), length.isMu == isMu else {
      throw .expected(
        "a length such as \(isMu ? "3mu" : "1em or 10pt")", found: "\"\(text)\"", at: start)
    }
    return .space(length.ems * 18)
  }
}

/// A length as TeX writes it, at a text size of 10 points.
struct Length {
  var ems: Double
  var isMu: Bool

  init?(_ text: String) {
    let units = [
      "em": 1, "ex": 0.43, "pt": 0.1, "mu": 1.0 / 18, "mm": 0.2845, "cm": 2.845, "in": 7.227,
      "px": 0.1,
    ]
    let word = text.filter { !$0.isWhitespace }
    guard let unit = units[String(word.suffix(2))], let number = Double(word.dropLast(2)),
      abs(number) < 1000
    else { return nil }
    ems = number * unit
    isMu = word.hasSuffix("mu")
  }
}
