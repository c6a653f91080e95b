/// One layer of a plot: dots, a line, contours, a label …
public protocol Mark {
  /// The mark made ready for drawing. A mark of your own gives back the layer of the mark it stands on.
  var layer: Layer { get throws(FigureError) }
}

/// A mark made ready for drawing: what it covers, what it needs from its plot, how it is drawn.
public struct Layer {
  /// Its name in the legend, at the line's end and in the table of values.
  var name: String?
  /// The ranges it covers.
  var x = Extent()
  var y = Extent()
  var colorUse = ColorUse.none
  var key = Key.none
  /// Lies in a plane of two like axes, so that the grid has lines both ways.
  var isPlanar = false
  /// Stands beside the other bars at the same places.
  var takesBarSlot = false
  /// Ticks in the place of numbers: the labels of bars, the rows of a matrix.
  var xTicks: [Scale.Tick]?
  var yTicks: [Scale.Tick]?
  var colorBar: ColorBar?
  /// What goes into the fold under the figure.
  var series: [ValueSeries] = []
  let draw: (Canvas) throws(FigureError) -> Drawn

  /// Which colour of the palette it takes.
  enum ColorUse {
    case none
    /// The next one not yet taken.
    case next
    /// The one the next series will take.
    case sameAsNext
    case fixed(Color)

    init(_ color: Color?) { self = color.map { .fixed($0) } ?? .next }
  }

  /// How a named layer is told to the reader.
  enum Key: Equatable {
    case none, atLine, dot, stroke
    case box(opacity: Double)
  }
}

/// A range covered by a mark.
struct Extent {
  /// What the axis shows without room beyond it.
  var tight: ClosedRange<Double>?
  /// What the axis shows with a little room beyond it.
  var loose: ClosedRange<Double>?

  static func tight(_ range: ClosedRange<Double>) -> Extent { Extent(tight: range) }
  static func loose(_ range: ClosedRange<Double>) -> Extent { Extent(loose: range) }

  func union(_ other: Extent) -> Extent {
    func both(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> ClosedRange<Double>? {
      guard let a, let b else { return a ?? b }
      return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
    }
    return Extent(tight: both(tight, other.tight), loose: both(loose, other.loose))
  }
}

/// The values of one series, for the fold under the figure.
struct ValueSeries {
  var name: String
  var x: [String]
  var y: [Double]

  init(_ name: String, x: [Double], y: [Double]) {
    self.init(name, x: x.map { NumberText.significant($0) }, y: y)
  }

  init(_ name: String, x: [String], y: [Double]) {
    self.name = name
    self.x = x
    self.y = y
  }
}

/// Collects the marks between a plot's braces; `if` and `for` may stand there.
@resultBuilder
public enum MarkBuilder {
  public static func buildExpression(_ mark: some Mark) -> [any Mark] { [mark] }
  public static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  public static func buildBlock(_ marks: [any Mark]...) -> [any Mark] { marks.flatMap { $0 } }
  public static func buildArray(_ marks: [[any Mark]]) -> [any Mark] { marks.flatMap { $0 } }
  public static func buildOptional(_ marks: [any Mark]?) -> [any Mark] { marks ?? [] }
  public static func buildEither(first marks: [any Mark]) -> [any Mark] { marks }
  public static func buildEither(second marks: [any Mark]) -> [any Mark] { marks }
}
