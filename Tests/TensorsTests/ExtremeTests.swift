import Tensors
import Testing

/// Where a formula written down naively overflows, loses digits or meets what is no number.
@Suite struct ExtremeTests {
  @Test(arguments: Precision.allCases) func largeNumbersDoNotOverflow(_ precision: Precision) {
    let x = Tensor([-1e4, -100, 0, 100, 1e4], precision: precision)
    #expect(softplus(x).scalars.first == 0 && softplus(x).scalars.last == 1e4)
    #expect(sigmoid(x).scalars.first == 0 && sigmoid(x).scalars.last == 1)
    #expect(tanh(x).scalars.first == -1 && tanh(x).scalars.last == 1)
    #expect(erf(x).scalars.first == -1 && erf(x).scalars.last == 1)
    let loss = bernoulliLoss(logits: x, targets: Tensor([0, 0, 0, 1, 0], precision: precision))
    #expect(loss.scalars[0] == 0 && loss.scalars[4] == 1e4)
    #expect(x.softmax().scalars == [0, 0, 0, 0, 1])
    #expect(x.logSumExp().scalar == 1e4)
    #expect(x.logSoftmax().scalars == [-2e4, -10_100, -1e4, -9_900, 0])
    for function: (Tensor) -> Tensor in [
      softplus, sigmoid, tanh, erf, { $0.softmax() }, { $0.logSoftmax() }, { $0.logSumExp() },
    ] {
      #expect(gradient(at: x) { function($0).sum() }.isFinite)
      #expect(gradient(at: x) { gradient(at: $0) { function($0).sum() }.sum() }.isFinite)
    }
  }

  @Test(arguments: Precision.allCases)
  func probabilitiesOfWhatIsImpossibleAreZero(_ precision: Precision) {
    let masked = Tensor([0, -.infinity, 0], precision: precision)
    #expect(masked.softmax().scalars == [0.5, 0, 0.5])
    #expect(abs(masked.logSumExp().scalar - 0.6931471805599453) < 1e-7)
    let none = Tensor([-.infinity, -.infinity], precision: precision)
    #expect(none.logSumExp().scalar == -.infinity)
  }

  @Test(arguments: Precision.allCases) func aThingThatIsNoNumberStaysNone(_ precision: Precision) {
    let x = Tensor([1, .nan, 2], precision: precision)
    for function: (Tensor) -> Tensor in [
      { relu($0) }, { leakyRelu($0) }, { abs($0) }, { $0.clamped(to: 0...1) }, { exp($0) },
      { log($0) }, { tanh($0) }, { sigmoid($0) }, { softplus($0) }, { $0.squared() }, { -$0 },
      { $0.sign() }, { $0.floor() }, { erf($0) }, { sin($0) }, { cos($0) },
      { $0.squareRoot() }, { $0.reciprocal() }, { $0.power(2) }, { $0 * 0 },
      { maximum($0, .zero(like: $0)) }, { minimum($0, .zero(like: $0)) },
      { maximum(.zero(like: $0), $0) }, { minimum(.zero(like: $0), $0) },
    ] {
      #expect(function(x).scalars[1].isNaN)
    }
    #expect(x.sum().scalar.isNaN && x.max().scalar.isNaN && x.min().scalar.isNaN)
    #expect(x.reversed(axis: 0).max().scalar.isNaN)
  }

  @Test func sumsOfManyKeepTheirDigits() {
    #expect(Tensor.ones([1_000_003]).sum().scalar == 1_000_003)
    #expect(Tensor.ones([1_000_003, 1]).sum(axis: 0).scalars == [1_000_003])
    #expect(Tensor.ones([100_003, 3]).sum(axis: 0).scalars == [100_003, 100_003, 100_003])
    let tenths = Tensor(repeating: 0.1, shape: [1_000_000])
    #expect(abs(tenths.sum().scalar / (1e6 * Double(Float(0.1))) - 1) < 1e-6)
  }

  /// 49/49 is 1, though 49 · (1/49) is less.
  @Test(arguments: Precision.allCases) func dividingByANumberDivides(_ precision: Precision) {
    for number in 1...200 {
      let x = Tensor([Double(number)], precision: precision)
      #expect((x / Double(number)).scalars == [1] && (Double(number) / x).scalars == [1])
      #expect(Tensor.ones([number], precision: precision).mean().scalar == 1)
    }
  }

  @Test func variancesFarFromZeroKeepTheirDigits() {
    let x = Tensor([10_000, 10_001, 10_002, 10_003])
    #expect(x.variance().scalar == 1.25)
    let rows = x.reshaped(to: [4, 1])
    let (y, mean, variance) = rows.normalisedByBatch(epsilon: 0)
    #expect(mean.scalars == [10_001.5])
    #expect(abs(variance.scalar - 1.25) < 1e-5)
    let deviation = 1.25.squareRoot()
    #expect(
      distance(Grid(y), Grid([4, 1], numbers: [-1.5, -0.5, 0.5, 1.5].map { $0 / deviation })) < 1e-6
    )
    // A channel that never varies: its variance is 0, not less.
    #expect(Tensor.ones([8, 1]).normalisedByBatch().variance.scalar >= 0)
  }

  @Test func momentsOfABatchComeWithIt() {
    let x = Tensor([[1, 10], [3, 30], [5, 20]], precision: .float64)
    let (_, mean, variance) = x.normalisedByBatch()
    #expect(mean.scalars == [3, 20])
    #expect(distance(Grid(variance), Grid([2], numbers: [8.0 / 3, 200.0 / 3])) < 1e-12)
  }
}
