import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The uniform distribution on [a, b]: density 1/(b − a) inside, 0 outside.
public struct Uniform: UnivariateDistribution, Hashable {
  public let lower: Double
  public let upper: Double

  /// The uniform distribution between `lower` and `upper`, which must be finite and in this order.
  public init(_ lower: Double, _ upper: Double) {
    guard lower < upper, (upper - lower).isFinite else {
      fail(
        expected: "a lower end below a finite upper end for Uniform",
        found: "\(lower) and \(upper)", mend: "give the smaller number first")
    }
    self.lower = lower
    self.upper = upper
  }

  public var mean: Double { 0.5 * (lower + upper) }
  public var variance: Double { (upper - lower) * (upper - lower) / 12 }

  /// log(b − a) nats.
  public var entropy: Double { log(upper - lower) }

  @inlinable
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    generator.uniform(from: lower, to: upper)
  }

  @inlinable
  public func logDensity(at x: Double) -> Double {
    x >= lower && x <= upper ? -log(upper - lower) : -.infinity
  }

  public func cumulative(at x: Double) -> Double {
    min(1, max(0, (x - lower) / (upper - lower)))
  }

  /// The x with P(X ≤ x) = probability.
  public func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else {
      fail(
        expected: "a probability between 0 and 1 for a quantile", found: "\(probability)",
        mend: "a percentage must be divided by 100")
    }
    return lower + (upper - lower) * probability
  }
}
