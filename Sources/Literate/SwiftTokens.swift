/// One token of Swift source.
public struct SwiftToken: Sendable, Equatable {
  public enum Kind: Sendable {
    case keyword, attribute, identifier, typeName, number, string, comment, punctuation, other
    /// A line break outside strings and comments.
    case newline
  }

  public var kind: Kind
  public var text: Substring
  /// From 1, within the source the tokens were read from.
  public var line: Int
}

/// Reads Swift source into tokens: enough to colour it, to find its declarations, to see whether two
/// pieces differ in more than comments and spacing. It never fails: what it does not know is `other`.
public struct SwiftTokens: Sendable {
  public let tokens: [SwiftToken]
  /// The first bracket left open or closed without being opened, if any.
  public let imbalance: Imbalance?

  public enum Imbalance: Sendable, Equatable {
    case neverClosed(String, line: Int)
    case neverOpened(String, line: Int)
    case unterminatedString(line: Int)
    case unterminatedComment(line: Int)
  }

  public init(_ source: String) {
    var reader = Reader(source)
    reader.read()
    tokens = reader.tokens
    imbalance = reader.imbalance
  }

  /// Tokens that the compiler sees: no comments, and line breaks only where code stands between them.
  public var code: [SwiftToken] {
    var result: [SwiftToken] = []
    for token in tokens where token.kind != .comment {
      if token.kind == .newline, result.last.map({ $0.kind == .newline }) ?? true { continue }
      result.append(token)
    }
    if result.last?.kind == .newline { result.removeLast() }
    return result
  }

  /// The code without comments and how much space there is: equal for two sources that compile to the
  /// same. Whether there is space counts: `a - b`, `a -b` and `a-b` are three things to the compiler.
  public var fingerprint: String {
    var result = ""
    var last: SwiftToken?
    for token in code {
      if let last, last.kind != .newline, token.kind != .newline {
        let isApart = last.text.endIndex < token.text.startIndex
        result += isApart ? "\u{1F} " : "\u{1F}"
      }
      result += token.kind == .newline ? "\n" : String(token.text)
      last = token
    }
    return result
  }

  /// Lines on which code stands, ascending, multi-line strings included.
  public var codeLines: [Int] {
    var lines: [Int] = []
    for token in tokens where token.kind != .comment && token.kind != .newline {
      let last = token.line + token.text.count(where: \.isNewline)
      for line in token.line...last where lines.last.map({ $0 < line }) ?? true {
        lines.append(line)
      }
    }
    return lines
  }

  static let keywords: Set<Substring> = [
    "actor", "any", "as", "associatedtype", "async", "await", "break", "case", "catch", "class",
    "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough",
    "false", "fileprivate", "final", "for", "func", "guard", "if", "import", "in", "indirect",
    "infix", "init", "inout", "internal", "is", "lazy", "let", "mutating", "nil", "nonisolated",
    "nonmutating", "operator", "override", "postfix", "precedencegroup", "prefix", "private",
    "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "some", "static",
    "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias",
    "unowned", "var", "weak", "where", "while",
  ]

  private struct Reader {
    let source: String
    var index: String.Index
    var line = 1
    var tokens: [SwiftToken] = []
    var open: [(text: String, line: Int)] = []
    var imbalance: Imbalance?

    init(_ source: String) {
      self.source = source
      index = source.startIndex
    }

    var current: Character? { index < source.endIndex ? source[index] : nil }
    func peek(_ distance: Int = 1) -> Character? {
      source.index(index, offsetBy: distance, limitedBy: source.index(before: source.endIndex))
        .map { source[$0] }
    }
    func starts(with prefix: String) -> Bool { source[index...].hasPrefix(prefix) }

    mutating func note(_ found: Imbalance) { if imbalance == nil { imbalance = found } }

    mutating func advance(_ count: Int = 1) {
      for _ in 0..<count where index < source.endIndex {
        if source[index].isNewline { line += 1 }
        index = source.index(after: index)
      }
    }

    mutating func take(_ kind: SwiftToken.Kind, _ body: (inout Self) -> Void) {
      let (start, startLine) = (index, line)
      body(&self)
      if start < index {
        tokens.append(SwiftToken(kind: kind, text: source[start..<index], line: startLine))
      }
    }

    mutating func read() {
      while current != nil { readToken() }
      if let left = open.last { note(.neverClosed(left.text, line: left.line)) }
    }

