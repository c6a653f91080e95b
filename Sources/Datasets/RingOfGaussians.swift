import Distributions
import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Mixture where Component == MultivariateNormal {
  /// Equally likely round bumps in the plane, evenly spaced on a circle about the origin, the first at
  /// (radius, 0) and the rest counterclockwise: the usual first test of whether a generator finds all
  /// modes, with an exact density.
  ///
  /// Made by the program. Source: Metz et al., *Unrolled generative adversarial networks*, ICLR 2017,
  /// with 8 bumps.
  public static func ring(
    of count: Int = 8, radius: Double = 2, deviation: Double = 0.1
  ) -> Mixture {
    if count < 1 {
      fail(
        expected: "a ring of at least one bump", found: "\(count)",
        mend: "give how many stand on the circle")
    }
    return Mixture(
      weights: [Double](repeating: 1 / Double(count), count: count),
      of: (0..<count).map { index in
        let angle = 2 * Double.pi * Double(index) / Double(count)
        return MultivariateNormal(
          mean: [radius * cos(angle), radius * sin(angle)], deviation: deviation)
      })
  }
}
