import Outputs

/// Marks drawn over each other on one pair of axes, the first lowest.
///
///     show(Plot("Two thousand draws on the density they came from") {
///       Contours(of: target.density(at:), x: -4...4, y: -2...4)
///       Dots(points, opacity: 0.3)
///     }, caption: "Every draw lands where the density is.", alt: "Three clouds of dots …")
///
/// The axes show all marks unless `x(_:)` and `y(_:)` say otherwise. Series without a colour of their own
/// take those of the palette in turn; named lines differ in their dashes too.
public struct Plot: Showable {
  let title: String?
  let marks: [any Mark]
  private(set) var xTitle: String?
  private(set) var yTitle: String?
  private(set) var xRange: ClosedRange<Double>?
  private(set) var yRange: ClosedRange<Double>?
  private(set) var logarithmicAxes: Set<Axis> = []
  private(set) var hasEqualAspect = false
  private(set) var size: (width: Double, height: Double)?

  public enum Axis: Sendable { case x, y }

  public init(_ title: String? = nil, @MarkBuilder _ marks: () -> [any Mark]) {
    self.title = title
    self.marks = marks()
  }

  /// Names the axes, units included: "step", "loss (nats)".
  public func axes(x: String? = nil, y: String? = nil) -> Plot {
    changed { ($0.xTitle, $0.yTitle) = (x, y) }
  }

  /// Shows exactly this range across.
  public func x(_ range: ClosedRange<Double>) -> Plot { changed { $0.xRange = range } }

  /// Shows exactly this range upwards.
  public func y(_ range: ClosedRange<Double>) -> Plot { changed { $0.yRange = range } }

  /// Sets equal ratios equally far apart on these axes.
  public func logarithmic(_ axes: Axis...) -> Plot {
    changed { $0.logarithmicAxes.formUnion(axes) }
  }

  /// One unit is as long across as upwards; the figure becomes narrower or lower to suit.
  public func equalAspect() -> Plot { changed { $0.hasEqualAspect = true } }

  /// The size in CSS pixels; 640 × 360 when not given. A page's text is 640 wide.
  public func size(_ width: Double, _ height: Double) -> Plot {
    changed { $0.size = (width, height) }
  }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    let layers = try readyLayers()
    let (x, y) = try scales(of: layers)
    let svg = try PlotDrawing(plot: self, layers: layers, x: x, y: y).svg()
    let values = valuesTable(
      of: layers.flatMap(\.series), x: xTitle ?? "x", y: yTitle ?? "y")
    return .drawing(Outputs.Figure.Drawing(svg: svg, values: values))
  }

  /// With axes that show all frames of a slider, so that nothing jumps.
  public func inStep(with others: [Plot]) throws(FigureError) -> Plot {
    var layers: [Layer] = []
    for plot in others { layers += try plot.readyLayers() }
    let (x, y) = try scales(of: layers)
    return self.x(x.domain).y(y.domain)
  }

  private func readyLayers() throws(FigureError) -> [Layer] {
    if marks.isEmpty { throw .noMarks }
    var layers: [Layer] = []
    for mark in marks { layers.append(try mark.layer) }
    return layers
  }

  private func scales(of layers: [Layer]) throws(FigureError) -> (x: Scale, y: Scale) {
    func scale(
      _ axis: Axis, _ given: ClosedRange<Double>?, _ extents: [Extent]
    ) throws(FigureError) -> Scale {
      let name = axis == .x ? "x" : "y"
      if let given { try check(range: given, of: "\(name) axis") }
      return try Scale(
        logarithmicAxes.contains(axis) ? .logarithmic : .linear,
        showing: given.map { .tight($0) } ?? extents.reduce(Extent()) { $0.union($1) }, axis: name)
    }
    return (try scale(.x, xRange, layers.map(\.x)), try scale(.y, yRange, layers.map(\.y)))
  }

  private func changed(_ change: (inout Plot) -> Void) -> Plot {
    var plot = self
    change(&plot)
    return plot
  }
}
