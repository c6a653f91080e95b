import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The empirical distribution of points: a heap of mass wᵢ on each point xᵢ.
///
/// Points are numbers, vectors or anything that can be compared. Equal points may stand more than once:
/// their masses add.
public struct Empirical<Outcome: Equatable & Sendable>: Distribution, Equatable {
  public let points: [Outcome]
  /// Which point is drawn.
  public let choice: Categorical

  /// The same mass 1/n on each point.
  public init(_ points: [Outcome]) {
    if points.isEmpty {
      fail(expected: "at least one point for Empirical", found: "none", mend: "give it points")
    }
    self.points = points
    choice = Categorical(uniformOver: points.count)
  }

  /// Mass wᵢ / Σ w on the point xᵢ.
  public init(_ points: [Outcome], weights: [Double]) {
    if points.count != weights.count {
      fail(
        expected: "one weight for each of \(points.count) points",
        found: "\(weights.count) weights",
        mend: "give as many weights as points")
    }
    self.points = points
    choice = Categorical(proportionalTo: weights)
  }

  /// The mass on each point; they sum to 1.
  public var weights: [Double] { choice.probabilities }

  @inlinable
  public func sample(using generator: inout some RandomNumberGenerator) -> Outcome {
    points[choice.sample(using: &generator)]
  }

  /// The logarithm of the mass on the points equal to `outcome`; −∞ elsewhere. Looks at every point.
  public func logDensity(at outcome: Outcome) -> Double {
    log(zip(points, weights).reduce(0.0) { $1.0 == outcome ? $0 + $1.1 : $0 })
  }

  /// E f = Σ wᵢ f(xᵢ).
  @inlinable
  public func expectation(of f: (Outcome) -> Double) -> Double {
    choice.expectation { f(points[$0]) }
  }
}

extension Empirical: UnivariateDistribution where Outcome == Double {
  public var mean: Double { expectation { $0 } }

  public var variance: Double {
    let centre = mean
    return expectation { ($0 - centre) * ($0 - centre) }
  }

  public func cumulative(at x: Double) -> Double {
    zip(points, weights).reduce(0.0) { $1.0 <= x ? $0 + $1.1 : $0 }
  }
}

extension Empirical where Outcome == [Double] {
  /// Σ wᵢ xᵢ.
  public var mean: [Double] { points.mean(weights: weights) }

  /// Σ wᵢ (xᵢ − μ)(xᵢ − μ)ᵀ.
  public var covariance: [[Double]] { points.covariance(weights: weights) }
}
