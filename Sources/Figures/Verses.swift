import Outputs

/// Lines of Chinese verse, each with a note beside it if there is something to say of it.
///
///     show(Verses([Verse("白日依山尽，黄河入海流。", note: "the white sun sinks behind the hills")]),
///       caption: "…", alt: "…")
///
/// A line breaks only behind its punctuation or at a space.
public struct Verses: Showable {
  private let verses: [Verse]

  public init(_ verses: [Verse]) { self.verses = verses }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    if verses.isEmpty { throw .noData(mark: "Verses") }
    for (index, verse) in verses.enumerated() {
      guard verse.text.hasWords else { throw .noVerse(index: index) }
    }
    return .verses(verses.map { Outputs.Figure.Verse(text: $0.text, note: $0.note) })
  }
}

/// One line of verse.
public struct Verse: Sendable {
  let text: String
  let note: String?

  /// - Parameters:
  ///   - text: Plain text, in simplified characters.
  ///   - note: What stands beside it, in the page's small letters; Markdown with mathematics.
  public init(_ text: String, note: String? = nil) {
    self.text = text
    self.note = note
  }
}
