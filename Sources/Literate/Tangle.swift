/// One Swift program made of a chapter's cells, its positions pointing into the Markdown.
///
/// The cells share one scope by standing each in the `do` of the one before:
///
///     func chapter() throws {
///       do { cell 0
///         do { cell 1 … } } }
///
/// so that a chapter's variables are locals, which the optimiser keeps in registers, and a later cell may
/// give a name a second meaning. Types, extensions, operators, imports, and functions that mention no
/// variable of their cell or one before go to file level.
public struct Program: Sendable, Equatable {
  /// The file name positions point to, for instance "10-mixtures.md".
  public var file: String
  public var text: String
}

public enum Tangle {
  /// The program of a whole chapter.
  public static func program(of chapter: Chapter) -> Program {
    let cells = chapter.cells.filter { $0.flags.fails == nil }
    return program(of: chapter, cells: cells, interpolations: chapter.interpolations)
  }

  /// The program to type-check for a cell that must not compile: all cells before it, then itself.
  public static func program(of chapter: Chapter, upToFailing cell: Cell) -> Program {
    let before = chapter.cells.filter { $0.index < cell.index && $0.flags.fails == nil }
    return program(of: chapter, cells: before + [cell], interpolations: [])
  }

  private static func program(
    of chapter: Chapter, cells: [Cell], interpolations: [Interpolation]
  ) -> Program {
    let file = "\(chapter.name).md"
    let parts = CellParts.parts(of: cells)
    var lines: [String] = ["import Course", ""]
    func point(to line: Int) { lines.append("#sourceLocation(file: \"\(file)\", line: \(line))") }
    func write(_ chunks: [CellParts.Chunk], of cell: Cell) {
      if chunks.isEmpty { return }
      for chunk in chunks {
        point(to: cell.firstLine + chunk.line - 1)
        lines.append(chunk.text)
      }
      lines.append("#sourceLocation()")
    }
    for (cell, part) in zip(cells, parts) where !part.hoisted.isEmpty {
      write(part.hoisted, of: cell)
    }
    lines.append("func _chapter() throws {")
    var said = interpolations[...]
    func sayInterpolations(before place: SourceLocation?) {
      while let next = said.first, place.map({ next.location < $0 }) ?? true {
        said.removeFirst()
        // The padding, trimmed when it is said, puts each column where the author has it.
        let column = next.location.column ?? 3
        point(to: max(1, next.location.line - 1))
        lines.append("interpolated(\(next.index), \"\"\"")
        lines.append(String(repeating: " ", count: max(0, column - 3)) + "\\(\(next.code))")
        lines.append("\"\"\")")
        lines.append("#sourceLocation()")
      }
    }
    for (cell, part) in zip(cells, parts) {
      sayInterpolations(before: cell.location)
      lines.append("do {")
      lines.append("Output.beginCell(\(cell.index))")
      if cell.flags.traps { lines.append("trapping(cell: \(cell.index)) {") }
      write(part.body, of: cell)
      if cell.flags.traps { lines.append("}") }
      lines.append("Output.endCell(\(cell.index))")
    }
    sayInterpolations(before: nil)
    lines.append(String(repeating: "}", count: cells.count))
    lines.append("}")
    lines.append("")
    lines.append("@main enum _Program {")
    lines.append("  static func main() { runChapter(seed: \(chapter.frontMatter.seed), _chapter) }")
    lines.append("}")
    return Program(file: file, text: lines.joined(separator: "\n") + "\n")
  }
}

/// A cell divided into what goes to file level and what runs in its place.
struct CellParts {
  struct Chunk: Equatable {
    /// From 1 within the cell.
    var line: Int
    var text: String
  }

  var hoisted: [Chunk]
  var body: [Chunk]

