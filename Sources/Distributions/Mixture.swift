import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A mixture of distributions: p(x) = Σ_m P(m) p(x | m).
///
/// Drawn in two steps: first the component m, then the outcome from that component.
public struct Mixture<Component: Distribution>: Distribution {
  public typealias Outcome = Component.Outcome

  /// P(m), which component is drawn.
  public let choice: Categorical
  /// p(x | m).
  public let components: [Component]

  /// The mixture of `components`, as many as weights; the weights must sum to 1.
  public init(weights: [Double], of components: [Component]) {
    self.init(choice: Categorical(weights), components: components)
  }

  init(choice: Categorical, components: [Component]) {
    if choice.count != components.count {
      fail(
        expected: "as many components as weights, \(choice.count)",
        found: "\(components.count) components", mend: "give each component one weight")
    }
    self.choice = choice
    self.components = components
  }

  /// P(m) of each component.
  public var weights: [Double] { choice.probabilities }

  @inlinable
  public func sample(using generator: inout some RandomNumberGenerator) -> Outcome {
    sampleWithComponent(using: &generator).outcome
  }

  /// One draw, with the component it came from.
  @inlinable
  public func sampleWithComponent(
    using generator: inout some RandomNumberGenerator
  ) -> (component: Int, outcome: Outcome) {
    let component = choice.sample(using: &generator)
    return (component, components[component].sample(using: &generator))
  }

  /// log Σ P(m) p(x | m), with the largest term taken out as it is met.
  @inlinable
  public func logDensity(at outcome: Outcome) -> Double {
    var largest = -Double.infinity
    var sum = 0.0
    for m in 0..<components.count {
      let joint = logJoint(m, outcome)
      if joint > largest {
        sum = sum * exp(largest - joint) + 1
        largest = joint
      } else if joint > -.infinity {
        sum += exp(joint - largest)
      }
    }
    return largest + log(sum)
  }

  /// The posterior P(m | x) = P(m) p(x | m) / p(x): each component's responsibility for the outcome.
  ///
  /// Where the density is zero nothing can be said, and the answer is the prior P(m).
  public func posterior(given outcome: Outcome) -> [Double] {
    let joints = components.indices.map { logJoint($0, outcome) }
    let evidence = logSumExp(joints)
    return evidence > -.infinity ? joints.map { exp($0 - evidence) } : weights
  }

  /// log P(m) + log p(x | m).
  @inlinable
  func logJoint(_ m: Int, _ outcome: Outcome) -> Double {
    choice.logProbabilities[m] + components[m].logDensity(at: outcome)
  }
}

extension Mixture: Equatable where Component: Equatable {}

extension Mixture: UnivariateDistribution where Component: UnivariateDistribution {
  /// E x = Σ P(m) μ_m.
  public var mean: Double { choice.expectation { components[$0].mean } }

  /// The law of total variance: the mean of the variances, and the variance of the means.
  public var variance: Double {
    let centre = mean
    return choice.expectation { m in
      let offset = components[m].mean - centre
      return components[m].variance + offset * offset
    }
  }

  public func cumulative(at x: Double) -> Double {
    choice.expectation { components[$0].cumulative(at: x) }
  }
}

extension Mixture where Component == MultivariateNormal {
  public var dimension: Int { components[0].dimension }

  /// E x = Σ P(m) μ_m.
  public var mean: [Double] { components.map(\.mean).mean(weights: weights) }

  /// The law of total covariance: the mean of the covariances, and the covariance of the means.
  public var covariance: [[Double]] {
    var total = components.map(\.mean).covariance(weights: weights)
    for (weight, component) in zip(weights, components) {
      let within = component.covariance
      for i in total.indices { for j in total.indices { total[i][j] += weight * within[i][j] } }
    }
    return total
  }
}
