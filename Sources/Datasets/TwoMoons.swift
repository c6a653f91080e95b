import Distributions
import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Two half circles of radius 1 that reach into one another, blurred by noise: a point in the plane is
///
///     (cos t, sin t) + σe   or   (1 − cos t, ½ − sin t) + σe,
///
/// one as likely as the other, with t even over [0, π] and e ~ N(0, I).
///
/// Made by the program; the shape is scikit-learn's `make_moons` (Pedregosa et al., 2011).
public struct TwoMoons: Distribution, Hashable {
  /// σ.
  public let deviation: Double

  public init(deviation: Double = 0.1) {
    if !(deviation > 0 && deviation.isFinite) {
      fail(
        expected: "a positive, finite deviation for TwoMoons", found: "\(deviation)",
        mend: "give the standard deviation of the noise")
    }
    self.deviation = deviation
  }

  public func sample(using generator: inout some RandomNumberGenerator) -> [Double] {
    let isUpper = generator.uniform() < 0.5
    let angle = generator.uniform(from: 0, to: .pi)
    let (x, y) = (cos(angle), sin(angle))
    return [
      (isUpper ? x : 1 - x) + deviation * generator.normal(),
      (isUpper ? y : 0.5 - y) + deviation * generator.normal(),
    ]
  }

  /// log p(x) = log ½(m(x₁, x₂) + m(1 − x₁, ½ − x₂)) with the density of the upper moon
  ///
  ///     m(x) = 1/π ∫ N(x; (cos t, sin t), σ²I) dt  over [0, π],
  ///
  /// by quadrature; its error is below 10⁻⁹ of the value.
  public func logDensity(at point: [Double]) -> Double {
    if point.count != 2 {
      fail(
        expected: "a point of 2 coordinates for TwoMoons", found: "\(point.count) coordinates",
        mend: "give x and y")
    }
    return logAddExp(
      logUpperMoon(point[0], point[1]), logUpperMoon(1 - point[0], 0.5 - point[1])) - log(2)
  }

  private func logUpperMoon(_ x: Double, _ y: Double) -> Double {
    // ‖x − (cos t, sin t)‖² = (r − 1)² + 4r sin²½(t − θ) in polar coordinates (r, θ).
    let (radius, angle) = ((x * x + y * y).squareRoot(), atan2(y, x))
    let variance = deviation * deviation
    func exponent(_ t: Double) -> Double {
      let half = sin((t - angle) / 2)
      return -2 * radius * half * half / variance
    }
    // Peaks lie at θ or at the ends, where the quadrature's points are densest.
    let top = min(max(angle, 0), .pi)
    let largest = max(exponent(0), exponent(top), exponent(.pi))
    let integral = [0...top, top...Double.pi].reduce(0) { sum, span in
      sum + integrate(over: span, tolerance: 1e-12) { exp(exponent($0) - largest) }.value
    }
    let offset = radius - 1
    return log(integral) + largest - offset * offset / (2 * variance)
      - log(2 * Double.pi * Double.pi * variance)
  }
}
