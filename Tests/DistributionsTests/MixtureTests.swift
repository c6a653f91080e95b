import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct MixtureTests {
  static let plane = Mixture(
    weights: [0.5, 0.3, 0.2],
    of: [
      MultivariateNormal(mean: [-2, 0], deviation: 0.6),
      MultivariateNormal(mean: [2, 0], covariance: [[0.5, 0.3], [0.3, 0.4]]),
      MultivariateNormal(mean: [0, 2.5], deviations: [0.4, 0.8]),
    ])

  @Test func theDensityIsTheWeightedSum() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let mixture = Mixture<Normal>.random(components: 4, using: &random)
      let x = 3 * random.normal()
      let expected = zip(mixture.weights, mixture.components).reduce(0) {
        $0 + $1.0 * $1.1.density(at: x)
      }
      #expect(near(mixture.logDensity(at: x), log(expected), 1e-12))
    }
    let mass = integrate(over: -9...9, -9...9) { x, y in Self.plane.density(at: [x, y]) }
    #expect(near(mass.value, 1, 1e-9))
  }

  @Test func farAwayTheLogDensityDoesNotUnderflow() {
    let mixture = Mixture(
      weights: [0.5, 0.5], of: [Normal.standard, Normal(mean: 1, deviation: 1)])
    let alone = log(0.5) + Normal(mean: 1, deviation: 1).logDensity(at: 1_000)
    #expect(near(mixture.logDensity(at: 1_000), alone, 1e-9))
    #expect(near(mixture.posterior(given: 1_000)[1], 1, 1e-12))
    let boxes = Mixture(weights: [0.5, 0.5], of: [Uniform(0, 1), Uniform(2, 3)])
    #expect(boxes.logDensity(at: 1.5) == -.infinity && boxes.density(at: 2.5) == 0.5)
    #expect(boxes.posterior(given: 1.5) == [0.5, 0.5] && boxes.posterior(given: 2.5) == [0, 1])
  }

  @Test func thePosteriorIsBayesRule() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<100 {
      let x = Self.plane.sample(using: &random)
      let posterior = Self.plane.posterior(given: x)
      for (m, component) in Self.plane.components.enumerated() {
        let joint = Self.plane.weights[m] * component.density(at: x)
        #expect(near(posterior[m], joint / Self.plane.density(at: x), 1e-12))
      }
    }
  }

  @Test func meanAndCovarianceFollowTheTotalLaws() {
    #expect(distance(Self.plane.mean, [-0.4, 0.5]) < 1e-15)
    let mean = Self.plane.mean
    let covariance = Self.plane.covariance
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
      let integral = integrate(over: -9...9, -9...9) { x, y in
        let offset = [x - mean[0], y - mean[1]]
        return offset[i] * offset[j] * Self.plane.density(at: [x, y])
      }
      #expect(near(covariance[i][j], integral.value, 1e-8))
      #expect(covariance[i][j] == covariance[j][i])
    }
  }

  @Test func drawsComeFromTheComponentTheyName() {
    var random = SeededGenerator(seed: 3)
    let draws = (0..<30_000).map { _ in Self.plane.sampleWithComponent(using: &random) }
    #expect(ChiSquared(of: draws.map(\.component), against: Self.plane.choice).pValue > 1e-3)
    for (m, component) in Self.plane.components.enumerated() {
      let own = draws.filter { $0.component == m }.map(\.outcome)
      for axis in 0..<2 {
        let line = Normal(mean: component.mean[axis], deviation: component.deviations[axis])
        #expect(KolmogorovSmirnov(of: own.map { $0[axis] }, against: line).pValue > 1e-3)
      }
    }
  }

  @Test func aMixtureMayBeMadeOfMixtures() {
    let pair = Mixture(weights: [0.5, 0.5], of: [Normal.standard, Normal(mean: 4, deviation: 1)])
    let nested = Mixture(weights: [0.4, 0.6], of: [pair, pair])
    #expect(near(nested.logDensity(at: 1), pair.logDensity(at: 1), 1e-14))
    #expect(near(nested.mean, 2, 1e-15) && near(nested.variance, 5, 1e-14))
  }
}
