/// What CommonMark does not know, lifted out of the text before libcmark reads it: mathematics,
/// interpolations, sidenotes and citations. Each leaves a mark of private-use characters behind, which
/// the syntax tree is searched for afterwards; a line map keeps every position.
struct Lifting {
  enum Item: Equatable {
    case display(tex: String)
    case inline(tex: String)
    case interpolation(code: String)
    case noteReference(String)
    case noteDefinition(String)
    case citation([String])
  }

  static let opening: Character = "\u{E000}"
  static let closing: Character = "\u{E001}"

  /// The text for libcmark.
  private(set) var text = ""
  /// For each of its lines, the line of the file.
  private(set) var lineOfFile: [Int] = []
  private(set) var items: [(item: Item, location: SourceLocation)] = []
  private(set) var problems: [Problem] = []

  /// - Parameter lines: lines of the file that are code or raw HTML, and are left alone.
  init(_ source: SourceText, from firstLine: Int, leaving lines: Set<Int>) {
    var scanner = Scanner(source, from: firstLine, leaving: lines)
    scanner.scan()
    (text, lineOfFile, items, problems) = (
      scanner.output, scanner.lineOfFile, scanner.items, scanner.problems
    )
  }

  /// Lines inside ``` or ~~~ fences, the fences included: found before libcmark reads the file, since
  /// mathematics is lifted first.
  static func fencedLines(of source: SourceText, from firstLine: Int) -> Set<Int> {
    var inside: Set<Int> = []
    var fence: (character: Character, length: Int)?
    for number in firstLine...max(firstLine, source.lines.count) {
      guard let line = source.line(number) else { break }
      let rest = line.drop { $0 == " " || $0 == ">" || $0 == "\t" }
      let first = rest.first ?? " "
      let length = rest.prefix { $0 == first }.count
      if let open = fence {
        inside.insert(number)
        let closes = first == open.character && length >= open.length
        if closes && rest.dropFirst(length).allSatisfy(\.isWhitespace) { fence = nil }
      } else if first == "`" || first == "~", length >= 3,
        !(first == "`" && rest.dropFirst(length).contains("`"))
      {
        inside.insert(number)
        fence = (first, length)
      }
    }
    return inside
  }

  /// Backticks side by side.
  private struct BacktickRun {
    var line: Int
    /// From 0.
    var column: Int
    var length: Int

    static func all(in source: SourceText, line: Int) -> [BacktickRun] {
      var runs: [BacktickRun] = []
      for (column, character) in source.lines[line - 1].enumerated() where character == "`" {
        if let last = runs.last, last.column + last.length == column {
          runs[runs.count - 1].length += 1
        } else {
          runs.append(BacktickRun(line: line, column: column, length: 1))
        }
      }
      return runs
    }
  }

  private struct Scanner {
    let source: SourceText
    let skipped: Set<Int>
    var line: Int
    /// Characters of the current line, and the place within it.
    var characters: [Character] = []
    var column = 0
    var output = ""
    var lineOfFile: [Int]
    var items: [(item: Item, location: SourceLocation)] = []
    var problems: [Problem] = []
    /// The runs of backticks of the paragraph in which the last code span was looked for.
    var backticks: (lines: ClosedRange<Int>, runs: [BacktickRun])?
    /// Last line of a paragraph in which an interpolation is never closed.
    var unclosedUntil = 0

    init(_ source: SourceText, from firstLine: Int, leaving skipped: Set<Int>) {
      self.source = source
      self.skipped = skipped
      line = firstLine
      lineOfFile = [firstLine]
    }

    var here: SourceLocation {
      SourceLocation(file: source.file, line: line, column: column + 1)
    }

    mutating func scan() {
      while line <= source.lines.count {
        characters = Array(source.lines[line - 1])
        column = 0
        if skipped.contains(line) {
          output += source.lines[line - 1]
        } else {
          scanLine()
        }
        line += 1
        if line <= source.lines.count {
          output.append("\n")
          lineOfFile.append(line)
        }
      }
    }

