/// Upright bars. Several `Bars` in one plot stand side by side, unless `above` puts them on each other.
public struct Bars: Mark {
  private let name: String?
  private let labels: [String]?
  private let x: [Double]
  private let heights: [Double]
  private let base: [Double]?
  private let color: Color?

  /// - Parameters:
  ///   - labels: What stands under each bar.
  ///   - base: The height at which each bar begins; zero when not given.
  public init(
    _ name: String? = nil, labels: [String], heights: some Sequence<some Plottable>,
    above base: [Double]? = nil, color: Color? = nil
  ) {
    self.name = name
    self.labels = labels
    x = labels.indices.map(Double.init)
    self.heights = heights.map(\.plotted)
    self.base = base
    self.color = color
  }

  /// - Parameter x: The middle of each bar.
  public init(
    _ name: String? = nil, x: some Sequence<some Plottable>,
    heights: some Sequence<some Plottable>, above base: [Double]? = nil, color: Color? = nil
  ) {
    self.name = name
    labels = nil
    self.x = x.map(\.plotted)
    self.heights = heights.map(\.plotted)
    self.base = base
    self.color = color
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Bars", name)
      if x.count != heights.count {
        throw .lengths(
          mark: mark, first: labels == nil ? "x" : "labels", x.count, second: "heights",
          heights.count)
      }
      try check(finite: x, "x", of: mark)
      try check(finite: heights, "heights", of: mark)
      if let base {
        if base.count != x.count {
          throw .lengths(mark: mark, first: "above", base.count, second: "heights", heights.count)
        }
        try check(finite: base, "above", of: mark)
      }
      let base = base ?? x.map { _ in 0 }
      let tops = zip(base, heights).map { $0 + $1 }
      let sorted = x.sorted()
      let gap = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0 > 0 }.min() ?? 1
      let (x, isStacked) = (x, self.base != nil)
      var layer = Layer { canvas in
        let share = isStacked ? (0, 1) : (canvas.slot, canvas.slots)
        let width = 0.76 * gap / Double(share.1)
        let shift = (Double(share.0) - Double(share.1 - 1) / 2) * width
        return Drawn(
          svg: zip(x, zip(base, tops)).map { x, ends in
            let corners = [
              (x + shift - width / 2, ends.0), (x + shift - width / 2, ends.1),
              (x + shift + width / 2, ends.1), (x + shift + width / 2, ends.0),
            ]
            return canvas.fill(corners.map(canvas.place), opacity: 1)
          }.joined())
      }
      layer.name = name
      layer.x = .tight((sorted[0] - 0.5 * gap)...(sorted.last! + 0.5 * gap))
      layer.y = Extent(tight: 0...0, loose: (base + tops).bounds)
      layer.colorUse = Layer.ColorUse(color)
      layer.key = .box(opacity: 1)
      layer.takesBarSlot = !isStacked
      layer.xTicks = labels.map { zip(x, $0).map { Scale.Tick(value: $0, text: $1) } }
      layer.series = [
        labels.map { ValueSeries(name ?? "bars", x: $0, y: heights) }
          ?? ValueSeries(name ?? "bars", x: x, y: heights)
      ]
      return layer
    }
  }
}
