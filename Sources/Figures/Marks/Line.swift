/// Straight lines from point to point, in the order given.
///
/// The name stands at the line's end.
public struct Line: Mark {
  private let name: String?
  private let points: Points
  private let color: Color?

  public init(
    _ name: String? = nil, x: some Sequence<some Plottable>, y: some Sequence<some Plottable>,
    color: Color? = nil
  ) {
    self.init(name, Points(x: x, y: y), color)
  }

  /// - Parameter points: Rows [x, y].
  public init(_ points: [[Double]], color: Color? = nil) {
    self.init(nil, Points(rows: points), color)
  }

  public init(_ name: String, _ points: [[Double]], color: Color? = nil) {
    self.init(name, Points(rows: points), color)
  }

  public init(_ points: [(Double, Double)], color: Color? = nil) {
    self.init(nil, Points(points), color)
  }

  public init(_ name: String, _ points: [(Double, Double)], color: Color? = nil) {
    self.init(name, Points(points), color)
  }

  private init(_ name: String?, _ points: Points, _ color: Color?) {
    self.name = name
    self.points = points
    self.color = color
  }

  public var layer: Layer {
    get throws(FigureError) {
      let points = try points.checked(for: described("Line", name))
      return Layer(line: points, name: name, kind: "line", color: color, isNamedAtPeak: false)
    }
  }
}

extension Layer {
  /// A line through points. A hump, low at both ends, is named at its peak: the ends of several
  /// densities lie together on the axis.
  init(line points: Points, name: String?, kind: String, color: Color?, isNamedAtPeak: Bool) {
    self.init { canvas in
      let places = canvas.places(points)
      var drawn = Drawn(svg: canvas.stroke(places))
      if let name, let label = nameLabel(name, of: places, on: canvas, isNamedAtPeak) {
        drawn.labels.append(label)
      }
      return drawn
    }
    self.name = name
    x = .tight(points.x.bounds)
    y = .loose(isNamedAtPeak && name != nil ? withHeadroom(points.y) : points.y.bounds)
    colorUse = ColorUse(color)
    key = .atLine
    series = [ValueSeries(name ?? kind, x: points.x, y: points.y)]
  }
}

/// The range of a line's values, with room for a name above a peak between its ends.
func withHeadroom(_ values: [Double]) -> ClosedRange<Double> {
  let bounds = values.bounds
  let hasInnerPeak = max(values[0], values[values.count - 1]) < bounds.upperBound
  let room = hasInnerPeak ? 0.1 * (bounds.upperBound - bounds.lowerBound) : 0
  return bounds.lowerBound...(bounds.upperBound + room)
}

/// Where a line's name stands: at its peak if it is a hump, in the margin if it ends there, else at its end.
func nameLabel(
  _ name: String, of line: [Point], on canvas: Canvas, _ isNamedAtPeak: Bool
) -> PlacedText? {
  let seen = canvas.area.clip(line).flatMap { $0 }
  guard let first = seen.first, let last = seen.last else { return nil }
  let peak = seen.min { $0.y < $1.y }!
  let area = canvas.area
  let isHump =
    min(first.y, last.y) - peak.y > 0.12 * area.height
    && peak.x - area.left > 0.03 * area.width && area.right - peak.x > 0.03 * area.width
  let place: PlacedText.Place =
    if isNamedAtPeak && isHump {
      .above(peak)
    } else if area.right - last.x < 0.12 * area.width {
      .margin(end: last)
    } else {
      .above(last)
    }
  return PlacedText(text: name, place: place, color: canvas.color)
}

/// A mark as an error names it.
func described(_ kind: String, _ name: String?) -> String {
  name.map { "\(kind) \"\($0)\"" } ?? kind
}
