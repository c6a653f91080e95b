import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The total variation distance TV(p, q) = ½ ∫ |p − q|: the largest difference the two can have about any
/// event. It lies between 0 and 1, and 1 means that p and q share nothing.
public enum TotalVariation {
  /// ½ Σ |pᵢ − qᵢ|.
  public static func distance(_ p: Categorical, _ q: Categorical) -> Double {
    requireSameOutcomes(p, q)
    return 0.5 * zip(p.probabilities, q.probabilities).reduce(0) { $0 + abs($1.0 - $1.1) }
  }

  /// The mean of max(0, 1 − q/p) over draws from p.
  @inlinable
  public static func estimate<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, draws: Int, using generator: inout some RandomNumberGenerator
  ) -> Estimate where P.Outcome == Q.Outcome {
    Estimate(
      of: p.sample(draws, using: &generator).map {
        max(0, -expm1(q.logDensity(at: $0) - p.logDensity(at: $0)))
      })
  }

  /// ½ ∫ |p − q| over an interval that holds all but a negligible part of both.
  public static func quadrature<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, over interval: ClosedRange<Double>
  ) -> Integral where P.Outcome == Double, Q.Outcome == Double {
    integrate(over: interval) { x in 0.5 * abs(p.density(at: x) - q.density(at: x)) }
  }
}
