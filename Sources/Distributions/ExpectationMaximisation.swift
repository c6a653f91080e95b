import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Fits a mixture to points by expectation–maximisation, one half step at a time.
///
/// With responsibilities r_nm, Jensen's inequality gives a lower bound on the log-likelihood:
///
///     Σ_n log p(x_n)  ≥  Σ_n Σ_m r_nm (log P(m) + log p(x_n | m) − log r_nm).
///
/// The expectation step raises the bound until it touches, by r_nm = P(m | x_n); the maximisation step
/// raises it by moving the mixture. So the log-likelihood never falls.
/// Sources: Dempster, Laird & Rubin (1977); Neal & Hinton, *A view of the EM algorithm* (1998).
///
/// A component that closes in on a single point would have an infinite likelihood. No standard deviation
/// may therefore fall below `smallestDeviation`; the components held up by it are listed in `collapsed`,
/// with those that no point belongs to, which keep their place. The likelihood still never falls, as long
/// as the initial mixture respects the bound too.
public struct ExpectationMaximisation<Component: MixtureComponent>: Sendable
where Component.Outcome: Sendable {
  public let points: [Component.Outcome]
  public private(set) var mixture: Mixture<Component>
  /// r_nm, a row for each point and a column for each component. Before the first expectation step every
  /// component has the same share.
  public private(set) var responsibilities: [[Double]]
  /// The components that the last maximisation step kept from collapsing.
  public private(set) var collapsed: [Int] = []
  public let smallestDeviation: Double

  /// Starts from a mixture. `smallestDeviation` is in the units of the points; by default a thousandth
  /// of the largest standard deviation of all the points together.
  public init(
    on points: [Component.Outcome], from mixture: Mixture<Component>,
    smallestDeviation: Double? = nil
  ) {
    if points.isEmpty {
      fail(
        expected: "points to fit a mixture to", found: "an empty list", mend: "check its source")
    }
    if let smallestDeviation, !(smallestDeviation >= 0 && smallestDeviation.isFinite) {
      fail(
        expected: "a smallest deviation that is finite and not negative",
        found: "\(smallestDeviation)", mend: "leave it out for a thousandth of the points' own")
    }
    self.points = points
    self.mixture = mixture
    self.smallestDeviation = smallestDeviation ?? 1e-3 * Self.pooled(points).largestDeviation
    let share = 1 / Double(mixture.components.count)
    responsibilities = points.map { _ in
      [Double](repeating: share, count: mixture.components.count)
    }
  }

  /// Starts from `components` equal weights, each with the shape of all points together, at points chosen
  /// far apart: each with probability proportional to its squared distance from those already chosen.
  /// Source: Arthur & Vassilvitskii, *k-means++* (2007).
  public init(
    on points: [Component.Outcome], components: Int, smallestDeviation: Double? = nil,
    using generator: inout some RandomNumberGenerator
  ) {
    guard components > 0, components <= points.count else {
      fail(
        expected: "between 1 and \(points.count) components, one for each point at most",
        found: "\(components)", mend: "ask for fewer components or give more points")
    }
    var centres = [points[Int.random(in: points.indices, using: &generator)]]
    var distances = points.map { Component.squaredDistance($0, centres[0]) }
    while centres.count < components {
      if !distances.contains(where: { $0 > 0 }) {
        fail(
          expected: "at least \(components) different points", found: "\(centres.count)",
          mend: "ask for fewer components")
      }
      let next = points[Categorical(proportionalTo: distances).sample(using: &generator)]
      centres.append(next)
      distances = zip(points, distances).map { min($1, Component.squaredDistance($0, next)) }
    }
    let shape = Self.pooled(points)
    let mixture = Mixture(
      choice: Categorical(uniformOver: components), components: centres.map(shape.moved))
    self.init(on: points, from: mixture, smallestDeviation: smallestDeviation)
  }

  /// One component fitted to all points.
  private static func pooled(_ points: [Component.Outcome]) -> Component {
    let weights = [Double](repeating: 1, count: points.count)
    // Points on a line or all alike must still give some shape: hence the tiny bound.
    return Component.fit(to: points, weights: weights, smallestDeviation: 1e-9).component
  }

  /// Sets r_nm = P(m | x_n); then the bound equals the log-likelihood.
  public mutating func expectationStep() {
    for index in points.indices {
      responsibilities[index] = mixture.posterior(given: points[index])
    }
  }

  /// Sets the weights to the mean responsibilities, and each component to the most likely one for the
  /// points weighted by them.
  public mutating func maximisationStep() {
    var components = mixture.components
    var totals = [Double](repeating: 0, count: components.count)
    collapsed = []
    for m in components.indices {
      let weights = responsibilities.map { $0[m] }
      totals[m] = weights.reduce(0, +)
      // Less than a millionth of one point: nothing to fit, so the component stays where it is.
      if totals[m] < 1e-6 {
        collapsed.append(m)
        continue
      }
      let fit = Component.fit(to: points, weights: weights, smallestDeviation: smallestDeviation)
      components[m] = fit.component
      if fit.collapsed { collapsed.append(m) }
    }
    mixture = Mixture(choice: Categorical(proportionalTo: totals), components: components)
  }

  /// An expectation step and a maximisation step.
  public mutating func step() {
    expectationStep()
    maximisationStep()
  }

  /// Steps until the mean log-likelihood of a point rises by less than `tolerance`, `limit` times at most;
  /// returns the log-likelihood before the first step and after each.
  @discardableResult
  public mutating func run(tolerance: Double = 1e-9, limit: Int = 1_000) -> [Double] {
    var history = [logLikelihood]
    for _ in 0..<limit {
      step()
      history.append(logLikelihood)
      let rise = history[history.count - 1] - history[history.count - 2]
      if abs(rise) <= tolerance * Double(points.count) { break }
    }
    return history
  }

  /// Σ_n log p(x_n), summed over the points.
  public var logLikelihood: Double {
    points.reduce(0) { $0 + mixture.logDensity(at: $1) }
  }

  /// Σ_n Σ_m r_nm (log P(m) + log p(x_n | m) − log r_nm), summed over the points; never above the
  /// log-likelihood.
  public var lowerBound: Double {
    var sum = 0.0
    for (point, shares) in zip(points, responsibilities) {
      for (m, share) in shares.enumerated() where share > 0 {
        sum += share * (mixture.logJoint(m, point) - log(share))
      }
    }
    return sum
  }
}
