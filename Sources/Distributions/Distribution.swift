import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A probability distribution: something one can draw from, and ask how likely an outcome is.
///
/// The density is taken with respect to length, area or volume where outcomes are continuous, and is a
/// probability where they are discrete. Logarithms are natural, so information is measured in nats.
public protocol Distribution<Outcome>: Sendable {
  associatedtype Outcome

  /// One draw.
  func sample(using generator: inout some RandomNumberGenerator) -> Outcome

  /// log p(x); −∞ where the density is zero.
  func logDensity(at outcome: Outcome) -> Double
}

extension Distribution {
  /// p(x).
  @inlinable
  public func density(at outcome: Outcome) -> Double {
    exp(logDensity(at: outcome))
  }

  /// `count` independent draws.
  @inlinable
  public func sample(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Outcome] {
    var draws: [Outcome] = []
    draws.reserveCapacity(count)
    for _ in 0..<count { draws.append(sample(using: &generator)) }
    return draws
  }

  /// The mean of log p(x) over points: the number that maximum likelihood makes as large as it can.
  @inlinable
  public func meanLogDensity(at points: [Outcome]) -> Double {
    var sum = 0.0
    for point in points { sum += logDensity(at: point) }
    return sum / Double(points.count)
  }
}

/// A distribution over the real line, with the numbers that describe it there.
public protocol UnivariateDistribution: Distribution where Outcome == Double {
  var mean: Double { get }

  /// E (x − E x)².
  var variance: Double { get }

  /// F(x) = P(X ≤ x).
  func cumulative(at x: Double) -> Double
}

extension UnivariateDistribution {
  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }
}
