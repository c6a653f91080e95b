import NeuralNetworks
import Randomness
import Tensors
import Testing

@Suite struct NormalisationTests {
  /// Mean and mean squared distance from it.
  private func moments(_ numbers: [Double]) -> (mean: Double, variance: Double) {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / Double(numbers.count))
  }

  @Test func batchNormBringsEachChannelToItsScaleAndShift() {
    inFloat64(seed: 11) { random in
      let norm = BatchNorm(3, epsilon: 0)
      norm.scale.value = Tensor([2, 0.5, 1])
      norm.shift.value = Tensor([1, -1, 0])
      let x =
        Tensor.normal([4, 5, 6, 3], using: &random) * Tensor([1, 3, 0.1]) + Tensor([5, 0, -2])
      let y = norm(x)
      for channel in 0..<3 {
        let found = moments(y[0..., 0..., 0..., channel].scalars)
        #expect(abs(found.mean - [1, -1, 0][channel]) < 1e-12)
        #expect(abs(found.variance.squareRoot() - [2, 0.5, 1][channel]) < 1e-9)
      }
    }
  }

  @Test func runningStatisticsAreFirstTheEvenThenTheDecayingMeanOfTheBatches() {
    inFloat64(seed: 12) { random in
      let norm = BatchNorm(2, decay: 0.75)
      var (mean, variance) = ([0.0, 0], [0.0, 0])
      for batch in 1...7 {
        let x = Tensor.normal([6, 2], using: &random) * Double(batch)
        _ = norm(x)
        let rest = batch < 4 ? 1 / Double(batch) : 0.25
        for channel in 0..<2 {
          let found = moments(x[0..., channel].scalars)
          mean[channel] += rest * (found.mean - mean[channel])
          variance[channel] += rest * (found.variance * 6 / 5 - variance[channel])
        }
      }
      #expect(distance(norm.runningMean.value, mean) < 1e-12)
      #expect(distance(norm.runningVariance.value, variance) < 1e-9)
      #expect(norm.batches.value.scalar == 7)
    }
  }

  @Test func inEvaluationAnExampleDoesNotDependOnTheOthers() {
    inFloat64(seed: 13) { random in
      let norm = BatchNorm(2)
      for _ in 0..<3 { _ = norm(.normal([8, 2], using: &random) * 2 + 1) }
      let x = Tensor.normal([4, 2], using: &random)
      let before = norm.weights
      let whole = norm.inEvaluation { $0(x) }
      let alone = norm.inEvaluation { norm in
        Tensor.concatenating((0..<4).map { norm(x[$0..<($0 + 1)]) }, axis: 0)
      }
      #expect(distance(whole, alone) == 0)
      let (mean, variance) = (norm.runningMean.value.scalars, norm.runningVariance.value.scalars)
      let naive = x.rows.flatMap { row in
        (0..<2).map { (row[$0] - mean[$0]) / (variance[$0] + 1e-5).squareRoot() }
      }
      #expect(distance(whole, naive) < 1e-12)
      #expect(norm.weights.digest == before.digest)
      #expect(distance(norm(x), whole) > 0.1)
    }
  }

  /// A generator with a norm inside it, beside a critic with another.
  private struct Pair: Model {
    let first = BatchNorm(2)
    let layers: [BatchNorm] = [BatchNorm(2), BatchNorm(2)]
  }

  @Test func evaluationReachesEveryNormOfTheModelAndNoOther() throws {
    var random = SeededGenerator(seed: 14)
    let (pair, other) = (Pair(), BatchNorm(2))
    let x = Tensor.normal([5, 2], using: &random)
    func useAll() { for norm in [pair.first] + pair.layers + [other] { _ = norm(x) } }
    useAll()
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try pair.inEvaluation { pair in
        pair.first.inEvaluation { _ in useAll() }
        useAll()
        throw Stop()
      }
    }
    #expect(([pair.first] + pair.layers).map { $0.batches.value.scalar } == [1, 1, 1])
    #expect(other.batches.value.scalar == 3)
    useAll()
    #expect(([pair.first] + pair.layers).map { $0.batches.value.scalar } == [2, 2, 2])
  }

  @Test func layerAndInstanceNormMeasureWhatTheyAreNamedFor() {
    inFloat64(seed: 15) { random in
      let layer = LayerNorm(6, epsilon: 0)
      for row in layer(.normal([4, 6], using: &random) * 3 + 1).rows {
        #expect(abs(moments(row).mean) < 1e-12 && abs(moments(row).variance - 1) < 1e-12)
      }
      let instance = InstanceNorm(2, epsilon: 0)
      instance.shift.value = Tensor([0, 3])
      let y = instance(.normal([3, 4, 5, 2], using: &random) * 2 - 1)
      for picture in 0..<3 {
        for channel in 0..<2 {
          let found = moments(y[picture, 0..., 0..., channel].scalars)
          #expect(abs(found.mean - [0, 3][channel]) < 1e-12 && abs(found.variance - 1) < 1e-12)
        }
      }
    }
  }
}
