import NeuralNetworks
import Randomness
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One parameter w with the loss Σ c·w, whose gradient is c.
private struct Line: Model {
  let w: Parameter
  init(_ numbers: [Double]) { w = Parameter(Tensor(numbers)) }
  func slope(_ c: [Double]) -> Gradient { gradient(at: self) { (Tensor(c) * $0.w.value).sum() } }
}

@Suite struct OptimiserTests {
  private let start = [1.0, -2, 0.5, 3]
  private let slopes: [[Double]] = [[0.3, -4, 0.02, 1], [1, -2, -0.5, 0], [-0.2, 3, 0.1, 0.5]]

  /// The weights after one step along each of the slopes.
  private func stepped(_ optimiser: some Optimiser) -> [Double] {
    withPrecision(.float64) {
      var optimiser = optimiser
      let line = Line(start)
      for slope in slopes { optimiser.update(line, along: line.slope(slope)) }
      return line.w.value.scalars
    }
  }

  private func far(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(a.count == b.count ? 0 : .infinity) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(arguments: Precision.allCases)
  func adamsFirstStepIsTheRateInTheGradientsDirection(precision: Precision) {
    withPrecision(precision) {
      var adam = Adam(rate: 0.01)
      let line = Line(start)
      adam.update(line, along: line.slope(slopes[0]))
      #expect(far(line.w.value.scalars, [0.99, -1.99, 0.49, 2.99]) < 1e-6)
    }
  }

  @Test(arguments: [0.0, 0.1])
  func adamFollowsItsAlgorithm(weightDecay: Double) {
    var (w, m, v) = (start, [0.0, 0, 0, 0], [0.0, 0, 0, 0])
    for (step, g) in slopes.enumerated() {
      for i in w.indices {
        w[i] *= 1 - 0.02 * weightDecay
        m[i] = 0.8 * m[i] + 0.2 * g[i]
        v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i]
        let (first, second) = (
          m[i] / (1 - pow(0.8, Double(step + 1))), v[i] / (1 - pow(0.95, Double(step + 1)))
        )
        w[i] -= 0.02 * first / (second.squareRoot() + 1e-3)
      }
    }
    let adam = Adam(
      rate: 0.02, firstDecay: 0.8, secondDecay: 0.95, epsilon: 1e-3, weightDecay: weightDecay)
    #expect(far(stepped(adam), w) < 1e-12)
  }

  @Test func descentFollowsTheGradientAndItsMomentum() {
    var (plain, heavy, velocity) = (start, start, [0.0, 0, 0, 0])
    for g in slopes {
      for i in plain.indices {
        plain[i] -= 0.1 * g[i]
        velocity[i] = 0.9 * velocity[i] + g[i]
        heavy[i] -= 0.1 * velocity[i]
      }
    }
    #expect(far(stepped(SGD(rate: 0.1)), plain) < 1e-14)
    #expect(far(stepped(SGD(rate: 0.1, momentum: 0.9)), heavy) < 1e-14)
  }

  @Test func rmsPropDividesByTheSizeOfLateGradients() {
    var (w, v) = (start, [0.0, 0, 0, 0])
    for g in slopes {
      for i in w.indices {
        v[i] = 0.9 * v[i] + 0.1 * g[i] * g[i]
        w[i] -= 0.05 * g[i] / (v[i].squareRoot() + 1e-4)
      }
    }
    #expect(far(stepped(RMSProp(rate: 0.05, decay: 0.9, epsilon: 1e-4)), w) < 1e-14)
  }

  @Test func theRateMayChangeBetweenSteps() {
    withPrecision(.float64) {
      var descent = SGD(rate: 1)
      let line = Line([0])
      descent.update(line, along: line.slope([1]))
      descent.rate = 0.25
      descent.update(line, along: line.slope([1]))
      #expect(line.w.value.scalars == [-1.25])
    }
  }

  /// A copy of an optimiser goes its own way, and so do weights that were kept before a step.
  @Test func copiesDoNotShareWhatTheyRemember() {
    withPrecision(.float64) {
      let line = Line(start)
      var adam = Adam(rate: 0.1)
      adam.update(line, along: line.slope(slopes[0]))
      let (kept, before) = (line.weights, line.w.value.scalars)
      var copy = adam
      adam.update(line, along: line.slope(slopes[1]))
      let after = line.w.value.scalars
      #expect(kept["w"].scalars == before)
      line.weights = kept
      copy.update(line, along: line.slope(slopes[1]))
      #expect(line.w.value.scalars == after)
    }
  }

  @Test func twoModelsMayShareAnOptimiser() {
    withPrecision(.float64) {
      let (one, other) = (Line([1]), Line([1, 1]))
      var adam = Adam(rate: 0.5)
      adam.update(one, along: one.slope([3]))
      adam.update(one, along: one.slope([3]))
      adam.update(other, along: other.slope([-1, 2]))
      // The other's first step is a first step.
      #expect(far(other.w.value.scalars, [1.5, 0.5]) < 1e-7)
    }
  }

  @Test func clippedWeightsStayInTheirRange() {
    var random = SeededGenerator(seed: 29)
    let critic = MLP([2, 8, 1], using: &random)
    critic.clipWeights(to: -0.1...0.1)
    let all = critic.parameters.flatMap { $0.parameter.value.scalars }
    #expect(all.allSatisfy { abs($0) <= 0.1 + 1e-8 })
    #expect(all.contains { abs($0) > 0.0999 })
  }

  @Test func learningRatesFollowTheirFormulas() {
    let warm = (0..<6).map { LearningRate.warmedUp(to: 0.4, at: $0, over: 4) }
    #expect(far(warm, [0.1, 0.2, 0.3, 0.4, 0.4, 0.4]) < 1e-15)
    let wave = [0, 25, 50, 100, 120].map { LearningRate.cosine(from: 1, to: 0.2, at: $0, of: 100) }
    #expect(far(wave, [1, 0.2 + 0.4 * (1 + 0.5.squareRoot()), 0.6, 0.2, 0.2]) < 1e-15)
    let steps = [0, 9, 10, 25].map { LearningRate.stepwise(from: 1, by: 0.5, every: 10, at: $0) }
    #expect(steps == [1, 1, 0.5, 0.25])
  }
}

@Suite struct ExponentialMovingAverageTests {
  @Test func theAverageFollowsTheWeightsAndStandsInForThem() {
    withPrecision(.float64) {
      let line = Line([1, 2])
      var average = ExponentialMovingAverage(decay: 0.75)
      average.update(from: line)
      line.w.value = Tensor([5, 0])
      average.update(from: line)
      line.w.value = Tensor([1, 4])
      average.update(from: line)
      #expect(average.standingIn(for: line) { $0.w.value.scalars } == [1.75, 2.125])
      #expect(line.w.value.scalars == [1, 4])
      struct Stop: Error {}
      #expect(throws: Stop.self) { try average.standingIn(for: line) { _ in throw Stop() } }
      #expect(line.w.value.scalars == [1, 4])
    }
  }
}
