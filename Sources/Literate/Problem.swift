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
      let excerpt = source.line(location.line)
    {
      let number = String(location.line)
      let margin = String(repeating: " ", count: number.count)
      lines.append("  \(number) │ \(excerpt)")
      if let column = location.column {
        // Tabs stay tabs, so that the caret stands beneath its character.
        let pad = excerpt.prefix(max(0, column - 1)).map { $0 == "\t" ? "\t" : " " }
        lines.append("  \(margin) │ \(pad.joined())^")
      }
    }
    if let mend { lines.append("  → \(mend)") }
    lines += details.map { "    \($0)" }
    return lines.joined(separator: "\n")
  }
}

/// Several problems found together.
public struct Problems: Error, Sendable {
  public var list: [Problem]

  public init(_ list: [Problem]) { self.list = list }
}
