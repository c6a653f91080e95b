import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Kullback–Leibler divergence KL(p ‖ q) = E_p [log p(x) − log q(x)], in nats, summed (never
/// averaged) over dimensions.
///
/// Zero only where p = q, +∞ where p allows what q rules out. `divergence` is a formula, `quadrature` an
/// integral with its error, `estimate` a mean over draws with its standard error.
/// Source: Kullback & Leibler, *On information and sufficiency* (1951).
public enum KL {
  /// Σ pᵢ log(pᵢ/qᵢ).
  public static func divergence(_ p: Categorical, _ q: Categorical) -> Double {
    requireSameOutcomes(p, q)
    return p.expectation { p.logProbabilities[$0] - q.logProbabilities[$0] }
  }

  /// log(σ_q/σ_p) + (σ_p² + (μ_p − μ_q)²) / 2σ_q² − ½.
  public static func divergence(_ p: Normal, _ q: Normal) -> Double {
    let gap = (p.mean - q.mean) / q.deviation
    let ratio = p.deviation / q.deviation
    return 0.5 * (gap * gap + (ratio - 1) * (ratio + 1)) - log(ratio)
  }

  /// ½ (tr Σ_q⁻¹ Σ_p + (μ_p − μ_q)ᵀ Σ_q⁻¹ (μ_p − μ_q) − d + log det Σ_q / det Σ_p).
  public static func divergence(_ p: MultivariateNormal, _ q: MultivariateNormal) -> Double {
    let squares = q.traceOfPrecision(times: p) + q.squaredDistance(to: p.mean)
    return 0.5 * (squares - Double(p.dimension)) + (p.logPeak - q.logPeak)
  }

  /// The mean of log p(x) − log q(x) over draws from p.
  @inlinable
  public static func estimate<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, draws: Int, using generator: inout some RandomNumberGenerator
  ) -> Estimate where P.Outcome == Q.Outcome {
    Estimate(
      of: p.sample(draws, using: &generator).map { p.logDensity(at: $0) - q.logDensity(at: $0) })
  }

  /// ∫ p (log p − log q) over an interval that holds all but a negligible part of p.
  public static func quadrature<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, over interval: ClosedRange<Double>
  ) -> Integral where P.Outcome == Double, Q.Outcome == Double {
    integrateAllowingInfinity(over: interval) { x in
      let logP = p.logDensity(at: x)
      return divergenceTerm(exp(logP), logP: logP, logQ: q.logDensity(at: x))
    }
  }
}
