extension Parser {
  /// `\text{…}`, which is next: characters as they are, with formulas between dollar signs.
  mutating func text(_ alphabet: Alphabet) throws(FormulaError) -> [Node] {
    advance()
    let (content, start) = try lexer.verbatim(of: "text")
    return [.group(try textNodes(Array(content), alphabet, from: start), .ordinary)]
  }

  private mutating func textNodes(
    _ content: [Character], _ alphabet: Alphabet, from start: Int
  ) throws(FormulaError) -> [Node] {
    let signs: [Character: String] = [
      "$": "$", "%": "%", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", " ": "\u{A0}",
      ",": "\u{2006}",
    ]
    var nodes: [Node] = []
    var run = ""
    func flush() {
      if !run.isEmpty { nodes.append(.text(run)) }
      run = ""
    }
    var index = 0
    while index < content.count {
      let character = content[index]
      switch character {
      case "$":
        guard let close = content[(index + 1)...].firstIndex(of: "$") else {
          throw .expected(
            "$ to close the formula in the text", found: "the end of the text",
            mend: "write \\$ for the sign", at: start + index)
        }
        flush()
        nodes += try inner(String(content[(index + 1)..<close]), from: start + index + 1)
        index = close
      case "\\":
        let next = index + 1 < content.count ? content[index + 1] : " "
        if let sign = signs[next] {
          run += sign
          index += 1
        } else {
          let name = content[(index + 1)...].prefix { $0.isASCII && $0.isLetter }
          flush()
          let length = try nestedText(
            String(name), in: content, at: index, from: start, into: &nodes)
          index += length - 1
        }
      case "{", "}": break
      case "~": run += "\u{A0}"
      case "-" where content[index...].starts(with: "---"):
        run += "—"
        index += 2
      case "-" where content[index...].starts(with: "--"):
        run += "–"
        index += 1
      case "`": run += "‘"
      case "'": run += "’"
      // Spaces at the ends of an element would be dropped.
      case _ where character.isWhitespace: if run.last != "\u{A0}" { run += "\u{A0}" }
      default: run += alphabet == .roman ? String(character) : alphabet.letter(character)
      }
      index += 1
    }
    flush()
    return nodes
  }

  /// A command within text: another style of letters, or a formula's command such as `\ldots`.
  private mutating func nestedText(
    _ name: String, in content: [Character], at index: Int, from start: Int,
    into nodes: inout [Node]
  ) throws(FormulaError) -> Int {
    let isText = if case .text = Vocabulary.commands[name] { true } else { false }
    let isSymbol = Symbols.commands[name] != nil
    guard isText || isSymbol else {
      if Vocabulary.commands[name] != nil {
        throw .expected(
          "text", found: "the command \\\(name)", mend: "write it between dollar signs",
          at: start + index)
      }
      throw .unknown(
        "command", name, among: Vocabulary.names, prefix: "\\", at: start + index)
    }
    var end = index + 1 + name.count
    if isText {
      var depth = 0
      while end < content.count {
        if content[end] == "{" { depth += 1 }
        if content[end] == "}" { depth -= 1 }
        end += 1
        if depth == 0, content[end - 1] == "}" { break }
      }
    }
    nodes += try inner(String(content[index..<end]), from: start + index)
    return end - index
  }

  /// The nodes of a piece of the formula that is read by itself.
  private mutating func inner(_ tex: String, from start: Int) throws(FormulaError) -> [Node] {
    let outer = lexer
    defer { lexer = outer }
    let outerAlphabet = (alphabet, isBoldSymbol)
    (alphabet, isBoldSymbol) = (nil, false)
    defer { (alphabet, isBoldSymbol) = outerAlphabet }
    lexer = Lexer(tex)
    do throws(FormulaError) {
      let nodes = try list(endsAtBracket: false)
      if token != .end { throw misplaced() }
      return nodes
    } catch {
      throw FormulaError(offset: start + error.offset, message: error.message)
    }
  }

  /// `\operatorname{…}`, which is next.
  mutating func operatorName(hasLimits: Bool) throws(FormulaError) -> [Node] {
    advance()
    let start = offset
    let nodes = try argument(of: "\\operatorname", alphabet: .roman)
    var content = nodes
    if nodes.count == 1, case .group(let inner, _) = nodes[0] { content = inner }
    if content.isEmpty {
      throw .expected("a name for \\operatorname", found: "nothing", at: start)
    }
    guard let name = spelledOut(content) else {
      return [.group(content, .operation)]
    }
    return [.name(name, limits: hasLimits)]
  }

  /// The name in characters, if it is letters, digits, hyphens and spaces alone.
  private func spelledOut(_ nodes: [Node]) -> String? {
    var name = ""
    for node in nodes {
      switch node {
      case .identifier(let text, _), .number(let text), .text(let text): name += text
      case .group(let inner, .ordinary):
        guard let text = spelledOut(inner) else { return nil }
        name += text
      case .symbol(let symbol) where symbol.text == "−": name += "-"
      case .symbol(let symbol) where symbol.text == "∗": name += "*"
      case .space(let width) where width > 0: name += width < 6 ? "\u{2006}" : "\u{A0}"
      case .space: break
      default: return nil
      }
    }
    return name
  }
}
