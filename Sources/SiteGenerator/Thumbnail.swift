import Outputs

/// A chapter's first drawing or picture, small, for the contents page.
enum Thumbnail: Sendable, Equatable {
  case drawing(svg: String, file: String, alternative: String)
  case picture(file: String, alternative: String)

  init?(_ content: Figure.Content, _ place: FigurePlace) {
    switch content {
    case .drawing(let drawing):
      self = .drawing(
        svg: drawing.svg, file: "\(place.file)-thumbnail.svg", alternative: place.alternative)
    case .picture, .pictureMap:
      self = .picture(file: "\(place.file).png", alternative: place.alternative)
    case .frames(let frames, _):
      guard let last = frames.last else { return nil }
      var inner = place
      inner.file += "-\(frames.count)"
      self.init(last.content, inner)
    case .table, .verses: return nil
    }
  }

  /// Words cannot be read at this size, and lines need to be thicker.
  private static let style = """
    svg{color:var(--ink)}svg text,svg .grid{display:none}svg path.line{stroke-width:5px!important}
    """

  var path: String {
    switch self {
    case .drawing(_, let file, _), .picture(let file, _): file
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