    mutating func readToken() {
      guard let character = current else { return }
      if character.isNewline {
        take(.newline) { $0.advance() }
      } else if character.isWhitespace {
        advance()
      } else if starts(with: "//") {
        take(.comment) { while let c = $0.current, !c.isNewline { $0.advance() } }
      } else if starts(with: "/*") {
        take(.comment) { $0.skipBlockComment() }
      } else if character == "\"" {
        readString(pounds: 0)
      } else if character == "#" {
        readPound()
      } else if character.isLetter || character == "_" || character == "$" {
        readWord()
      } else if character == "`" {
        take(.identifier) {
          $0.advance()
          while let c = $0.current, c != "`", !c.isNewline { $0.advance() }
          $0.advance()
        }
      } else if character.isNumber {
        take(.number) { $0.skipNumber() }
      } else if character == "@" {
        take(.attribute) {
          $0.advance()
          while let c = $0.current, c.isLetter || c.isNumber || c == "_" { $0.advance() }
        }
      } else if "([{".contains(character) {
        open.append((String(character), line))
        take(.punctuation) { $0.advance() }
      } else if ")]}".contains(character) {
        close(character)
        take(.punctuation) { $0.advance() }
      } else {
        take(.punctuation) { $0.advance() }
      }
    }

    mutating func close(_ character: Character) {
      let pairs: [Character: String] = [")": "(", "]": "[", "}": "{"]
      if let last = open.last, last.text == pairs[character] {
        open.removeLast()
      } else {
        note(.neverOpened(String(character), line: line))
      }
    }

    mutating func readWord() {
      let (start, startLine) = (index, line)
      while let c = current, c.isLetter || c.isNumber || c == "_" || c == "$" { advance() }
      let word = source[start..<index]
      let follows = tokens.last.map { $0.text == "." } ?? false
      let kind: SwiftToken.Kind =
        SwiftTokens.keywords.contains(word) && !follows
        ? .keyword : word.first!.isUppercase ? .typeName : .identifier
      tokens.append(SwiftToken(kind: kind, text: word, line: startLine))
    }

    /// `#"raw"#`, `#if`, `#line`, `#/regex/#`.
    mutating func readPound() {
      var pounds = 0
      while peek(pounds) == "#" || (pounds == 0 && current == "#") { pounds += 1 }
      let next = peek(pounds)
      if next == "\"" {
        readString(pounds: pounds)
      } else if next == "/" {
        take(.string) {
          let end = "/" + String(repeating: "#", count: pounds)
          $0.advance(pounds + 1)
          while $0.current != nil, !$0.starts(with: end) { $0.advance() }
          $0.advance(pounds + 1)
        }
      } else {
        take(.keyword) {
          $0.advance(pounds)
          while let c = $0.current, c.isLetter { $0.advance() }
        }
      }
    }

    mutating func skipNumber() {
      while let c = current {
        if c.isNumber || c.isLetter || c == "_" {
          let isExponent = (c == "e" || c == "E") && !source[..<index].hasSuffix("0x")
          advance()
          if isExponent, let sign = current, sign == "-" || sign == "+" { advance() }
        } else if c == ".", let next = peek(), next.isNumber {
          advance()
        } else {
          return
        }
      }
    }

    mutating func skipBlockComment() {
      let startLine = line
      var depth = 0
      repeat {
        if current == nil { return note(.unterminatedComment(line: startLine)) }
        if starts(with: "/*") {
          depth += 1
          advance(2)
        } else if starts(with: "*/") {
          depth -= 1
          advance(2)
        } else {
          advance()
        }
      } while depth > 0
    }

    /// A string literal; the code of its interpolations becomes tokens of its own.
    mutating func readString(pounds: Int) {
      let startLine = line
      let pad = String(repeating: "#", count: pounds)
      let isMultiline = source[index...].dropFirst(pounds).hasPrefix("\"\"\"")
      let end = (isMultiline ? "\"\"\"" : "\"") + pad
      let escape = "\\" + pad
      var segment = index
      var segmentLine = line
      func finish(_ reader: inout Reader) {
        if segment < reader.index {
          reader.tokens.append(
            SwiftToken(
              kind: .string, text: reader.source[segment..<reader.index], line: segmentLine))
        }
      }
      advance(pounds + (isMultiline ? 3 : 1))
      while let c = current {
        if starts(with: end) {
          advance(end.count)
          return finish(&self)
        }
        if c.isNewline && !isMultiline { break }
        if starts(with: escape) {
          advance(escape.count)
          if current == "(" {
            finish(&self)
            readInterpolation()
            (segment, segmentLine) = (index, line)
          } else if let escaped = current, !(escaped.isNewline && !isMultiline) {
            advance()
          }
        } else {
          advance()
        }
      }
      finish(&self)
      note(.unterminatedString(line: startLine))
    }

    mutating func readInterpolation() {
      let depth = open.count
      readToken()  // the opening parenthesis
      while current != nil, open.count > depth { readToken() }
    }
  }
}
