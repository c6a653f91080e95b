/// A place in a file, as a reader's editor counts: lines and columns from 1.
public struct SourceLocation: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// Path as it is shown to people.
  public var file: String
  public var line: Int
  public var column: Int?

  public init(file: String, line: Int, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String {
    column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)"
  }

  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line, a.column ?? 0) < (b.file, b.line, b.column ?? 0)
  }
}

/// A text file with its lines at hand, so that a problem can show the line it speaks of.
public struct SourceText: Sendable, Equatable {
  /// Path as it is shown to people.
  public var file: String
  public var text: String
  public let lines: [Substring]

  public init(file: String, text: String) {
    self.file = file
    // CRLF is one Character in Swift: splitting on newlines takes both kinds.
    self.text = text
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// Reads a file that must be UTF-8.
  public init(contentsOf path: FilePath, shownAs file: String) throws(Problem) {
    let bytes: [UInt8]
    do { bytes = try path.read() } catch { throw .unreadable(file, because: "\(error)") }
    if let bad = bytes.firstInvalidUTF8 {
      let before = bytes[..<bad]
      let line = before.count(where: { $0 == 0x0A }) + 1
      let column = before.reversed().prefix { $0 != 0x0A }.count + 1
      throw .notUTF8(
        SourceLocation(file: file, line: line, column: column), byte: bytes[bad])
    }
    // Some editors begin a file with a byte order mark, which says nothing.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
    self.init(file: file, text: String(decoding: text, as: UTF8.self))
  }

  /// The text with other lines, as many as before or more; each line break stays as it was written.
  public func replacingLines(with new: [String]) -> String {
    var breaks = text.filter(\.isNewline)[...]
    let usual = breaks.first ?? "\n"
    var result = ""
    for (index, line) in new.enumerated() {
      result += line
      if index < new.count - 1 { result.append(breaks.popFirst() ?? usual) }
    }
    return result
  }

  public func line(_ number: Int) -> Substring? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }
}

extension [UInt8] {
  /// Offset of the first byte that cannot stand in UTF-8.
  var firstInvalidUTF8: Int? {
    var decoder = UTF8()
    var iterator = makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return Swift.min(offset, count - 1)
      }
    }
  }
}
