import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Jensen–Shannon divergence JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = ½ (p + q), in nats.
///
/// It averages the divergences to the *mixture*, not those between p and q. It lies between 0, reached
/// only where p = q, and log 2, reached only where p and q share nothing.
/// Source: Lin, *Divergence measures based on the Shannon entropy* (1991).
public enum JS {
  /// ½ Σ pᵢ log(pᵢ/mᵢ) + ½ Σ qᵢ log(qᵢ/mᵢ).
  public static func divergence(_ p: Categorical, _ q: Categorical) -> Double {
    let middle = p.mixed(with: q)
    return 0.5 * KL.divergence(p, middle) + 0.5 * KL.divergence(q, middle)
  }

  /// Half the mean of log(p/m) over draws from p and half that of log(q/m) over as many from q.
  @inlinable
  public static func estimate<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, draws: Int, using generator: inout some RandomNumberGenerator
  ) -> Estimate where P.Outcome == Q.Outcome {
    let fromP = Estimate(
      of: p.sample(draws, using: &generator).map {
        logShare(p.logDensity(at: $0), of: q.logDensity(at: $0))
      })
    let fromQ = Estimate(
      of: q.sample(draws, using: &generator).map {
        logShare(q.logDensity(at: $0), of: p.logDensity(at: $0))
      })
    let squares =
      fromP.standardError * fromP.standardError + fromQ.standardError * fromQ.standardError
    return Estimate(
      value: 0.5 * (fromP.value + fromQ.value), standardError: 0.5 * squares.squareRoot(),
      count: 2 * draws)
  }

  /// ½ ∫ (p log(p/m) + q log(q/m)) over an interval that holds all but a negligible part of both.
  public static func quadrature<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, over interval: ClosedRange<Double>
  ) -> Integral where P.Outcome == Double, Q.Outcome == Double {
    integrate(over: interval) { x in
      let logP = p.logDensity(at: x)
      let logQ = q.logDensity(at: x)
      let fromP = logP == -.infinity ? 0 : exp(logP) * logShare(logP, of: logQ)
      let fromQ = logQ == -.infinity ? 0 : exp(logQ) * logShare(logQ, of: logP)
      return 0.5 * (fromP + fromQ)
    }
  }

  /// log(a / ½(a + b)) from the logarithms of a and b.
  @inlinable
  static func logShare(_ logA: Double, of logB: Double) -> Double {
    log(2.0) + logA - logAddExp(logA, logB)
  }
}
