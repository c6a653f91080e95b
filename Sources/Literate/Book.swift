/// A book as its `Book.yaml` describes it, before any chapter is read.
public struct Book: Sendable {
  /// The folder in which Book.yaml and the chapters lie.
  public var directory: FilePath
  /// That folder as messages name it, relative to where the command runs.
  public var shownDirectory: String
  public var title: String
  /// One or two sentences for the contents page.
  public var description: String
  /// BCP 47, for instance "en".
  public var language: String
  public var parts: [Part]
  /// Where the site goes.
  public var output: FilePath
  public var references: [String: Reference]

  public struct Part: Sendable, Equatable {
    public var title: String
    /// What the part is about, one sentence.
    public var summary: String
    /// Names of chapters, in order.
    public var chapters: [String]
  }

  /// A source a chapter cites, from `references.yaml`.
  public struct Reference: Sendable, Equatable, Codable {
    public var authors: String
    public var title: String
    /// Where it appeared: "ICLR", "arXiv", a publisher.
    public var venue: String
    public var year: Int
    public var url: String?
  }

  /// All chapters' names, in order.
  public var chapterNames: [String] { parts.flatMap(\.chapters) }
}
