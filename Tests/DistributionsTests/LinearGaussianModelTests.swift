import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct LinearGaussianModelTests {
  @Test func theEvidenceIsTheIntegralOverTheCode() {
    var random = SeededGenerator(seed: 1)
    for observed in 1...3 {
      let model = LinearGaussianModel.random(latent: 1, observed: observed, using: &random)
      let x = model.sample(using: &random).observation
      let integral = integrate(over: -12...12) { z in
        exp(model.prior.logDensity(at: [z]) + model.likelihood(given: [z]).logDensity(at: x))
      }
      #expect(near(log(integral.value), model.logEvidence(at: x), 1e-9))
    }
  }

  @Test func thePosteriorIsBayesRule() {
    var random = SeededGenerator(seed: 2)
    for (latent, observed) in [(1, 1), (2, 5), (4, 3)] {
      let model = LinearGaussianModel.random(latent: latent, observed: observed, using: &random)
      let (_, x) = model.sample(using: &random)
      for _ in 0..<5 {
        let z = random.normals(latent)
        let joint = model.prior.logDensity(at: z) + model.likelihood(given: z).logDensity(at: x)
        let posterior = model.posterior(given: x).logDensity(at: z)
        #expect(near(posterior, joint - model.logEvidence(at: x), 1e-11))
      }
    }
  }

  @Test func theEvidenceIsTheBoundPlusTheDivergence() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let model = LinearGaussianModel.random(latent: 2, observed: 3, using: &random)
      let x = model.sample(using: &random).observation
      let q = MultivariateNormal.random(dimension: 2, using: &random)
      let bound = model.evidenceLowerBound(at: x, using: q)
      let gap = KL.divergence(q, model.posterior(given: x))
      let scale = max(1, abs(bound), gap)
      #expect(near(model.logEvidence(at: x), bound + gap, 1e-12 * scale))
      #expect(near(bound, model.expectedLogJoint(at: x, using: q) + q.entropy, 1e-12 * scale))
      #expect(bound <= model.logEvidence(at: x))
      let best = model.posterior(given: x)
      #expect(near(model.evidenceLowerBound(at: x, using: best), model.logEvidence(at: x), 1e-11))
    }
  }

  @Test func theReconstructionIsAnExpectation() {
    var random = SeededGenerator(seed: 4)
    let model = LinearGaussianModel.random(latent: 2, observed: 3, using: &random)
    let x = model.sample(using: &random).observation
    let q = MultivariateNormal.random(dimension: 2, using: &random)
    let codes = q.sample(20_000, using: &random)
    #expect(
      near(
        Estimate(of: codes.map { model.likelihood(given: $0).logDensity(at: x) }),
        model.reconstruction(at: x, using: q)))
    #expect(
      near(
        Estimate(
          of: codes.map {
            model.likelihood(given: $0).logDensity(at: x) + model.prior.logDensity(at: $0)
          }), model.expectedLogJoint(at: x, using: q)))
  }

  @Test func drawsFollowTheEvidence() {
    var random = SeededGenerator(seed: 5)
    let model = LinearGaussianModel.random(latent: 2, observed: 2, using: &random)
    let draws = (0..<20_000).map { _ in model.sample(using: &random) }
    for axis in 0..<2 {
      let line = Normal(
        mean: model.evidence.mean[axis], deviation: model.evidence.deviations[axis])
      #expect(
        KolmogorovSmirnov(of: draws.map { $0.observation[axis] }, against: line).pValue > 1e-3)
      #expect(
        KolmogorovSmirnov(of: draws.map { $0.code[axis] }, against: Normal.standard).pValue > 1e-3)
    }
    let z = draws.map { model.evidence.squaredDistance(to: $0.observation) }
    #expect(near(Estimate(of: z), 2))
  }
}
