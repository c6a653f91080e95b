import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Moments of a list of numbers. Variances divide by n: they are those of the empirical distribution,
/// and the maximum-likelihood ones. (`Estimate` divides by n − 1, as a standard error should.)
extension [Double] {
  /// Σ x / n.
  public func mean() -> Double {
    requireElements("mean")
    return reduce(0, +) / Double(count)
  }

  /// Σ (x − mean)² / n.
  public func variance() -> Double {
    let centre = mean()
    return reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(count)
  }

  /// The square root of the variance.
  public func standardDeviation() -> Double { variance().squareRoot() }

  /// The value below which a share `probability` of the numbers lies: between two of them in order, the
  /// straight line (Hyndman & Fan's definition 7).
  public func quantile(_ probability: Double) -> Double {
    requireElements("quantile")
    guard probability >= 0, probability <= 1 else {
      fail(
        expected: "a probability between 0 and 1 for a quantile", found: "\(probability)",
        mend: "a percentage must be divided by 100")
    }
    let ordered = sorted()
    let position = probability * Double(count - 1)
    let below = Int(position)
    let above = Swift.min(below + 1, count - 1)
    return ordered[below] + (position - Double(below)) * (ordered[above] - ordered[below])
  }

  /// The quantile at ½.
  public func median() -> Double { quantile(0.5) }

  func requireElements(_ name: String) {
    if isEmpty {
      fail(
        expected: "numbers to take a \(name) of", found: "an empty list", mend: "check its source")
    }
  }
}

/// Moments of a cloud of points, each a list of coordinates.
extension [[Double]] {
  /// The mean of each coordinate.
  public func mean() -> [Double] {
    mean(weights: [Double](repeating: 1, count: count))
  }

  /// The matrix Σ (x − μ)(x − μ)ᵀ / n.
  public func covariance() -> [[Double]] {
    covariance(weights: [Double](repeating: 1, count: count))
  }

  /// Σ wᵢ xᵢ / Σ w.
  func mean(weights: [Double]) -> [Double] {
    let dimension = commonDimension()
    var sum = [Double](repeating: 0, count: dimension)
    for (point, weight) in zip(self, weights) where weight != 0 {
      for k in 0..<dimension { sum[k] += weight * point[k] }
    }
    let total = weights.reduce(0, +)
    return sum.map { $0 / total }
  }

  /// Σ wᵢ (xᵢ − μ)(xᵢ − μ)ᵀ / Σ w.
  func covariance(weights: [Double]) -> [[Double]] {
    let centre = mean(weights: weights)
    let dimension = centre.count
    var sums = [Double](repeating: 0, count: dimension * dimension)
    for (point, weight) in zip(self, weights) where weight != 0 {
      for i in 0..<dimension {
        let scaled = weight * (point[i] - centre[i])
        for j in 0...i { sums[i * dimension + j] += scaled * (point[j] - centre[j]) }
      }
    }
    let total = weights.reduce(0, +)
    return (0..<dimension).map { i in
      (0..<dimension).map { j in sums[Swift.max(i, j) * dimension + Swift.min(i, j)] / total }
    }
  }

  /// The number of coordinates, the same for every point.
  func commonDimension() -> Int {
    guard let dimension = first?.count else {
      fail(expected: "at least one point", found: "an empty list", mend: "check its source")
    }
    if let odd = firstIndex(where: { $0.count != dimension }) {
      fail(
        expected: "points of \(dimension) coordinates, like the first",
        found: "\(self[odd].count) coordinates at index \(odd)", mend: "give all the same number")
    }
    return dimension
  }
}
