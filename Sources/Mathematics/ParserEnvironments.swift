extension Parser {
  /// `{name}` after `\begin` or `\end`.
  private mutating func environmentName(
    after command: String
  ) throws(FormulaError) -> (name: String, offset: Int) {
    let start = offset
    let name = try lexer.verbatim(of: "environment").text
    return (name, start)
  }

  /// An environment up to its `\end`, after `\begin`.
  mutating func environment(openedAt start: Int) throws(FormulaError) -> [Node] {
    let (name, nameOffset) = try environmentName(after: "\\begin")
    guard let environment = Environment.all[name] else {
      throw .unknown("environment", name, among: Environment.all.keys, at: nameOffset + 1)
    }
    var table = Table(environment: environment)
    if environment.shape == .array { table.columns = try columns(of: name) }
    if environment.isNumbered, start > 0 {
      throw .expected(
        "\(name) around the whole formula", found: "\\begin{\(name)} within it",
        mend: "write \\begin{\(name == "align" ? "aligned" : "gathered")}", at: start)
    }
    try rows(of: &table)
    guard accept(.command("end")) else {
      if token == .end {
        throw .expected(
          "\\end{\(name)}", found: "the end of the formula", mend: "add \\end{\(name)}", at: start)
      }
      throw misplaced()
    }
    let (closed, endOffset) = try environmentName(after: "\\end")
    if closed != name {
      throw .expected(
        "\\end{\(name)} for the \\begin at character \(start)", found: "\\end{\(closed)}",
        at: endOffset)
    }
    if environment.isNumbered {
      if token != .end {
        throw .expected(
          "nothing after \\end{\(name)}", found: token.spelled,
          mend: "write \\begin{\(name == "align" ? "aligned" : "gathered")}", at: offset)
      }
      annotations.numberedRows = table.rows.count
    }
    if environment.shape == .equation {
      return [.styled(.display, table.rows.first?.cells.first ?? [])]
    }
    return [.table(table)]
  }

  /// Rows and cells up to a token that is neither `&` nor `\\`.
  private mutating func rows(of table: inout Table) throws(FormulaError) {
    let name = table.environment.name
    let limit = table.columns.isEmpty ? table.environment.mostColumns : table.columns.count
    var current = Table.Row()
    while true {
      while accept(.command("hline")) { current.isRuledAbove = true }
      current.cells[current.cells.count - 1] = try list(endsAtBracket: false)
      if token == .character("&") {
        if table.environment.shape == .equation { throw misplaced() }
        if let limit, current.cells.count == limit {
          throw .expected(
            "at most \(limit) column\(limit == 1 ? "" : "s") in \(name)", found: "another &",
            mend: "take it out or begin a new row with \\\\", at: offset)
        }
        advance()
        current.cells.append([])
      } else if token == .command("\\") || token == .command("cr") {
        if table.environment.shape == .equation { throw misplaced() }
        advance()
        current.spaceBelow = try rowSpace()
        table.rows.append(current)
        current = Table.Row()
        if table.environment.isNumbered { row += 1 }
      } else {
        break
      }
    }
    // Nothing after the last \\ is no row of its own; a line there closes the table.
    if current.cells.count > 1 || !current.cells[0].isEmpty || table.rows.isEmpty {
      table.rows.append(current)
    } else if current.isRuledAbove {
      table.rows[table.rows.count - 1].isRuledBelow = true
    }
  }

  /// `[6pt]` after `\\`.
  private mutating func rowSpace() throws(FormulaError) -> Double {
    guard token == .character("["), !lexer.followsSpace else { return 0 }
    let start = offset
    guard let close = lexer.source[start...].firstIndex(of: "]") else {
      throw .expected("] to close the [ of \\\\", found: "the end of the formula", at: start)
    }
    let text = String(lexer.source[(start + 1)..<close])
    guard let length = Length(text) else {
      throw .expected("a length such as 6pt", found: "\"\(text)\"", at: start + 1)
    }
    lexer.reread(from: close + 1)
    return length.ems
  }

  /// `{l|cc}`: how the columns of an array are aligned, and the bars between them.
  private mutating func columns(of name: String) throws(FormulaError) -> [Table.Column] {
    let (specification, start) = try lexer.verbatim(of: "columns")
    var columns: [Table.Column] = []
    var barComes = false
    for (index, character) in specification.enumerated() {
      switch character {
      case "l", "c", "r":
        columns.append(Table.Column(alignment: character, hasBarBefore: barComes))
        barComes = false
      case "|": barComes = true
      case " ": break
      default:
        throw .expected(
          "columns made of l, c, r and |", found: String(character), at: start + index)
      }
    }
    if columns.isEmpty {
      throw .expected("columns such as {lcr}", found: "none", at: start)
    }
    if barComes { columns[columns.count - 1].hasBarAfter = true }
    return columns
  }

  /// `\substack{a \\ b}`.
  mutating func substack(openedAt start: Int) throws(FormulaError) -> Node {
    guard accept(.character("{")) else {
      throw .expected("{ after \\substack", found: token.spelled, at: offset)
    }
    var table = Table(
      environment: Environment(name: "\\substack", shape: .substack, mostColumns: 1))
    try rows(of: &table)
    guard accept(.character("}")) else {
      throw .expected("} to close \\substack", found: token.spelled, mend: "add }", at: start)
    }
    return .table(table)
  }

  /// The rest of `\left( … \right)`, after `\left`.
  mutating func fence(openedAt start: Int) throws(FormulaError) -> Fence {
    var fence = Fence(delimiters: [try delimiter(of: "\\left")], parts: [])
    while true {
      fence.parts.append(try list(endsAtBracket: false))
      if accept(.command("middle")) {
        fence.delimiters.append(try delimiter(of: "\\middle"))
      } else if accept(.command("right")) {
        fence.delimiters.append(try delimiter(of: "\\right"))
        return fence
      } else if token == .end {
        throw .expected(
          "\\right to close this \\left", found: token.spelled, mend: "add \\right.", at: start)
      } else {
        throw .expected(
          "\\right before \(token.spelled)", found: token.spelled,
          mend: "close the \\left at character \(start) first, or write \\right. here", at: offset)
      }
    }
  }

  /// A delimiter after `\left`, `\big` and their like; nil for the point that stands for none.
  mutating func delimiter(of command: String) throws(FormulaError) -> String? {
    let start = offset
    let symbol: Node?
    switch token {
    case .character("."):
      advance()
      return nil
    case .character("<"): symbol = Symbols.commands["langle"]
    case .character(">"): symbol = Symbols.commands["rangle"]
    case .character(let character): symbol = Symbols.characters[character]
    case .command(let name): symbol = Symbols.commands[name]
    case .end: symbol = nil
    }
    guard case .symbol(let found) = symbol, Delimiter.isKnown(found.text) else {
      throw .expected(
        "a delimiter after \(command)", found: token.spelled,
        mend: "write one such as ( or \\{, or a point for none", at: start)
    }
    advance()
    return found.text
  }
}
