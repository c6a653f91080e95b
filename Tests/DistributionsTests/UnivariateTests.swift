import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct UnivariateTests {
  static let normal = Normal(mean: 0.7, deviation: 1.3)
  static let mixture = Mixture(
    weights: [0.5, 0.3, 0.2],
    of: [
      Normal(mean: -2, deviation: 0.6), Normal(mean: 1, deviation: 0.3),
      Normal(mean: 3, deviation: 1),
    ])

  @Test func aNormalDensityIsTheTextbookFormula() {
    let expected = exp(-0.5 * pow((2 - 0.7) / 1.3, 2)) / (1.3 * sqrt(2 * Double.pi))
    #expect(near(Self.normal.density(at: 2), expected, 1e-16))
  }

  @Test func densitiesIntegrateToOne() {
    #expect(near(integrate(over: -20...20) { Self.normal.density(at: $0) }.value, 1, 1e-11))
    #expect(near(integrate(over: -20...20) { Self.mixture.density(at: $0) }.value, 1, 1e-11))
    #expect(
      near(integrate(over: -2...5) { Uniform(-1.5, 4).density(at: $0) }.value, 1, 1e-10))
  }

  @Test func momentsAreThoseOfTheDensity() {
    func check(_ distribution: some UnivariateDistribution) {
      let mean = integrate(over: -20...20) { $0 * distribution.density(at: $0) }.value
      let square = integrate(over: -20...20) { $0 * $0 * distribution.density(at: $0) }.value
      #expect(near(distribution.mean, mean, 1e-9))
      #expect(near(distribution.variance, square - mean * mean, 1e-8))
      #expect(near(distribution.standardDeviation, sqrt(square - mean * mean), 1e-8))
    }
    check(Self.normal)
    check(Self.mixture)
    check(Uniform(-1.5, 4))
  }

  @Test func theCumulativeIsTheIntegralOfTheDensity() {
    func check(_ distribution: some UnivariateDistribution) {
      for x in [-3.0, -1, 0, 0.5, 1.1, 2, 3.9] {
        let below = integrate(over: -20...x) { distribution.density(at: $0) }.value
        #expect(near(distribution.cumulative(at: x), below, 1e-10))
      }
    }
    check(Self.normal)
    check(Self.mixture)
    check(Uniform(-1.5, 4))
  }

  @Test func quantilesUndoTheCumulative() {
    for p in [1e-300, 1e-100, 1e-16, 1e-5, 0.01, 0.3, 0.5, 0.8, 0.999] {
      let x = Normal.standard.quantile(p)
      #expect(near(Normal.standard.cumulative(at: x) / p, 1, 1e-12), "\(p)")
      #expect(near(Uniform(2, 6).cumulative(at: Uniform(2, 6).quantile(p)), p, 1e-15))
    }
    #expect(near(Normal.standard.quantile(0.975), 1.959_963_984_540_054, 1e-14))
    #expect(near(Self.normal.quantile(0.025), 0.7 - 1.3 * 1.959_963_984_540_054, 1e-13))
    #expect(Self.normal.quantile(0.5) == 0.7)
    #expect(Self.normal.quantile(0) == -.infinity && Self.normal.quantile(1) == .infinity)
  }

  @Test func drawsFollowTheCumulative() {
    var random = SeededGenerator(seed: 1)
    func check(_ distribution: some UnivariateDistribution) -> Double {
      KolmogorovSmirnov(of: distribution.sample(20_000, using: &random), against: distribution)
        .pValue
    }
    #expect(check(Self.normal) > 1e-3)
    #expect(check(Self.mixture) > 1e-3)
    #expect(check(Uniform(-1.5, 4)) > 1e-3)
    // And the test does tell a wrong distribution.
    let shifted = Self.normal.sample(20_000, using: &random).map { $0 + 0.1 }
    #expect(KolmogorovSmirnov(of: shifted, against: Self.normal).pValue < 1e-6)
  }

  @Test func entropyIsMinusTheMeanLogDensity() {
    var random = SeededGenerator(seed: 2)
    let q = Normal(mean: -0.4, deviation: 0.8)
    #expect(
      near(Self.normal.entropy, Entropy.quadrature(Self.normal, over: -20...20).value, 1e-10))
    #expect(near(Entropy.estimate(Self.normal, draws: 20_000, using: &random), Self.normal.entropy))
    #expect(
      near(
        Self.normal.crossEntropy(with: q),
        CrossEntropy.quadrature(Self.normal, q, over: -20...20).value, 1e-9))
    #expect(
      near(
        CrossEntropy.estimate(Self.normal, q, draws: 20_000, using: &random),
        Self.normal.crossEntropy(with: q)))
    #expect(near(Uniform(-1.5, 4).entropy, log(5.5), 1e-15))
    let exact = Entropy.quadrature(Self.mixture, over: -12...12)
    #expect(exact.error < 1e-10)
    #expect(near(Entropy.estimate(Self.mixture, draws: 20_000, using: &random), exact.value))
  }

  @Test func outsideItsIntervalAUniformRulesOutEverything() {
    let p = Uniform(0, 1)
    #expect(p.logDensity(at: 1.0001) == -.infinity && p.density(at: -1) == 0)
    #expect(p.cumulative(at: -1) == 0 && p.cumulative(at: 2) == 1)
  }

  @Test func theMeanLogDensityIsWhatMaximumLikelihoodRaises() {
    let points = [-1.0, 0.5, 2.0, 0.3]
    let best = Normal(fitting: points)
    #expect(near(best.mean, points.mean(), 1e-15) && near(best.variance, points.variance(), 1e-15))
    for (shift, stretch) in [(0.1, 1.0), (-0.1, 1.0), (0.0, 1.1), (0.0, 0.9)] {
      let other = Normal(mean: best.mean + shift, deviation: best.deviation * stretch)
      #expect(other.meanLogDensity(at: points) < best.meanLogDensity(at: points))
    }
  }
}
