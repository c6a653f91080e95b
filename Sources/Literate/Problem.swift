/// Something wrong, told so that a person can mend it: where, what was expected and found, and the mend.
public struct Problem: Error, Sendable, Hashable, Codable {
  public var location: SourceLocation?
  /// What was expected and what was found.
  public var message: String
  /// What to do about it.
  public var mend: String?
  /// Further lines worth reading, such as a program's backtrace.
  public var details: [String]

  public init(
    at location: SourceLocation? = nil, _ message: String, mend: String? = nil,
    details: [String] = []
  ) {
    self.location = location
    self.message = message
    self.mend = mend
    self.details = details
  }

  /// The problem as people read it, with the line it speaks of reprinted from `source`.
  public func explained(in source: SourceText?) -> String {
    var lines = [location.map { "\($0): \(message)" } ?? message]
    if let location, let source, source.file == location.file,
      let line = source.line(location.line)
    {
      let number = String(location.line)
      let margin = String(repeating: " ", count: number.count)
      let (excerpt, column) = Self.excerpt(of: line, around: location.column)
      lines.append("  \(number) │ \(excerpt)")
      if let column {
        // Tabs stay tabs, so that the caret stands beneath its character.
        let pad = excerpt.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }
        lines.append("  \(margin) │ \(pad.joined())^")
      }
    }
    if let mend { lines.append("  → \(mend)") }
    lines += details.map { "    \($0)" }
    return lines.joined(separator: "\n")
  }
}

extension Problem {
  /// What of a line is shown: all of it, or, where it is very long, the part around the column.
  private static func excerpt(
    of line: Substring, around column: Int?
  ) -> (text: String, column: Int?) {
    let (most, before) = (200, 80)
    guard line.dropFirst(most).first != nil else { return (String(line), column) }
    let skipped = max(0, (column ?? 1) - before)
    let part = line.dropFirst(skipped).prefix(most)
    let opening = skipped > 0 ? "… " : ""
    return ("\(opening)\(part) …", column.map { $0 - skipped + opening.count })
  }
}

/// Several problems found together.
public struct Problems: Error, Sendable {
  public var list: [Problem]

  public init(_ list: [Problem]) { self.list = list }
}
