/// A grid of cells, coloured by their values.
public struct HeatMap: Mark {
  private let name: String?
  /// The first row lies lowest.
  private let values: [[Double]]
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>
  private var xTicks: [Scale.Tick]?
  private var yTicks: [Scale.Tick]?
  private var isMatrix = false
  private var labelCounts: (rows: Int?, columns: Int?) = (nil, nil)
  private let range: ClosedRange<Double>?
  private let centre: Double?

  /// Values over a region of the plane.
  ///
  /// - Parameters:
  ///   - name: Stands over the scale of colours.
  ///   - values: `values[row][column]`; the first row lies at the lower end of y.
  ///   - x: From the first column's left edge to the last column's right edge.
  ///   - range: What the scale of colours shows; values beyond take its end colours. Give it on a slider,
  ///     so that a colour means the same in every frame.
  ///   - centre: The value between two colours; without it there is one ramp from dark to light.
  public init(
    _ name: String? = nil, values: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>,
    range: ClosedRange<Double>? = nil, centre: Double? = nil
  ) {
    self.name = name
    self.values = values
    self.x = x
    self.y = y
    self.range = range
    self.centre = centre
  }

  /// A function over a region of the plane, computed in the middle of each of `resolution`² cells.
  public init(
    _ name: String? = nil, x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int = 80,
    range: ClosedRange<Double>? = nil, centre: Double? = nil,
    of function: (Double, Double) -> Double
  ) {
    func middles(_ range: ClosedRange<Double>) -> [Double] {
      (0..<max(resolution, 1)).map {
        range.lowerBound + (Double($0) + 0.5) / Double(max(resolution, 1))
          * (range.upperBound - range.lowerBound)
      }
    }
    let columns = middles(x)
    self.init(
      name, values: middles(y).map { y in columns.map { function($0, y) } }, x: x, y: y,
      range: range, centre: centre)
  }

  /// A matrix as it is written: the first row on top. Rows and columns are numbered from 0 where they
  /// have no labels.
  public init(
    _ name: String? = nil, matrix: [[Double]], rows: [String]? = nil, columns: [String]? = nil,
    range: ClosedRange<Double>? = nil, centre: Double? = nil
  ) {
    let width = matrix.first?.count ?? 0
    self.init(
      name, values: matrix.reversed(), x: -0.5...(max(Double(width), 1) - 0.5),
      y: (0.5 - max(Double(matrix.count), 1))...0.5, range: range, centre: centre)
    func ticks(_ labels: [String]?, _ count: Int, sign: Double) -> [Scale.Tick] {
      let step = labels != nil || count <= 10 ? 1 : count <= 20 ? 2 : count <= 50 ? 5 : 10
      return stride(from: 0, to: labels?.count ?? count, by: step).map {
        Scale.Tick(value: sign * Double($0), text: labels?[$0] ?? "\($0)")
      }
    }
    xTicks = ticks(columns, width, sign: 1)
    yTicks = ticks(rows, matrix.count, sign: -1)
    isMatrix = true
    labelCounts = (rows?.count, columns?.count)
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("HeatMap", name)
      try check(range: x, of: "\(mark), x")
      try check(range: y, of: "\(mark), y")
      if let centre { try check(finite: [centre], "centre", of: mark) }
      if let range { try check(range: range, of: "\(mark), range") }
      let rows = isMatrix ? values.reversed() : values
      let width = rows.first?.count ?? 0
      for (row, cells) in rows.enumerated() {
        if cells.count != width {
          throw .unevenRow(mark: mark, row: row, expected: width, found: cells.count)
        }
        try check(finite: cells, "values[\(row)]", of: mark)
      }
      if values.isEmpty { throw .noData(mark: mark) }
      for (what, labels, count) in [
        ("rows", labelCounts.rows, values.count), ("columns", labelCounts.columns, width),
      ] where labels ?? count != count {
        throw .lengths(mark: mark, first: what, labels ?? 0, second: "the matrix", count)
      }
      let bar = colorBar
      let png = try picture(bar)
      let (x, y) = (x, y)
      var layer = Layer { canvas throws(FigureError) in
        try require(x, inside: canvas.x.domain, axis: "x")
        try require(y, inside: canvas.y.domain, axis: "y")
        let corner = canvas.place(x.lowerBound, y.upperBound)
        let opposite = canvas.place(x.upperBound, y.lowerBound)
        return Drawn(
          svg: "<image class=\"cells\" x=\"\(coordinate(corner.x))\" y=\"\(coordinate(corner.y))\""
            + " width=\"\(coordinate(opposite.x - corner.x))\""
            + " height=\"\(coordinate(opposite.y - corner.y))\" preserveAspectRatio=\"none\""
            + " href=\"\(PNG.dataAddress(png))\"/>")
      }
      layer.x = .tight(x)
      layer.y = .tight(y)
      layer.isPlanar = true
      layer.xTicks = xTicks
      layer.yTicks = yTicks
      layer.colorBar = bar
      return layer
    }
  }

  private var colorBar: ColorBar {
    var shown = range ?? values.flatMap { $0 }.bounds
    if let centre {
      let reach = max(abs(shown.lowerBound - centre), abs(shown.upperBound - centre))
      shown = (centre - reach)...(centre + reach)
    }
    if shown.lowerBound == shown.upperBound {
      shown = (shown.lowerBound - 0.5)...(shown.upperBound + 0.5)
    }
    return ColorBar(
      name: name, range: shown,
      palette: centre == nil ? ColorRamp.sequential : ColorRamp.diverging)
  }

  private func picture(_ bar: ColorBar) throws(FigureError) -> [UInt8] {
    let (lower, upper) = (bar.range.lowerBound, bar.range.upperBound)
    let pixels = values.reversed().flatMap { row in
      row.map { UInt8((255 * min(1, max(0, ($0 - lower) / (upper - lower)))).rounded()) }
    }
    return try PNG.encode(
      pixels, width: values[0].count, height: values.count, format: .indexed(palette: bar.palette))
  }
}

private func require(
  _ map: ClosedRange<Double>, inside shown: ClosedRange<Double>, axis: String
) throws(FigureError) {
  let slack = 1e-9 * (shown.upperBound - shown.lowerBound)
  if map.lowerBound < shown.lowerBound - slack || map.upperBound > shown.upperBound + slack {
    throw .heatMapBeyondAxis(axis: axis, map: map, shown: shown)
  }
}
