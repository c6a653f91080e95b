import Randomness

/// Entropy where there is no formula: H(p) = −E_p log p, in nats.
///
/// Where there is one it is a property: `Normal(mean: 0, deviation: 1).entropy`.
public enum Entropy {
  /// The mean of −log p(x) over draws from p.
  @inlinable
  public static func estimate<P: Distribution>(
    _ p: P, draws: Int, using generator: inout some RandomNumberGenerator
  ) -> Estimate {
    Estimate(of: p.sample(draws, using: &generator).map { -p.logDensity(at: $0) })
  }

  /// −∫ p log p over an interval that holds all but a negligible part of p.
  public static func quadrature<P: Distribution>(
    _ p: P, over interval: ClosedRange<Double>
  ) -> Integral where P.Outcome == Double {
    CrossEntropy.quadrature(p, p, over: interval)
  }
}

/// Cross-entropy where there is no formula: H(p, q) = −E_p log q, in nats.
///
/// Where there is one it is a method: `p.crossEntropy(with: q)`.
public enum CrossEntropy {
  /// The mean of −log q(x) over draws from p.
  @inlinable
  public static func estimate<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, draws: Int, using generator: inout some RandomNumberGenerator
  ) -> Estimate where P.Outcome == Q.Outcome {
    Estimate(of: p.sample(draws, using: &generator).map { -q.logDensity(at: $0) })
  }

  /// −∫ p log q over an interval that holds all but a negligible part of p.
  public static func quadrature<P: Distribution, Q: Distribution>(
    _ p: P, _ q: Q, over interval: ClosedRange<Double>
  ) -> Integral where P.Outcome == Double, Q.Outcome == Double {
    integrateAllowingInfinity(over: interval) { x in
      divergenceTerm(p.density(at: x), logP: 0, logQ: q.logDensity(at: x))
    }
  }
}

/// An integral whose integrand may be +∞ where one distribution allows what the other rules out: there
/// the integral is +∞.
func integrateAllowingInfinity(
  over interval: ClosedRange<Double>, _ f: (Double) -> Double
) -> Integral {
  var infinite = false
  let integral = integrate(over: interval) { x in
    let y = f(x)
    if y == .infinity { infinite = true }
    return y == .infinity ? 0 : y
  }
  return infinite
    ? Integral(value: .infinity, error: 0, evaluations: integral.evaluations) : integral
}
