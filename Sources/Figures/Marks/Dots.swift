/// A dot at each point.
public struct Dots: Mark {
  private let name: String?
  private let points: Points
  private let color: Color?
  private let opacity: Double
  private let radius: Double?
  private let step: Int

  /// - Parameters:
  ///   - points: Rows [x, y].
  ///   - opacity: Of one dot; where dots lie over each other the colour grows.
  ///   - radius: In pixels; smaller the more dots there are, when not given.
  ///   - every: Draws every nth point only.
  public init(
    _ points: [[Double]], color: Color? = nil, opacity: Double = 0.7, radius: Double? = nil,
    every step: Int = 1
  ) {
    self.init(nil, Points(rows: points), color, opacity, radius, step)
  }

  public init(
    _ name: String, _ points: [[Double]], color: Color? = nil, opacity: Double = 0.7,
    radius: Double? = nil, every step: Int = 1
  ) {
    self.init(name, Points(rows: points), color, opacity, radius, step)
  }

  public init(
    _ points: [(Double, Double)], color: Color? = nil, opacity: Double = 0.7,
    radius: Double? = nil, every step: Int = 1
  ) {
    self.init(nil, Points(points), color, opacity, radius, step)
  }

  public init(
    _ name: String, _ points: [(Double, Double)], color: Color? = nil, opacity: Double = 0.7,
    radius: Double? = nil, every step: Int = 1
  ) {
    self.init(name, Points(points), color, opacity, radius, step)
  }

  public init(
    _ name: String? = nil, x: some Sequence<some Plottable>, y: some Sequence<some Plottable>,
    color: Color? = nil, opacity: Double = 0.7, radius: Double? = nil, every step: Int = 1
  ) {
    self.init(name, Points(x: x, y: y), color, opacity, radius, step)
  }

  private init(
    _ name: String?, _ points: Points, _ color: Color?, _ opacity: Double, _ radius: Double?,
    _ step: Int
  ) {
    self.name = name
    self.points = points
    self.color = color
    self.opacity = opacity
    self.radius = radius
    self.step = step
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Dots", name)
      if step < 1 { throw .tooFew(what: "\(mark), every", needed: 1, found: step) }
      let all = try points.checked(for: mark)
      let kept = stride(from: 0, to: all.x.count, by: step)
      let points = Points(x: kept.map { all.x[$0] }, y: kept.map { all.y[$0] })
      let radius = radius ?? (points.x.count < 60 ? 4 : points.x.count < 500 ? 3 : 2)
      let opacity = opacity
      var layer = Layer { canvas in
        let places = canvas.places(points)
        let seen = places.filter { canvas.area.contains($0) }
        return Drawn(
          svg: dots(seen, radius: radius, opacity: opacity, on: canvas),
          dotsOutside: places.count - seen.count)
      }
      layer.name = name
      layer.x = .loose(all.x.bounds)
      layer.y = .loose(all.y.bounds)
      layer.colorUse = Layer.ColorUse(color)
      layer.key = .dot
      layer.isPlanar = true
      layer.series = [ValueSeries(name ?? "dots", x: points.x, y: points.y)]
      return layer
    }
  }
}

/// Within one path dots that overlap do not add up, so that translucent dots are dealt into several.
private func dots(
  _ places: [Point], radius: Double, opacity: Double, on canvas: Canvas
) -> String {
  let groups = opacity < 1 ? min(8, max(1, places.count / 20)) : 1
  let paths = (0..<groups).map { group in
    let dealt = stride(from: group, to: places.count, by: groups).map { places[$0] }
    var path = Path()
    // From left to right the steps are short, and short to write.
    for place in dealt.sorted(by: { ($0.x, $0.y) < ($1.x, $1.y) }) { path.dot(at: place) }
    return path.isEmpty ? "" : "<path d=\"\(path.data)\"/>"
  }
  return
    "<g\(canvas.isOverCells ? " class=\"over\"" : "") stroke=\"\(canvas.color)\" stroke-width=\"\(coordinate(2 * radius))\""
    + " stroke-opacity=\"\(shortest(opacity))\""
    + " stroke-linecap=\"\(canvas.dotSeries % 2 == 0 ? "round" : "square")\">"
    + paths.joined() + "</g>"
}
