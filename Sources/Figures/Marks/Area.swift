/// The area between a line and zero.
public struct Area: Mark {
  private let name: String?
  private let points: Points
  private let color: Color?
  private let opacity: Double

  public init(
    _ name: String? = nil, x: some Sequence<some Plottable>, y: some Sequence<some Plottable>,
    color: Color? = nil, opacity: Double = 0.25
  ) {
    self.name = name
    self.points = Points(x: x, y: y)
    self.color = color
    self.opacity = opacity
  }

  /// The area under the graph of a function.
  public init(
    _ name: String? = nil, over range: ClosedRange<Double>, color: Color? = nil,
    opacity: Double = 0.25, under function: (Double) -> Double
  ) {
    let x = evenly(range, count: 401)
    self.init(name, x: x, y: x.map(function), color: color, opacity: opacity)
  }

  public var layer: Layer {
    get throws(FigureError) {
      let points = try points.checked(for: described("Area", name))
      let (name, opacity) = (name, opacity)
      var layer = Layer { canvas in
        let line = canvas.places(points)
        let base = [points.x.last!, points.x.first!].map { canvas.place($0, 0) }
        var drawn = Drawn(svg: canvas.fill(line + base, opacity: opacity) + canvas.stroke(line))
        if let name, let label = nameLabel(name, of: line, on: canvas, true) {
          drawn.labels.append(label)
        }
        return drawn
      }
      layer.name = name
      layer.x = .tight(points.x.bounds)
      layer.y = Extent(tight: 0...0, loose: name == nil ? points.y.bounds : withHeadroom(points.y))
      layer.colorUse = Layer.ColorUse(color)
      layer.key = .atLine
      layer.series = [ValueSeries(name ?? "area", x: points.x, y: points.y)]
      return layer
    }
  }
}
