import Foundation
import Literate
import Outputs

// Numbered figures: drawings, pictures, tables, and sliders over them.
extension Weaver {
  mutating func figure(_ figure: Figure, number: Int, id: String?) -> HTML {
    let name: String
    if let id {
      claim(id, at: SourceLocation(file: chapter.file, line: figure.line))
      name = id
    } else {
      name = claimFree("figure-\(number)")
    }
    let place = FigurePlace(
      key: "figure-\(number)", title: "Figure \(chapter.number).\(number)",
      alternative: figure.alternative, file: "figures/\(chapter.name)-\(number)",
      line: figure.line)
    say(figure.alternative)
    let content = self.content(figure.content, at: place)
    let caption = markdown(figure.caption, line: figure.line, calledAs: "a caption")
    if thumbnail == nil { thumbnail = Thumbnail(figure.content, place) }
    return """
      <figure id="\(name)" class="\(HTML.text(figure.content.className))">
      \(content)<figcaption id="\(place.key)-caption"><a class="number" href="#\(name)">\
      \(place.title.withHardSpaces).</a> \(caption)</figcaption>
      </figure>

      """
  }

  mutating func content(_ content: Figure.Content, at place: FigurePlace) -> HTML {
    switch content {
    case .drawing(let drawing):
      var text = DrawingText(drawing.svg)
      files += text.movePictures(to: place.file)
      // A style within a drawing holds for the whole page: once is enough.
      if let style = text.style, !drawingStyles.insert(style).inserted { text.removeStyle() }
      let values = place.isFrame ? "" : self.values(drawing.values, at: place)
      return text.named(place) + values
    case .picture(let picture):
      return named(picture.rowNames, self.picture(picture, at: place)) + "\n"
    case .table(let table): return self.table(table, at: place)
    case .frames(let frames, let control, let start):
      return slider(frames, control: control, opensAt: start, at: place)
    case .pictureMap(let map): return pictureMap(map, at: place)
    case .verses(let verses): return self.verses(verses, at: place)
    }
  }

  /// A picture with the names of its rows before them.
  private func named(_ rows: [String], _ picture: HTML) -> HTML {
    if rows.isEmpty { return picture }
    let names = rows.map { "<span>\($0)</span>" as HTML }.joined()
    return "<div class=\"rows\"><div class=\"names\">\(names)</div>\n\(picture)</div>"
  }

  mutating func picture(_ picture: Figure.Picture, at place: FigurePlace) -> HTML {
    let path = "\(place.file).png"
    files.append(SiteFile(path: path, bytes: picture.png))
    let (width, height) = (picture.width * picture.scale, picture.height * picture.scale)
    return """
      <img class="pixels" src="\(path)" width="\(width)" height="\(height)" \
      alt="\(place.alternative)">
      """
  }
}

/// What a figure's parts are called.
struct FigurePlace {
  /// Begins ids within the figure: "figure-3", and "figure-3-frame-2" for a frame of it.
  var key: String
  /// "Figure 10.3".
  var title: String
  var alternative: String
  /// Files of the figure, without their ending: "figures/10-mixtures-3".
  var file: String
  /// Where the chapter shows it.
  var line: Int
  /// One of a slider's frames, whose values stand together in one file.
  var isFrame = false
}

/// The text of an SVG that is about to stand in a page.
struct DrawingText {
  var svg: String

  init(_ svg: String) { self.svg = svg }

  /// With its name and description for those who cannot see it, and ids of its own.
  func named(_ place: FigurePlace) -> HTML {
    let (title, description) = ("\(place.key)-title", "\(place.key)-description")
    let svg = withIDs(beginning: place.key)
    guard let start = svg.firstRange(of: "<svg"),
      let end = svg[start.upperBound...].firstIndex(of: ">")
    else { return "" }
    let attributes = HTML(trusted: String(svg[start.upperBound..<end]))
    let rest = HTML(trusted: String(svg[svg.index(after: end)...]))
    return """
      <svg role="img" aria-labelledby="\(title) \(description)"\(attributes)>\
      <title id="\(title)">\(place.title)</title><desc id="\(description)">\(place.alternative)</desc>\
      \(rest)

      """
  }

  /// Takes heat maps out of the drawing into files of their own, which a page loads beside its text.
  mutating func movePictures(to file: String) -> [SiteFile] {
    let marker = "href=\"data:image/png;base64,"
    var files: [SiteFile] = []
    while let start = svg.firstRange(of: marker),
      let end = svg[start.upperBound...].firstIndex(of: "\""),
      let data = Data(base64Encoded: String(svg[start.upperBound..<end]))
    {
      let path = "\(file)-\(files.count + 1).png"
      files.append(SiteFile(path: path, bytes: [UInt8](data)))
      svg.replaceSubrange(start.lowerBound..<end, with: "href=\"\(path)")
    }
    return files
  }

  private var styleRange: Range<String.Index>? {
    guard let start = svg.firstRange(of: "<style>"),
      let end = svg[start.upperBound...].firstRange(of: "</style>")
    else { return nil }
    return start.lowerBound..<end.upperBound
  }

  var style: String? { styleRange.map { String(svg[$0]) } }
  mutating func removeStyle() { if let range = styleRange { svg.removeSubrange(range) } }

  /// Drawings of one page may have equal ids for their clips and gradients.
  private func withIDs(beginning key: String) -> String {
    guard svg.contains(" id=\"") else { return svg }
    return svg.replacing(" id=\"", with: " id=\"\(key)-")
      .replacing("url(#", with: "url(#\(key)-")
      .replacing("href=\"#", with: "href=\"#\(key)-")
  }
}

extension Figure.Content {
  fileprivate var className: String {
    switch self {
    case .drawing: "drawing"
    case .picture: "picture"
    case .table: "table"
    case .frames: "slider"
    case .pictureMap: "picture-map"
    case .verses: "verse"
    }
  }
}

extension String {
  var withHardSpaces: String { replacing(" ", with: "\u{A0}") }
}
