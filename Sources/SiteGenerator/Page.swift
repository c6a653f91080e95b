import Literate

/// One page of the site with the files it shows: all that is written, searched and checked of it.
public struct Page: Sendable, Equatable {
  /// Its file within the site: "10-mixtures.html".
  public var path: String
  public var title: String
  public var html: String
  /// Pictures.
  public var files: [SiteFile]
  /// What a link to the page may name after #.
  public var ids: Set<String>
  public var links: [Link]
  public var sections: [Section]
  /// Chapters that have not run yet, but to whose figures the page refers: it is woven again after them.
  public var awaited: Set<String>

  // What the contents page says of the chapter.
  var chapter: String?
  /// "15 checks hold".
  var checks: String?
  var checksStand: Bool
  var thumbnail: Thumbnail?

  /// A link to somewhere within the site.
  public struct Link: Sendable, Hashable {
    /// As written in the page: "11-infinity.html#bound".
    public var target: String
    /// Where the chapter says so; nil for links every page has.
    public var location: SourceLocation?
  }

  /// A heading with the text beneath it, for search.
  public struct Section: Sendable, Equatable {
    /// Empty for what stands before the first heading.
    public var id: String
    public var title: String
    public var text: String
  }
}

/// A file of the site.
public struct SiteFile: Sendable, Equatable {
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}
