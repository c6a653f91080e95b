/// Lines along which a function of the plane has one value.
public struct Contours: Mark {
  private let name: String?
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>
  private let values: [[Double]]
  private let levels: [Double]?
  private let color: Color

  /// - Parameters:
  ///   - function: Of x and y; it must be finite on the region.
  ///   - levels: The values to draw. When not given: of a function that is never negative, such as a
  ///     density, its greatest value times 1/2, 1/4 … 1/64, which of a normal density are rings; of
  ///     others seven values evenly between the least and the greatest.
  ///   - resolution: Cells along each side of the grid on which the function is computed.
  public init(
    _ name: String? = nil, of function: (Double, Double) -> Double, x: ClosedRange<Double>,
    y: ClosedRange<Double>, levels: [Double]? = nil, resolution: Int = 100, color: Color = .slate
  ) {
    let columns = evenly(x, count: max(resolution, 2) + 1)
    let rows = evenly(y, count: max(resolution, 2) + 1)
    self.name = name
    self.x = x
    self.y = y
    self.levels = levels
    self.color = color
    values = rows.map { y in columns.map { x in function(x, y) } }
  }

  /// The same for a function of a point [x, y], such as a density.
  public init(
    _ name: String? = nil, of function: ([Double]) -> Double, x: ClosedRange<Double>,
    y: ClosedRange<Double>, levels: [Double]? = nil, resolution: Int = 100, color: Color = .slate
  ) {
    self.init(
      name, of: { function([$0, $1]) }, x: x, y: y, levels: levels, resolution: resolution,
      color: color)
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Contours", name)
      try check(range: x, of: "\(mark), x")
      try check(range: y, of: "\(mark), y")
      for (row, cells) in values.enumerated() {
        try check(finite: cells, "values[\(row)]", of: mark)
      }
      let levels = levels ?? usualLevels
      let (x, y, cells) = (x, y, Double(values.count - 1))
      let lines = levels.map { MarchingSquares(values).lines(at: $0) }
      var layer = Layer { canvas in
        let paths = zip(levels.indices, lines).map { index, lines in
          var path = Path()
          for line in lines {
            let places = line.map { point in
              canvas.place(
                x.lowerBound + point.x / cells * (x.upperBound - x.lowerBound),
                y.lowerBound + point.y / cells * (y.upperBound - y.lowerBound))
            }
            for piece in canvas.area.clip(places) { path.line(through: simplified(piece)) }
          }
          let strength = 0.45 + 0.55 * Double(index + 1) / Double(levels.count)
          return path.isEmpty
            ? "" : "<path stroke-opacity=\"\(shortest(strength))\" d=\"\(path.data)\"/>"
        }
        return Drawn(
          svg: "<g class=\"line\" stroke=\"\(canvas.color)\" stroke-width=\"1.3\">"
            + paths.joined() + "</g>")
      }
      layer.name = name
      layer.x = .tight(x)
      layer.y = .tight(y)
      layer.colorUse = .fixed(color)
      layer.key = .stroke
      layer.isPlanar = true
      return layer
    }
  }

  private var usualLevels: [Double] {
    let span = values.flatMap { $0 }.bounds
    if span.lowerBound >= 0 {
      return (1...6).reversed().map { halvings in
        span.upperBound / Double(1 << halvings)
      }
    }
    return Array(evenly(span, count: 9)[1...7])
  }
}