  static func parts(of cells: [Cell]) -> [CellParts] {
    let sources = cells.map { CellSource($0.code) }
    // A function that mentions a variable of its cell or one before stays where it is, and is one itself. What
    // a later cell calls by a name, a function cannot mean.
    var locals: Set<String> = []
    return sources.map { source in
      locals.formUnion(source.variables)
      while let name = source.declarations.lazy.compactMap({ $0.stays(among: locals) })
        .first(where: { !locals.contains($0) })
      { locals.insert(name) }
      return source.parts(locals: locals)
    }
  }
}

/// A cell's source with the declarations that stand at its top level.
private struct CellSource {
  struct Declaration {
    /// Lines within the cell, the comment above included.
    var lines: ClosedRange<Int>
    /// For functions.
    var functionName: String?
    /// Names its text mentions, members after a dot apart.
    var mentioned: Set<String>

    /// The name of a function that mentions one of these names.
    func stays(among locals: Set<String>) -> String? {
      mentioned.isDisjoint(with: locals) ? nil : functionName
    }
  }

  let lines: [Substring]
  private(set) var declarations: [Declaration] = []
  private(set) var variables: Set<String> = []

  static let typeKeywords: Set<Substring> = [
    "struct", "class", "enum", "actor", "protocol", "extension", "precedencegroup",
  ]
  static let modifiers: Set<Substring> = [
    "public", "private", "fileprivate", "internal", "final", "indirect", "prefix", "postfix",
    "infix", "nonisolated", "static", "mutating",
  ]

  init(_ code: String) {
    lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    let all = SwiftTokens(code).tokens
    let tokens = all.filter { $0.kind != .comment }
    var index = 0
    var depth = 0
    var startsStatement = true
    while index < tokens.count {
      let token = tokens[index]
      if depth == 0, startsStatement, let end = declarationEnd(tokens, from: index) {
        let body = tokens[index...end]
        let first = firstLine(of: token.line, in: all)
        let last = body.last!.line + body.last!.text.count(where: \.isNewline)
        declarations.append(
          Declaration(
            lines: first...last, functionName: functionName(body),
            mentioned: mentioned(in: body).subtracting(parameters(of: body))))
        index = end + 1
        continue
      }
      switch token.text {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "let", "var":
        if depth == 0 { collectNames(tokens, after: index) }
      default: break
      }
      startsStatement = token.kind == .newline || token.text == ";"
      index += 1
    }
  }

