/// One chapter, parsed: its front matter, its prose and its cells.
public struct Chapter: Sendable, Equatable {
  /// The file's name without its ending; the page's name too: "10-mixtures".
  public var name: String
  /// The number its name begins with: 10.
  public var number: Int
  public var source: SourceText
  public var frontMatter: FrontMatter
  public var blocks: [Block]
  /// In the order in which they run.
  public var cells: [Cell]
  public var interpolations: [Interpolation]
  /// Sidenotes by name.
  public var notes: [String: Note]

  public var title: String { frontMatter.title }
  public var file: String { source.file }

  public struct Note: Sendable, Equatable {
    public var text: [Inline]
    public var location: SourceLocation
  }

  /// What stands between the lines `---` at the top.
  public struct FrontMatter: Sendable, Equatable, Codable {
    public var title: String
    /// The one question the chapter answers.
    public var question: String
    public var seed: UInt64
    /// Names of the data sets it reads.
    public var data: [String]

    public init(title: String, question: String, seed: UInt64, data: [String]) {
      self.title = title
      self.question = question
      self.seed = seed
      self.data = data
    }
  }
}
