import Failures

/// A number known only from draws: a mean, and how far it is likely to be from the truth.
///
/// The standard error is s / √n with s² = Σ (x − mean)² / (n − 1). For large n the mean lies within two
/// standard errors of the truth 95 times in 100, within four in all but 6 of 100,000.
public struct Estimate: Sendable, Hashable, CustomStringConvertible {
  public let value: Double
  public let standardError: Double
  /// How many draws it was made from.
  public let count: Int

  public init(value: Double, standardError: Double, count: Int) {
    self.value = value
    self.standardError = standardError
    self.count = count
  }

  /// The mean of independent draws, at least two of them. An infinite draw makes the estimate infinite,
  /// with an infinite standard error.
  public init(of draws: [Double]) {
    if draws.count < 2 {
      fail(
        expected: "two or more draws for an Estimate", found: "\(draws.count)",
        mend: "a standard error needs at least two")
    }
    let mean = draws.mean()
    let squares = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let n = Double(draws.count)
    value = mean
    standardError = mean.isInfinite ? .infinity : (squares / (n * (n - 1))).squareRoot()
    count = draws.count
  }

  public var description: String { "\(value) ± \(standardError) (\(count) draws)" }
}
