/// The region between a lower and an upper line, such as an estimate's ± one standard error.
///
/// Put it before its line: it takes the colour of the line that follows it.
public struct Band: Mark {
  private let name: String?
  private let lower: Points
  private let upper: Points
  private let color: Color?

  public init(
    _ name: String? = nil, x: some Sequence<some Plottable>,
    lower: some Sequence<some Plottable>, upper: some Sequence<some Plottable>,
    color: Color? = nil
  ) {
    let x = x.map(\.plotted)
    self.name = name
    self.lower = Points(x: x, y: lower)
    self.upper = Points(x: x, y: upper)
    self.color = color
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Band", name)
      let lower = try lower.checked(for: "\(mark), lower")
      let upper = try upper.checked(for: "\(mark), upper")
      var layer = Layer { canvas in
        Drawn(
          svg: canvas.fill(canvas.places(upper) + canvas.places(lower).reversed(), opacity: 0.22))
      }
      layer.name = name
      layer.x = .tight(lower.x.bounds)
      layer.y = .loose((lower.y + upper.y).bounds)
      layer.colorUse = color.map { .fixed($0) } ?? .sameAsNext
      layer.key = .box(opacity: 0.22)
      layer.series = [
        ValueSeries("\(name ?? "band"), lower", x: lower.x, y: lower.y),
        ValueSeries("\(name ?? "band"), upper", x: upper.x, y: upper.y),
      ]
      return layer
    }
  }
}
