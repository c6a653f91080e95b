import Distributions
import Randomness
import Testing

/// A mistake stops the program with words that say what was expected, what was found and what to do.
@Suite struct FailureTests {
  /// The words a program that was stopped wrote on its way.
  private func words(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func aDeviationMustBePositive() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Normal(mean: 0, deviation: -1)
    }
    #expect(
      words(result).contains(
        "expected a positive, finite deviation for Normal, found -1.0; "
          + "give the standard deviation σ, the square root of the variance"))
  }

  @Test func probabilitiesMustSumToOne() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Categorical([0.5, 0.25])
    }
    #expect(
      words(result).contains(
        "expected probabilities that sum to 1, found a sum of 0.75; "
          + "write Categorical(proportionalTo:) to have them divided by their sum"))
  }

  @Test func probabilitiesMustBeNumbers() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Categorical([0.5, .nan])
    }
    #expect(
      words(result).contains(
        "expected probabilities that are finite and not negative, found nan at index 1"))
  }

  @Test func aMixtureNeedsAWeightForEachComponent() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Mixture(weights: [0.5, 0.5], of: [Normal.standard])
    }
    #expect(words(result).contains("expected as many components as weights, 2, found 1 components"))
  }

  @Test func aCovarianceMustBePositiveDefinite() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultivariateNormal(mean: [0, 0], covariance: [[1, 0], [0, -1]])
    }
    #expect(
      words(result).contains(
        "expected a positive definite covariance for MultivariateNormal, "
          + "found a smallest eigenvalue of -1.0"))
  }

  @Test func aCovarianceMustBeSymmetric() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultivariateNormal(mean: [0, 0], covariance: [[1, 0.5], [0.4, 1]])
    }
    #expect(
      words(result).contains("found 0.4 at row 1, column 0 against 0.5 across the diagonal"))
  }

  @Test func aPointMustHaveTheDimensionOfItsDistribution() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultivariateNormal.standard(2).logDensity(at: [1, 2, 3])
    }
    #expect(
      words(result).contains(
        "expected a point of 2 coordinates for MultivariateNormal, found 3 coordinates"))
  }

  @Test func heapsMustHoldTheSameMass() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Transport.plan(from: [1, 1], to: [1], cost: [[0], [1]])
    }
    #expect(
      words(result).contains(
        "expected as much mass at the sources as at the targets, found 2.0 against 1.0; "
          + "divide each by its sum"))
  }

  @Test func massesMustNotBeNegative() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Transport.plan(from: [2, -1], to: [1], cost: [[0], [1]])
    }
    #expect(words(result).contains("found -1.0 at index 1"))
  }

  @Test func thereMustBeSourcesAndTargets() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Transport.plan(from: [1], to: [], cost: [[]])
    }
    #expect(words(result).contains("expected at least one of target masses, found none"))
  }

  @Test func costsMustFillTheirTable() async {
    let ragged = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Transport.plan(from: [1, 1], to: [1, 1], cost: [[0, 1], [1]])
    }
    #expect(words(ragged).contains("expected a cost for each of 2 targets, found 1 in row 1"))
    let missing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Transport.plan(from: [1, 1], to: [1, 1], cost: [[0, 1]])
    }
    #expect(words(missing).contains("expected a row of costs for each of 2 sources, found 1 rows"))
    let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Transport.sinkhorn(
        from: [1, 1], to: [1, 1], cost: [[0, 1], [.nan, 1]], regularisation: 1)
    }
    #expect(words(unknown).contains("expected finite costs, found nan at row 1, column 0"))
  }

  @Test func anIntegrandMustBeFinite() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = integrate(over: 0...1) { $0 < 0.5 ? .infinity : 0 }
    }
    #expect(words(result).contains("expected a finite integrand, found inf at"))
  }

  @Test func anEstimateNeedsTwoDraws() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Estimate(of: [1])
    }
    #expect(words(result).contains("expected two or more draws for an Estimate, found 1"))
  }

  @Test func divergencesAreBetweenTheSameOutcomes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = KL.divergence(Categorical([1]), Categorical([0.5, 0.5]))
    }
    #expect(
      words(result).contains(
        "expected two distributions over the same outcomes, found 1 outcomes and 2"))
  }

  @Test func aMixtureIsNotFittedToFewerPointsThanComponents() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = ExpectationMaximisation<Normal>(on: [1, 2], components: 3, using: &random)
    }
    #expect(
      words(result).contains(
        "expected between 1 and 2 components, one for each point at most, found 3"))
  }
}
