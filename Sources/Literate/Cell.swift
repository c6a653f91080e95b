/// A fenced piece of Swift that the chapter runs.
public struct Cell: Sendable, Equatable {
  public var index: Int
  public var code: String
  /// Where its fence opens.
  public var location: SourceLocation
  /// Line of the Markdown file on which the code begins.
  public var firstLine: Int
  public var flags: Flags

  public struct Flags: Sendable, Equatable {
    /// The name by which figures of the cell are referred to.
    public var id: String?
    /// The code is folded; its outputs show.
    public var isFolded = false
    /// Neither code nor outputs show; its claims still count.
    public var isHidden = false
    /// It must not compile, with a diagnostic that has these words.
    public var fails: String?
    /// It must trap.
    public var traps = false
    /// Seconds after which it is stopped.
    public var timeout: Double?
  }
}

/// `\(expression)` in the prose: Swift evaluated at that point of the chapter.
public struct Interpolation: Sendable, Equatable {
  public var index: Int
  /// What stands between the parentheses.
  public var code: String
  public var location: SourceLocation

  public init(index: Int, code: String, location: SourceLocation) {
    self.index = index
    self.code = code
    self.location = location
  }
}
