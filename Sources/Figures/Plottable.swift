/// A number that can be plotted.
public protocol Plottable {
  var plotted: Double { get }
}

extension Double: Plottable { public var plotted: Double { self } }
extension Float: Plottable { public var plotted: Double { Double(self) } }
extension Int: Plottable { public var plotted: Double { Double(self) } }

/// The points of a mark, as they were given; `checked` says what is wrong with them.
struct Points {
  var x: [Double]
  var y: [Double]
  private var rowThatIsNoPair: (row: Int, count: Int)?

  init(x: some Sequence<some Plottable>, y: some Sequence<some Plottable>) {
    self.x = x.map(\.plotted)
    self.y = y.map(\.plotted)
  }

  init(_ pairs: [(Double, Double)]) {
    x = pairs.map(\.0)
    y = pairs.map(\.1)
  }

  init(rows: [[Double]]) {
    (x, y) = ([], [])
    for (index, row) in rows.enumerated() {
      guard row.count == 2 else {
        rowThatIsNoPair = (index, row.count)
        return
      }
      x.append(row[0])
      y.append(row[1])
    }
  }

  func checked(for mark: String) throws(FigureError) -> Points {
    if let (row, count) = rowThatIsNoPair {
      throw .notAPair(mark: mark, row: row, count: count)
    }
    if x.count != y.count { throw .lengths(mark: mark, first: "x", x.count, second: "y", y.count) }
    try check(finite: x, "x", of: mark)
    try check(finite: y, "y", of: mark)
    return self
  }
}

/// Refuses empty lists and numbers that are not finite.
func check(finite values: [Double], _ what: String, of mark: String) throws(FigureError) {
  if values.isEmpty { throw .noData(mark: mark) }
  if let index = values.firstIndex(where: { !$0.isFinite }) {
    throw .notFinite(
      mark: mark, what: what, index: index, value: NumberText.significant(values[index]))
  }
}

/// Refuses a range without width or without end.
func check(range: ClosedRange<Double>, of place: String) throws(FigureError) {
  let width = range.upperBound - range.lowerBound
  if !(width > 0 && width.isFinite) { throw .emptyRange(place: place, range) }
}

extension [Double] {
  /// From the least to the greatest; the list must not be empty.
  var bounds: ClosedRange<Double> {
    var (least, greatest) = (self[0], self[0])
    for value in self {
      least = Swift.min(least, value)
      greatest = Swift.max(greatest, value)
    }
    return least...greatest
  }
}
