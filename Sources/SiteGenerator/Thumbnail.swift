import Outputs

/// A chapter's first drawing or picture, small, for the contents page.
enum Thumbnail: Sendable, Equatable {
  case drawing(svg: String, file: String, alternative: String)
  /// One that is smaller than its place is shown pixel by pixel.
  case picture(file: String, alternative: String, isSmall: Bool)

  init?(_ content: Figure.Content, _ place: FigurePlace) {
    switch content {
    case .drawing(let drawing):
      self = .drawing(
        svg: drawing.svg, file: "\(place.file)-thumbnail.svg", alternative: place.alternative)
    case .picture(let picture): self = Self.picture(picture, place)
    case .pictureMap(let map): self = Self.picture(map.sheet, place)
    case .frames(let frames, _, _):
      guard let last = frames.last else { return nil }
      var inner = place
      inner.file += "-\(frames.count)"
      self.init(last.content, inner)
    case .verses(let verses):
      guard let first = verses.first else { return nil }
      self = .drawing(
        svg: Self.drawing(of: first), file: "\(place.file)-thumbnail.svg",
        alternative: place.alternative)
    case .table: return nil
    }
  }

  private static func picture(_ picture: Figure.Picture, _ place: FigurePlace) -> Thumbnail {
    .picture(
      file: "\(place.file).png", alternative: place.alternative,
      isSmall: picture.width <= width && picture.height <= height)
  }

  /// CSS pixels of its place on the contents page.
  private static let (width, height) = (136, 83)

  /// A verse's first two phrases, one above the other.
  private static func drawing(of verse: Figure.Verse) -> String {
    let phrases = Phrase.phrases(of: verse.text).map(\.words).prefix(2)
    let size = min(20, 130 / max(1, phrases.map(\.count).max() ?? 1))
    let lines = phrases.enumerated().map { index, words in
      let y = 48 - 16 * (phrases.count - 1) + 32 * index
      return "<text class=\"verse\" x=\"\(width / 2)\" y=\"\(y)\">\(HTML.escaped(words))</text>"
    }
    return """
      <svg viewBox="0 0 \(width) \(height)" font-size="\(size)" text-anchor="middle" fill="currentColor" \
      font-family="'Noto Serif CJK SC','Songti SC','AR PL SungtiL GB',SimSun,serif" lang="zh-Hans">\
      \(lines.joined())</svg>
      """
  }

  /// Words cannot be read at this size, but for a verse; and lines need to be thicker.
  private static let style = """
    svg{color:var(--ink)}svg text:not(.verse),svg .grid{display:none}svg path.line{stroke-width:5px!important}
    """

  var path: String {
    switch self {
    case .drawing(_, let file, _), .picture(let file, _, _): file
    }
  }

  /// A drawing becomes a file that brings the colours of both themes with it.
  func file(palette: String) -> SiteFile? {
    guard case .drawing(let svg, let path, _) = self,
      let start = svg.firstRange(of: "<svg"), let end = svg[start.upperBound...].firstIndex(of: ">")
    else { return nil }
    let attributes = svg[start.upperBound..<end]
    let namespace =
      attributes.contains("xmlns=") ? "" : " xmlns=\"http://www.w3.org/2000/svg\""
    let text =
      "<svg\(namespace)\(attributes)><style>\(palette) \(Thumbnail.style)</style>"
      + svg[svg.index(after: end)...]
    return SiteFile(path: path, text: text)
  }
}