    mutating func scanLine() {
      liftNoteDefinition()
      while column < characters.count {
        let character = characters[column]
        switch character {
        case Lifting.opening, Lifting.closing:
          problems.append(
            Problem(
              at: here, "found a private-use character, which the parser keeps for itself",
              mend: "remove it"))
          column += 1
        case "\\" where column + 1 < characters.count:
          if characters[column + 1] == "(" {
            liftInterpolation()
          } else {
            output.append(character)
            output.append(characters[column + 1])
            column += 2
          }
        case "`": copyCodeSpan()
        case "$": liftMathematics()
        case "[": liftBracket()
        default:
          output.append(character)
          column += 1
        }
      }
    }

    mutating func leave(_ item: Item, at location: SourceLocation) {
      output += "\(Lifting.opening)\(items.count)\(Lifting.closing)"
      items.append((item, location))
    }

    /// The place of `end` from (line, column) on, not past a blank or skipped line: a paragraph ends
    /// there. Block quote marks at the start of a line become spaces, so that columns stay.
    func find(
      _ end: [Character], from start: (line: Int, column: Int)
    ) -> (text: String, line: Int, column: Int)? {
      var text = ""
      var (row, from) = start
      while row <= source.lines.count {
        var characters = row == line ? characters : Array(source.lines[row - 1])
        if row > line, skipped.contains(row) || characters.allSatisfy(\.isWhitespace) { return nil }
        if row > start.line {
          text.append("\n")
          for index in characters.indices {
            guard characters[index] == ">" || characters[index] == " " else { break }
            characters[index] = " "
          }
        }
        var index = from
        while index < characters.count {
          if characters[index...].starts(with: end) { return (text, row, index + end.count) }
          let isEscape = characters[index] == "\\" && index + 1 < characters.count
          text.append(contentsOf: characters[index...(isEscape ? index + 1 : index)])
          index += isEscape ? 2 : 1
        }
        row += 1
        from = 0
      }
      return nil
    }

    mutating func resume(at place: (text: String, line: Int, column: Int)) {
      if place.line != line {
        line = place.line
        characters = Array(source.lines[line - 1])
      }
      column = place.column
    }

    /// A code span goes over as it stands; a run of backticks that nothing closes is text.
    mutating func copyCodeSpan() {
      let length = characters[column...].prefix { $0 == "`" }.count
      guard let close = closingRun(of: length) else {
        output += String(repeating: "`", count: length)
        column += length
        return
      }
      while line < close.line {
        output += String(characters[column...]) + "\n"
        line += 1
        lineOfFile.append(line)
        characters = Array(source.lines[line - 1])
        column = 0
      }
      output += String(characters[column..<(close.column + length)])
      column = close.column + length
    }

    /// The next run of exactly so many backticks in the paragraph.
    private mutating func closingRun(of length: Int) -> BacktickRun? {
      if !(backticks?.lines.contains(line) ?? false) {
        var last = line
        while last < source.lines.count, !skipped.contains(last + 1),
          !source.lines[last].allSatisfy(\.isWhitespace)
        { last += 1 }
        backticks = (line...last, (line...last).flatMap { BacktickRun.all(in: source, line: $0) })
      }
      return backticks?.runs.first {
        $0.length == length && ($0.line, $0.column) > (line, column)
      }
    }

    mutating func liftMathematics() {
      let start = here
      if column + 1 < characters.count, characters[column + 1] == "$" {
        guard let end = find(["$", "$"], from: (line, column + 2)) else {
          problems.append(
            Problem(
              at: start, "found $$ without the $$ that closes it",
              mend: "close the formula before the paragraph ends"))
          output += "$$"
          column += 2
          return
        }
        resume(at: end)
        return leave(
          .display(tex: end.text), at: location(start, past: 2))
      }
      let next = column + 1 < characters.count ? characters[column + 1] : " "
      // "$5" is money, "a $ b" is a sign.
      guard !next.isWhitespace, !next.isNumber || isClosedSoon() else {
        output.append("$")
        column += 1
        return
      }
      guard let end = find(["$"], from: (line, column + 1)),
        let last = end.text.last, !last.isWhitespace
      else {
        problems.append(
          Problem(
            at: start, "found $ without the $ that closes it",
            mend: "close the formula before the paragraph ends, or write \\$ for the sign"))
        output.append("$")
        column += 1
        return
      }
      resume(at: end)
      leave(.inline(tex: end.text), at: location(start, past: 1))
    }

