import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The normal distribution on the line, N(μ, σ²):
/// p(x) = exp(−(x − μ)² / 2σ²) / (σ √2π).
public struct Normal: UnivariateDistribution, Hashable {
  /// μ.
  public let mean: Double
  /// σ, the standard deviation (not the variance); positive.
  public let deviation: Double
  /// −log(σ √2π), kept so that a density costs no logarithm.
  @usableFromInline let logPeak: Double

  /// N(mean, deviation²). The deviation must be positive and both numbers finite.
  public init(mean: Double, deviation: Double) {
    guard mean.isFinite else {
      fail(
        expected: "a finite mean for Normal", found: "\(mean)", mend: "check how it was computed")
    }
    guard deviation > 0, deviation.isFinite else {
      fail(
        expected: "a positive, finite deviation for Normal", found: "\(deviation)",
        mend: "give the standard deviation σ, the square root of the variance")
    }
    self.mean = mean
    self.deviation = deviation
    logPeak = -log(deviation) - 0.5 * log(2 * Double.pi)
  }

  /// N(0, 1).
  public static let standard = Normal(mean: 0, deviation: 1)

  public var variance: Double { deviation * deviation }

  @inlinable
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    mean + deviation * generator.normal()
  }

  @inlinable
  public func logDensity(at x: Double) -> Double {
    let z = (x - mean) / deviation
    return logPeak - 0.5 * z * z
  }

  /// Φ((x − μ)/σ), from the complementary error function, so that the lower tail keeps its digits.
  public func cumulative(at x: Double) -> Double {
    0.5 * erfc((mean - x) / (deviation * 2.0.squareRoot()))
  }

  /// The x with P(X ≤ x) = probability: −∞ at 0 and +∞ at 1.
  ///
  /// Newton's method on log Φ, which is concave: started to the left of the root, it climbs to it
  /// without ever overshooting.
  public func quantile(_ probability: Double) -> Double {
    guard probability >= 0, probability <= 1 else {
      fail(
        expected: "a probability between 0 and 1 for a quantile", found: "\(probability)",
        mend: "a percentage must be divided by 100")
    }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    if probability == 0.5 { return mean }
    let tail = min(probability, 1 - probability)
    // Φ(−t) ≤ ½ exp(−t²/2) puts the start left of the root; beyond −38 Φ itself underflows.
    var z = max(-(-2 * log(tail)).squareRoot(), -38)
    for _ in 0..<60 {
      let below = Normal.standard.cumulative(at: z)
      let step = below * log(tail / below) / Normal.standard.density(at: z)
      z += step
      if abs(step) <= 1e-16 * (1 + abs(z)) { break }
    }
    return mean + deviation * (probability < 0.5 ? z : -z)
  }

  /// ½ log(2πe σ²) nats.
  public var entropy: Double { 0.5 - logPeak }

  /// E_p[−log q] = log(σ_q √2π) + (σ_p² + (μ_p − μ_q)²) / 2σ_q².
  public func crossEntropy(with q: Normal) -> Double {
    let gap = (mean - q.mean) / q.deviation
    let ratio = deviation / q.deviation
    return 0.5 * (ratio * ratio + gap * gap) - q.logPeak
  }
}
