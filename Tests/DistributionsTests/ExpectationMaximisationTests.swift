import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct ExpectationMaximisationTests {
  @Test(arguments: 1...8) func theLikelihoodNeverFallsAndTheBoundTouches(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let points = MixtureTests.plane.sample(300, using: &random)
    checkSteps(
      ExpectationMaximisation<MultivariateNormal>(on: points, components: 4, using: &random))
    let line = Mixture<Normal>.random(components: 3, using: &random).sample(300, using: &random)
    checkSteps(ExpectationMaximisation<Normal>(on: line, components: 4, using: &random))
  }

  private func checkSteps<Component>(_ start: ExpectationMaximisation<Component>) {
    var em = start
    let slack = 1e-9 * Double(em.points.count)
    #expect(em.lowerBound <= em.logLikelihood)
    for _ in 0..<60 {
      let (likelihood, bound) = (em.logLikelihood, em.lowerBound)
      em.expectationStep()
      #expect(em.logLikelihood == likelihood)
      #expect(em.lowerBound >= bound - slack)
      #expect(near(em.lowerBound, likelihood, slack))
      let touched = em.lowerBound
      em.maximisationStep()
      #expect(em.lowerBound >= touched - slack)
      #expect(em.lowerBound <= em.logLikelihood + slack)
      #expect(em.logLikelihood >= likelihood - slack)
      #expect(near(em.mixture.weights.reduce(0, +), 1, 1e-12))
    }
  }

  @Test func theMaximisationStepIsAMaximum() {
    var random = SeededGenerator(seed: 9)
    let points = Mixture<Normal>.random(components: 2, using: &random).sample(200, using: &random)
    var em = ExpectationMaximisation<Normal>(on: points, components: 2, using: &random)
    em.step()
    em.expectationStep()
    let shares = em.responsibilities
    em.maximisationStep()
    func bound(_ mixture: Mixture<Normal>) -> Double {
      zip(points, shares).reduce(0) { sum, pair in
        zip(pair.1, zip(mixture.weights, mixture.components)).reduce(sum) { sum, term in
          let (r, (weight, component)) = term
          return sum + r * (log(weight) + component.logDensity(at: pair.0))
        }
      }
    }
    let best = bound(em.mixture)
    for h in [-1e-3, 1e-3] {
      for m in 0..<2 {
        var weights = em.mixture.weights
        weights[m] += h
        weights[1 - m] -= h
        #expect(bound(Mixture(weights: weights, of: em.mixture.components)) < best)
        for (shift, stretch) in [(h, 1.0), (0, 1 + h)] {
          var components = em.mixture.components
          components[m] = Normal(
            mean: components[m].mean + shift, deviation: components[m].deviation * stretch)
          #expect(bound(Mixture(weights: em.mixture.weights, of: components)) < best)
        }
      }
    }
  }

  @Test func wellSeparatedComponentsAreFound() {
    var random = SeededGenerator(seed: 10)
    let points = MixtureTests.plane.sample(3_000, using: &random)
    var em = ExpectationMaximisation<MultivariateNormal>(on: points, components: 3, using: &random)
    let history = em.run()
    #expect(history.last! > history.first! && history.count < 200)
    #expect(em.collapsed.isEmpty)
    for (weight, component) in zip(MixtureTests.plane.weights, MixtureTests.plane.components) {
      let found = em.mixture.components.indices.min {
        euclideanDistance(em.mixture.components[$0].mean, component.mean)
          < euclideanDistance(em.mixture.components[$1].mean, component.mean)
      }!
      #expect(near(em.mixture.weights[found], weight, 0.04))
      #expect(distance(em.mixture.components[found].mean, component.mean) < 0.1)
      #expect(distance(em.mixture.components[found].covariance, component.covariance) < 0.1)
    }
  }

  @Test func aComponentThatClosesInOnOnePointIsHeldUpAndNamed() {
    var random = SeededGenerator(seed: 11)
    let points = random.normals(100) + [50]
    let start = Mixture(
      weights: [0.5, 0.5], of: [Normal.standard, Normal(mean: 50, deviation: 1)])
    var em = ExpectationMaximisation(on: points, from: start)
    let history = em.run()
    #expect(em.collapsed == [1])
    #expect(em.mixture.components[1].deviation == em.smallestDeviation)
    #expect(zip(history, history.dropFirst()).allSatisfy { $1 >= $0 - 1e-7 })
    #expect(em.logLikelihood.isFinite)
    // The same in the plane, where the points of one component lie on a line.
    let cloud = MultivariateNormal.standard(2).sample(100, using: &random)
    let segment = (0..<20).map { [30 + Double($0), 30 + Double($0)] }
    var plane = ExpectationMaximisation(
      on: cloud + segment,
      from: Mixture(
        weights: [0.8, 0.2],
        of: [.standard(2), MultivariateNormal(mean: [40, 40], deviation: 5)]))
    let rises = plane.run()
    #expect(plane.collapsed == [1])
    #expect(zip(rises, rises.dropFirst()).allSatisfy { $1 >= $0 - 1e-7 })
    let thin = SymmetricEigen(plane.mixture.components[1].covariance).values.last!
    #expect(near(thin.squareRoot(), plane.smallestDeviation, 1e-6))
  }

  @Test func aComponentThatNoPointBelongsToKeepsItsPlace() {
    var random = SeededGenerator(seed: 12)
    let far = Normal(mean: 1_000, deviation: 1)
    var em = ExpectationMaximisation(
      on: random.normals(50), from: Mixture(weights: [0.5, 0.5], of: [.standard, far]))
    em.run()
    #expect(em.collapsed == [1] && em.mixture.components[1] == far && em.mixture.weights[1] == 0)
    #expect(near(em.lowerBound, em.logLikelihood, 1e-6))
  }
}
