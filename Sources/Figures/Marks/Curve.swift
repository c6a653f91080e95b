/// The graph of a function.
///
/// The function is computed at `samples` places, evenly apart; where the axis is logarithmic the places
/// are still evenly apart in x.
public struct Curve: Mark {
  private let name: String?
  private let range: ClosedRange<Double>
  private let points: Points
  private let color: Color?

  /// - Parameters:
  ///   - name: Stands at the peak of a hump, and at the end of other curves.
  ///   - range: Where the function is drawn. It must be finite there.
  public init(
    _ name: String? = nil, over range: ClosedRange<Double>, samples: Int = 401,
    color: Color? = nil, of function: (Double) -> Double
  ) {
    let x = evenly(range, count: max(samples, 2))
    self.name = name
    self.range = range
    self.color = color
    points = Points(x: x, y: x.map(function))
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Curve", name)
      try check(range: range, of: mark)
      if let index = points.y.firstIndex(where: { !$0.isFinite }) {
        throw .notFiniteAt(
          mark: mark, x: NumberText.significant(points.x[index]),
          value: NumberText.significant(points.y[index]))
      }
      return Layer(line: points, name: name, kind: "curve", color: color, isNamedAtPeak: true)
    }
  }
}

/// So many numbers from the lower end of a range to the upper, evenly apart.
func evenly(_ range: ClosedRange<Double>, count: Int) -> [Double] {
  (0..<count).map { index in
    let share = Double(index) / Double(count - 1)
    return (1 - share) * range.lowerBound + share * range.upperBound
  }
}