  /// Names bound by the pattern behind `let` or `var`, to the end of its statement.
  private mutating func collectNames(_ tokens: [SwiftToken], after start: Int) {
    var index = start + 1
    var depth = 0
    var isName = true
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .newline, depth == 0 { return }
      switch token.text {
      case "(", "[", "{":
        depth += 1
        // A tuple pattern binds names; brackets behind "=" or ":" do not.
        if token.text != "(" { isName = false }
      case ")", "]", "}": depth -= 1
      case "=", ":": isName = false
      case ",": if depth == 0 || isName { isName = true }
      default:
        if isName, Self.isName(token) { variables.insert(String(token.text)) }
      }
      index += 1
    }
  }

  /// The last token of the declaration that begins at `start`, if one begins there.
  private func declarationEnd(_ tokens: [SwiftToken], from start: Int) -> Int? {
    var index = start
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .attribute {
        index += 1
        if index < tokens.count, tokens[index].text == "(" { index = matching(tokens, index) + 1 }
      } else if Self.modifiers.contains(token.text) {
        index += 1
        if index < tokens.count, tokens[index].text == "(" { index = matching(tokens, index) + 1 }
      } else if token.kind == .newline, index > start {
        index += 1
      } else {
        break
      }
    }
    guard index < tokens.count else { return nil }
    let word = tokens[index].text
    if ["import", "typealias", "operator"].contains(word) {
      return (tokens[index...].firstIndex { $0.kind == .newline } ?? tokens.count) - 1
    }
    guard Self.typeKeywords.contains(word) || word == "func" else { return nil }
    var depth = 0
    while index < tokens.count {
      switch tokens[index].text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return matching(tokens, index)
      default: break
      }
      index += 1
    }
    return nil
  }

  private func matching(_ tokens: [SwiftToken], _ start: Int) -> Int {
    var depth = 0
    for index in start..<tokens.count {
      if ["(", "[", "{"].contains(tokens[index].text) { depth += 1 }
      if [")", "]", "}"].contains(tokens[index].text) { depth -= 1 }
      if depth == 0 { return index }
    }
    return tokens.count - 1
  }

  /// Comments on the lines right above belong to the declaration.
  private func firstLine(of line: Int, in tokens: [SwiftToken]) -> Int {
    var first = line
    for comment in tokens.reversed() where comment.kind == .comment {
      let last = comment.line + comment.text.count(where: \.isNewline)
      let standsAlone = lines[comment.line - 1].drop { $0 == " " }.hasPrefix("/")
      if last == first - 1, standsAlone { first = comment.line }
    }
    return first
  }

  private func functionName(_ tokens: ArraySlice<SwiftToken>) -> String? {
    guard let keyword = tokens.firstIndex(where: { $0.text == "func" }),
      !tokens[..<keyword].contains(where: { Self.typeKeywords.contains($0.text) })
    else { return nil }
    return String(tokens[keyword + 1].text)
  }

  /// The names a function gives its parameters: its own, whatever the chapter calls by them.
  private func parameters(of tokens: ArraySlice<SwiftToken>) -> Set<String> {
    guard let open = tokens.firstIndex(where: { $0.text == "(" }) else { return [] }
    let close = matching(Array(tokens), open - tokens.startIndex) + tokens.startIndex
    var names: Set<String> = []
    for index in open..<close
    where tokens[index].text == ":" && Self.isName(tokens[index - 1]) {
      names.insert(String(tokens[index - 1].text))
    }
    return names
  }

  private func mentioned(in tokens: ArraySlice<SwiftToken>) -> Set<String> {
    let tokens = tokens.filter { $0.kind != .newline }
    func text(_ index: Int) -> Substring {
      tokens.indices.contains(index) ? tokens[index].text : ""
    }
    var names: Set<String> = []
    for index in tokens.indices where Self.isName(tokens[index]) {
      // A member's name follows one dot; `1...n` and `0..<n` mention n.
      let isMember = text(index - 1) == "." && text(index - 2) != "."
      // `f(n: 1)` names a label; `flag ? n : 0`, `[n: 1]` and `case n:` mention n.
      let isLabel = text(index + 1) == ":" && ["(", ","].contains(text(index - 1))
      if !isMember && !isLabel { names.insert(String(tokens[index].text)) }
    }
    return names
  }

  /// A variable may be written with a capital letter, as N is in mathematics.
  private static func isName(_ token: SwiftToken) -> Bool {
    token.kind == .identifier || token.kind == .typeName
  }

  /// Divides the cell, given the names that belong to the chapter's variables.
  func parts(locals: Set<String>) -> CellParts {
    var hoisted: [Declaration] = []
    for declaration in declarations
    where declaration.functionName == nil || declaration.mentioned.isDisjoint(with: locals) {
      // Two on one line go together.
      if let last = hoisted.last, declaration.lines.lowerBound <= last.lines.upperBound {
        hoisted[hoisted.count - 1].lines =
          last.lines.lowerBound...max(last.lines.upperBound, declaration.lines.upperBound)
      } else {
        hoisted.append(declaration)
      }
    }
    func chunk(_ range: ClosedRange<Int>) -> CellParts.Chunk {
      CellParts.Chunk(
        line: range.lowerBound,
        text: lines[(range.lowerBound - 1)...(range.upperBound - 1)].joined(separator: "\n"))
    }
    var body: [CellParts.Chunk] = []
    var line = 1
    for declaration in hoisted {
      if line < declaration.lines.lowerBound {
        body.append(chunk(line...(declaration.lines.lowerBound - 1)))
      }
      line = declaration.lines.upperBound + 1
    }
    if line <= lines.count { body.append(chunk(line...lines.count)) }
    return CellParts(
      hoisted: hoisted.map { chunk($0.lines) },
      body: body.filter { !$0.text.allSatisfy(\.isWhitespace) })
  }
}
