import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct CategoricalTests {
  @Test func weightsAndLogitsDescribeTheSameDistribution() {
    let p = Categorical([0.1, 0.6, 0.3])
    #expect(
      distance(Categorical(proportionalTo: [1, 6, 3]).probabilities, p.probabilities) < 1e-15)
    let logits = [log(0.1) + 900, log(0.6) + 900, log(0.3) + 900]
    #expect(distance(Categorical(logits: logits).probabilities, p.probabilities) < 1e-13)
    #expect(Categorical(logits: [0, -.infinity]).probabilities == [1, 0])
    #expect(Categorical(uniformOver: 4).probabilities == [0.25, 0.25, 0.25, 0.25])
    #expect(p.mode == 1 && p.count == 3)
  }

  @Test func drawsComeAsOftenAsTheirProbabilities() {
    var random = SeededGenerator(seed: 1)
    for p in [Categorical([0.2, 0.8]), .random(outcomes: 50, using: &random)] {
      #expect(ChiSquared(of: p.sample(50_000, using: &random), against: p).pValue > 1e-3)
    }
    let draws = Categorical([0.25, 0.75]).sample(50_000, using: &random)
    #expect(ChiSquared(of: draws, against: Categorical([0.24, 0.76])).pValue < 1e-3)
  }

  @Test func anOutcomeOfProbabilityZeroIsNeverDrawn() {
    struct Stuck: RandomNumberGenerator {
      let word: UInt64
      func next() -> UInt64 { word }
    }
    let p = Categorical(proportionalTo: [0, 0, 1, 0, 2, 0])
    for step in 0...1_000 {
      var random = Stuck(word: UInt64.max / 1_000 * UInt64(step))
      #expect([2, 4].contains(p.sample(using: &random)))
    }
    var last = Stuck(word: .max)
    #expect(p.sample(using: &last) == 4)
  }

  @Test func whatIsNotAnOutcomeHasNoProbability() {
    let p = Categorical([0.5, 0.5, 0])
    #expect(p.density(at: 7) == 0 && p.logDensity(at: -1) == -.infinity)
    #expect(p.logDensity(at: 2) == -.infinity && p.density(at: 0) == 0.5)
  }

  @Test func entropyTakesZeroLogZeroAsZero() {
    #expect(near(Categorical([0.5, 0.5, 0]).entropy, log(2.0), 1e-16))
    #expect(Categorical([1, 0]).entropy == 0)
    #expect(near(Categorical(uniformOver: 8).entropy, log(8.0), 1e-15))
    let (p, q) = (Categorical([0.5, 0.5]), Categorical([0.25, 0.75]))
    #expect(near(p.crossEntropy(with: q), -0.5 * log(0.25) - 0.5 * log(0.75), 1e-15))
    #expect(p.crossEntropy(with: Categorical([1, 0])) == .infinity)
  }

  @Test func randomProbabilitiesAreSpreadEvenlyOverTheSimplex() {
    var random = SeededGenerator(seed: 2)
    // Under Dirichlet(1) on three outcomes, P(p₁ ≤ t) = 1 − (1 − t)².
    struct Share: UnivariateDistribution {
      var mean: Double { 1.0 / 3 }
      var variance: Double { 1.0 / 18 }
      func cumulative(at t: Double) -> Double { 1 - (1 - t) * (1 - t) }
      func logDensity(at t: Double) -> Double { log(2 * (1 - t)) }
      func sample(using generator: inout some RandomNumberGenerator) -> Double { 0 }
    }
    let shares = (0..<5_000).map { _ in
      Categorical.random(outcomes: 3, using: &random).probabilities[0]
    }
    #expect(KolmogorovSmirnov(of: shares, against: Share()).pValue > 1e-3)
  }

  @Test func anEmpiricalDistributionIsAHeapOnEachPoint() {
    let p = Empirical([3.0, 1.0, 3.0], weights: [1, 2, 1])
    #expect(p.weights == [0.25, 0.5, 0.25])
    #expect(p.density(at: 3) == 0.5 && p.logDensity(at: 2) == -.infinity)
    #expect(p.mean == 2 && p.variance == 1)
    #expect(p.cumulative(at: 0.9) == 0 && p.cumulative(at: 1) == 0.5 && p.cumulative(at: 3) == 1)
    var random = SeededGenerator(seed: 3)
    let ones = p.sample(10_000, using: &random).count { $0 == 1 }
    #expect(abs(ones - 5_000) < 4 * 50)
    let cloud = Empirical([[0.0, 0], [2, 0], [0, 4]], weights: [2, 1, 1])
    #expect(cloud.mean == [0.5, 1])
    #expect(distance(cloud.covariance, [[0.75, -0.5], [-0.5, 3]]) < 1e-15)
  }

  @Test func logSumExpSurvivesLargeAndImpossibleTerms() {
    #expect(near(logSumExp([1_000, 1_000]), 1_000 + log(2.0), 1e-12))
    #expect(near(logSumExp([-1_000, -1_001]), -1_000 + log1p(exp(-1)), 1e-12))
    #expect(logSumExp([-.infinity, -.infinity]) == -.infinity && logSumExp([]) == -.infinity)
    #expect(logAddExp(-.infinity, 3) == 3 && logAddExp(-.infinity, -.infinity) == -.infinity)
    #expect(near(logAddExp(0.3, -2), log(exp(0.3) + exp(-2)), 1e-15))
    #expect(near(softmax([1, 2, 3]).reduce(0, +), 1, 1e-15))
    #expect(sigmoid(-800) == 0 && sigmoid(800) == 1 && near(sigmoid(1) + sigmoid(-1), 1, 1e-16))
  }
}
