/// Where and with what a layer is drawn.
struct Canvas {
  /// The plotting area.
  let area: Rectangle
  let x: Scale
  let y: Scale
  /// The series' colour as CSS; nil where the layer takes none.
  let color: String
  let dash: String?
  /// Drawn over the colours of a heat map.
  let isOverCells: Bool
  /// The nth among the layers of dots, which differ in shape.
  let dotSeries: Int
  /// Which of the bars standing side by side.
  let slot: Int
  let slots: Int

  func place(_ x: Double, _ y: Double) -> Point {
    Point(
      x: area.left + self.x.fraction(of: x) * area.width,
      y: area.bottom - self.y.fraction(of: y) * area.height)
  }

  func places(_ points: Points) -> [Point] { zip(points.x, points.y).map { place($0, $1) } }

  /// A line in the series' colour, cut at the edges of the area.
  func stroke(_ points: [Point], width: Double = 2) -> String {
    var path = Path()
    for piece in area.clip(points) { path.line(through: simplified(piece)) }
    guard !path.isEmpty else { return "" }
    let dashes = dash.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    let weight = width == 2 ? "" : " stroke-width=\"\(coordinate(width))\""
    return "<path class=\"line\" stroke=\"\(color)\"\(weight)\(dashes) d=\"\(path.data)\"/>"
  }

  /// A filled shape in the series' colour, cut at the edges of the area.
  func fill(_ polygon: [Point], opacity: Double) -> String {
    var path = Path()
    path.line(through: simplified(area.clip(polygon: polygon)))
    guard !path.isEmpty else { return "" }
    path.close()
    return "<path fill=\"\(color)\" fill-opacity=\"\(shortest(opacity))\" d=\"\(path.data)\"/>"
  }
}

/// What a layer adds to the drawing.
struct Drawn {
  var svg = ""
  var labels: [PlacedText] = []
  /// How many of its dots the axes leave out.
  var dotsOutside = 0
}

/// A text that belongs to a place of the plot; the layout finds room for it.
struct PlacedText {
  enum Place {
    /// In the right margin, at the height of a line's end.
    case margin(end: Point)
    /// Above a point of the plotting area.
    case above(Point)
    /// Centred on a point of the plotting area.
    case centred(Point)
    /// At the upper edge, beside an upright line.
    case besideUpright(x: Double)
  }

  var text: String
  var place: Place
  var color: String = "currentColor"
}

/// A share as an attribute: 0.3 as ".3".
func shortest(_ share: Double) -> String {
  let text = NumberText.significant(share, digits: 2)
  return text.hasPrefix("0.") ? String(text.dropFirst()) : text
}
