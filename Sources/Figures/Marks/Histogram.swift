/// How many of the values fall into each of equally wide bins.
public struct Histogram: Mark {
  /// What the height of a bin says.
  public enum Height: Sendable {
    /// How many values fall into it.
    case count
    /// Their share of all values, divided by the bin's width: comparable to a probability density.
    case density
  }

  private let name: String?
  private let values: [Double]
  private let bins: Int
  private let range: ClosedRange<Double>?
  private let height: Height
  private let color: Color?

  /// - Parameters:
  ///   - range: From the first bin's lower edge to the last bin's upper edge; all values when not given.
  ///     A bin holds its lower edge, the last its upper edge too; values outside are in no bin.
  public init(
    _ name: String? = nil, of values: some Sequence<some Plottable>, bins: Int = 30,
    over range: ClosedRange<Double>? = nil, height: Height = .count, color: Color? = nil
  ) {
    self.name = name
    self.values = values.map(\.plotted)
    self.bins = bins
    self.range = range
    self.height = height
    self.color = color
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Histogram", name)
      try check(finite: values, "values", of: mark)
      if bins < 1 { throw .tooFew(what: "\(mark), bins", needed: 1, found: bins) }
      if let range { try check(range: range, of: "\(mark), over") }
      var range = range ?? values.bounds
      if range.lowerBound == range.upperBound {
        range = (range.lowerBound - 0.5)...(range.upperBound + 0.5)
      }
      let width = (range.upperBound - range.lowerBound) / Double(bins)
      let edges = evenly(range, count: bins + 1)
      let unit = height == .count ? 1 : 1 / (Double(values.count) * width)
      let heights = counts(in: range).map { Double($0) * unit }
      var layer = Layer { canvas in
        var outline = [canvas.place(edges[0], 0)]
        for (bin, height) in heights.enumerated() {
          outline += [canvas.place(edges[bin], height), canvas.place(edges[bin + 1], height)]
        }
        outline.append(canvas.place(edges[bins], 0))
        return Drawn(
          svg: canvas.fill(outline, opacity: 0.35) + canvas.stroke(outline, width: 1))
      }
      layer.name = name
      layer.x = .tight(range)
      layer.y = Extent(tight: 0...0, loose: heights.bounds)
      layer.colorUse = Layer.ColorUse(color)
      layer.key = .box(opacity: 0.35)
      layer.series = [
        ValueSeries(
          name ?? "histogram",
          x: zip(edges, edges.dropFirst()).map {
            "\(NumberText.significant($0)) to \(NumberText.significant($1))"
          }, y: heights)
      ]
      return layer
    }
  }

  private func counts(in range: ClosedRange<Double>) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    let width = range.upperBound - range.lowerBound
    for value in values where range.contains(value) {
      let bin = Int((value - range.lowerBound) / width * Double(bins))
      counts[min(bin, bins - 1)] += 1
    }
    return counts
  }
}
