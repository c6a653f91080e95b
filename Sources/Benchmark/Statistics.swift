/// A figure measured again and again: its median, and the quartiles that say how much it varied.
struct Spread: Codable, Equatable {
  var median: Double
  /// A quarter of the values lie below `low`, a quarter above `high`.
  var low: Double
  var high: Double

  /// Expects at least one value.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    /// By linear interpolation between the neighbours.
    func quantile(_ fraction: Double) -> Double {
      let place = fraction * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    median = quantile(0.5)
    low = quantile(0.25)
    high = quantile(0.75)
  }

  static func / (spread: Spread, divisor: Double) -> Spread {
    var result = spread
    result.median /= divisor
    result.low /= divisor
    result.high /= divisor
    return result
  }
}
