import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct DivergenceTests {
  @Test func categoricalDivergencesAreTheirSums() {
    let p = Categorical([0.5, 0.25, 0.25, 0])
    let q = Categorical([0.25, 0.25, 0.25, 0.25])
    #expect(near(KL.divergence(p, q), 0.5 * log(2.0), 1e-15))
    #expect(KL.divergence(q, p) == .infinity)
    #expect(near(TotalVariation.distance(p, q), 0.25, 1e-16))
    var random = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let p = Categorical.random(outcomes: 6, using: &random)
      let q = Categorical.random(outcomes: 6, using: &random)
      let m = p.mixed(with: q)
      let kl = zip(p.probabilities, q.probabilities).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
      #expect(near(KL.divergence(p, q), kl, 1e-12))
      #expect(near(p.crossEntropy(with: q) - p.entropy, kl, 1e-12))
      #expect(near(JS.divergence(p, q), m.entropy - 0.5 * (p.entropy + q.entropy), 1e-12))
      #expect(KL.divergence(p, q) >= 2 * pow(TotalVariation.distance(p, q), 2))  // Pinsker
      #expect(JS.divergence(p, q) < log(2.0) && JS.divergence(p, q) > 0)
      #expect(KL.divergence(p, p) == 0 && JS.divergence(p, p) == 0)
    }
  }

  @Test func distributionsThatShareNothingAreAsFarApartAsCanBe() {
    let (p, q) = (Categorical([0.3, 0.7, 0, 0]), Categorical([0, 0, 0.1, 0.9]))
    #expect(near(JS.divergence(p, q), log(2.0), 1e-15))
    #expect(TotalVariation.distance(p, q) == 1)
    #expect(near(JS.quadrature(Uniform(0, 1), Uniform(2, 3), over: -1...4).value, log(2.0), 1e-9))
    #expect(KL.quadrature(Uniform(0, 1), Uniform(2, 3), over: -1...4).value == .infinity)
    var random = SeededGenerator(seed: 2)
    let estimate = KL.estimate(Uniform(0, 1), Uniform(2, 3), draws: 10, using: &random)
    #expect(estimate.value == .infinity)
    let js = JS.estimate(Uniform(0, 1), Uniform(2, 3), draws: 10, using: &random)
    #expect(near(js.value, log(2.0), 1e-15) && js.standardError < 1e-15 && js.count == 20)
  }

  @Test func normalDivergenceIsItsIntegralAndItsEstimate() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<10 {
      let p = Normal.random(using: &random)
      let q = Normal.random(using: &random)
      let width = 12 * max(p.deviation, q.deviation) + 5
      let exact = KL.divergence(p, q)
      let integral = KL.quadrature(p, q, over: -width...width)
      #expect(near(exact, integral.value, 1e-8 * max(1, exact)))
      #expect(near(KL.estimate(p, q, draws: 10_000, using: &random), exact))
      #expect(near(exact, p.crossEntropy(with: q) - p.entropy, 1e-12 * max(1, exact)))
      #expect(exact > 0 && KL.divergence(p, p) == 0)
    }
  }

  @Test func jensenShannonOfNormalsIsEstimatedAndIntegratedAlike() {
    var random = SeededGenerator(seed: 4)
    let (p, q) = (Normal(mean: 0, deviation: 1), Normal(mean: 1.5, deviation: 0.7))
    let m = Mixture(weights: [0.5, 0.5], of: [p, q])
    let js = JS.quadrature(p, q, over: -15...15)
    let tv = TotalVariation.quadrature(p, q, over: -15...15)
    let halves =
      0.5 * KL.quadrature(p, m, over: -15...15).value
      + 0.5 * KL.quadrature(q, m, over: -15...15).value
    #expect(near(js.value, halves, 1e-9) && js.error < 1e-9)
    #expect(near(JS.estimate(p, q, draws: 20_000, using: &random), js.value))
    #expect(near(TotalVariation.estimate(p, q, draws: 20_000, using: &random), tv.value))
    #expect(js.value < log(2.0) && tv.value < 1)
    // Two normals of one deviation, d apart: TV = 2 Φ(d/2σ) − 1.
    let shifted = Normal(mean: 1, deviation: 1)
    #expect(
      near(
        TotalVariation.quadrature(p, shifted, over: -15...15).value, erf(0.5 / 2.0.squareRoot()),
        1e-9))
  }

  @Test func anEstimateErrorsAsItsStandardErrorSays() {
    var random = SeededGenerator(seed: 5)
    let (p, q) = (Normal(mean: 0, deviation: 1), Normal(mean: 1.5, deviation: 0.7))
    let truth = JS.quadrature(p, q, over: -15...15).value
    let misses = (0..<500).count { _ in
      let estimate = JS.estimate(p, q, draws: 200, using: &random)
      return abs(estimate.value - truth) > 2 * estimate.standardError
    }
    // About 4.6 % of 500, with deviation 4.7.
    #expect(misses > 5 && misses < 45)
  }

  @Test func multivariateDivergenceIsItsIntegralAndItsEstimate() {
    var random = SeededGenerator(seed: 6)
    for dimension in 1...5 {
      let p = MultivariateNormal.random(dimension: dimension, using: &random)
      let q = MultivariateNormal.random(dimension: dimension, using: &random)
      let exact = KL.divergence(p, q)
      #expect(near(KL.estimate(p, q, draws: 20_000, using: &random), exact))
      #expect(near(exact, p.crossEntropy(with: q) - p.entropy, 1e-12 * max(1, exact)))
      #expect(exact > 0 && near(KL.divergence(p, p), 0, 1e-12))
    }
    let p = MultivariateNormal(mean: [0.5, 0], covariance: [[1, 0.5], [0.5, 0.8]])
    let q = MultivariateNormal(mean: [0, 0.3], deviations: [1.2, 0.9])
    for (p, q) in [(p, q), (q, p)] {
      let integral = integrate(over: -12...12, -12...12) { x, y in
        let logP = p.logDensity(at: [x, y])
        return exp(logP) * (logP - q.logDensity(at: [x, y]))
      }
      #expect(near(KL.divergence(p, q), integral.value, 1e-8))
    }
  }

  @Test func divergenceIsSummedOverDimensionsNotAveraged() {
    let p = MultivariateNormal(mean: [1, 1, 1], deviation: 1)
    #expect(near(KL.divergence(p, .standard(3)), 1.5, 1e-15))
  }

  @Test func theSlidesPenaltyIsNotTheDivergence() {
    // With σ the log-deviation, KL = ½ (e^{2σ} − 1 − 2σ + m²); with σ the log-variance, half the slide's.
    let (sigma, m) = (0.7, 0.3)
    let asDeviation = KL.divergence(Normal(mean: m, deviation: exp(sigma)), .standard)
    #expect(near(asDeviation, 0.5 * (exp(2 * sigma) - 1 - 2 * sigma + m * m), 1e-15))
    #expect(near(asDeviation, 0.8726, 5e-5))
    let asVariance = KL.divergence(Normal(mean: m, deviation: exp(0.5 * sigma)), .standard)
    #expect(near(2 * asVariance, exp(sigma) - (1 + sigma) + m * m, 1e-15))
    #expect(near(2 * asVariance, 0.4038, 5e-5))
  }
}