    /// "$2x$" is a formula where it closes on its line without a space before the sign.
    func isClosedSoon() -> Bool {
      guard let end = find(["$"], from: (line, column + 1)), end.line == line else { return false }
      let after = end.column < characters.count ? characters[end.column] : " "
      return end.text.last.map { !$0.isWhitespace } ?? false && !after.isNumber
    }

    func location(_ start: SourceLocation, past count: Int) -> SourceLocation {
      SourceLocation(file: start.file, line: start.line, column: start.column.map { $0 + count })
    }

    /// `\(expression)`: ends at the parenthesis that matches, strings and brackets understood.
    mutating func liftInterpolation() {
      let start = here
      // Once one is left open, its paragraph has no more to look for.
      guard line > unclosedUntil else {
        output += "\\("
        column += 2
        return
      }
      var rest = String(characters[(column + 1)...])
      var last = line
      while true {
        let tokens = SwiftTokens(rest).tokens
        var depth = 0
        var consumed = rest.startIndex
        for token in tokens where token.kind != .comment {
          if ["(", "[", "{"].contains(token.text) { depth += 1 }
          if [")", "]", "}"].contains(token.text) { depth -= 1 }
          consumed = token.text.endIndex
          if depth == 0 { break }
        }
        if depth == 0, consumed > rest.startIndex {
          let code = rest[..<consumed].dropFirst().dropLast()
          let rows = rest[..<consumed].split(separator: "\n", omittingEmptySubsequences: false)
          resume(
            at: (
              text: "", line: last,
              column: last == line ? column + 1 + rows[0].count : rows.last!.count
            ))
          return leave(
            .interpolation(code: String(code)), at: location(start, past: 2))
        }
        let next = last + 1
        guard next <= source.lines.count, !skipped.contains(next),
          !source.lines[next - 1].allSatisfy(\.isWhitespace)
        else { break }
        rest += "\n" + source.lines[next - 1]
        last = next
      }
      problems.append(
        Problem(
          at: start, "found \\( without the ) that closes the expression",
          mend: "close the expression before the paragraph ends"))
      unclosedUntil = last
      output += "\\("
      column += 2
    }

    /// `[^name]` and `[@key; @key]`; other brackets are Markdown's.
    mutating func liftBracket() {
      let start = here
      guard column + 1 < characters.count,
        characters[column + 1] == "^" || characters[column + 1] == "@",
        let end = characters[column...].firstIndex(of: "]")
      else {
        output.append("[")
        column += 1
        return
      }
      let inside = String(characters[(column + 2)..<end])
      if characters[column + 1] == "^", Self.isName(inside) {
        column = end + 1
        return leave(.noteReference(inside), at: start)
      }
      let keys = ("@" + inside).split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      if characters[column + 1] == "@",
        keys.allSatisfy({ $0.hasPrefix("@") && Self.isName($0.dropFirst()) })
      {
        column = end + 1
        return leave(.citation(keys.map { String($0.dropFirst()) }), at: start)
      }
      output.append("[")
      column += 1
    }

    /// `[^name]: text` at the beginning of a line.
    mutating func liftNoteDefinition() {
      let start = here
      guard characters.starts(with: ["[", "^"]), let end = characters.firstIndex(of: "]"),
        end + 1 < characters.count, characters[end + 1] == ":",
        Self.isName(String(characters[2..<end]))
      else { return }
      column = end + 2
      leave(.noteDefinition(String(characters[2..<end])), at: start)
    }

    static func isName(_ text: some StringProtocol) -> Bool {
      !text.isEmpty
        && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ":" }
    }
  }
}
