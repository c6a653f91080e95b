import Randomness
import Tensors
import Testing

/// Tensors made, read and drawn.
@Suite struct MakingTests {
  @Test func tensorsAreMadeOfNumbers() {
    #expect(Tensor(2.5).shape == [] && Tensor(2.5).scalar == 2.5)
    #expect(Tensor([1, 2, 3]).shape == [3])
    #expect(Tensor([1, 2, 3, 4], shape: [2, 2]).rows == [[1, 2], [3, 4]])
    #expect(Tensor([[1, 2, 3], [4, 5, 6]]).shape == [2, 3])
    #expect(Tensor([Float(0.1)]).float32s == [0.1])
    #expect(Tensor(repeating: 7, shape: [2, 1]).scalars == [7, 7])
    #expect(Tensor.zeros([2]).scalars == [0, 0] && Tensor.ones([2]).scalars == [1, 1])
    #expect(Tensor.zero(like: Tensor([1], precision: .float64)).precision == .float64)
    #expect(Tensor.counting(to: 3).scalars == [0, 1, 2])
    #expect(Tensor.spaced(from: -1, to: 1, count: 5).scalars == [-1, -0.5, 0, 0.5, 1])
    #expect(Tensor.spaced(from: 3, to: 4, count: 1).scalars == [3])
    #expect(Tensor.identity(2).rows == [[1, 0], [0, 1]])
    #expect(Tensor.oneHot([2, 0], classes: 3).rows == [[0, 0, 1], [1, 0, 0]])
    #expect(Tensor(pixels: [0, 51, 255], shape: [1, 3]).float32s == [0, 0.2, 1])
  }

  @Test func precisionIsFloat32UnlessSaid() {
    #expect(Tensor(1).precision == .float32)
    withPrecision(.float64) { #expect(Tensor([1]).precision == .float64) }
    struct Stop: Error {}
    try? withPrecision(.float64) { throw Stop() }
    #expect(Precision.standard == .float32)
    let third = Tensor(1.0 / 3, precision: .float64)
    #expect(third.converted(to: .float32).scalar == Double(Float(1.0 / 3)))
    #expect(third.converted(to: .float32).converted(to: .float64).precision == .float64)
  }

  @Test func descriptionsShowTheNumbers() {
    #expect(Tensor(0.5).description == "0.5")
    #expect(Tensor([1, 2.25, -0.33333]).description == "[1, 2.25, -0.3333] [3]")
    #expect(Tensor([[1, 2], [3, 4]]).description == "[[1, 2],\n [3, 4]] [2, 2]")
    #expect(Tensor.counting(to: 9).description == "[0, 1, 2, 3, …, 6, 7, 8] [9]")
    #expect(
      Tensor([Double.nan, .infinity, 0.00001, 2e7]).description == "[nan, inf, 1e-05, 2e+07] [4]")
    #expect(
      Tensor([-0.00001, 1.00004, 999_999.99995], precision: .float64).description
        == "[-1e-05, 1, 1000000] [3]")
  }

  @Test func finitenessIsSeen() {
    #expect(Tensor([1, 2]).isFinite)
    #expect(!Tensor([1, .nan]).isFinite && !Tensor([1, -.infinity]).isFinite)
    #expect(Tensor([1, .nan, .infinity, 0]).finiteness().scalars == [1, 0, 0, 1])
  }

  @Test func digestsTellTensorsApart() {
    let x = Tensor([1, 2, 3, 4])
    #expect(x.digest == Tensor([1, 2, 3, 4]).digest)
    #expect(x.digest != Tensor([1, 2, 3, 4.0000005]).digest)
    #expect(x.digest != x.reshaped(to: [2, 2]).digest)
    #expect(x.digest != x.converted(to: .float64).digest)
  }

  @Test func theLargestElementIsFoundAtItsFirstPlace() {
    let x = Tensor([[1, 5, 5], [7, 2, 6]])
    #expect(x.indexOfMax() == [1, 0])
    #expect(x.indexOfMax(axis: 0) == [1, 0, 1])
  }

  @Test func oneSeedGivesTheSameDraws() {
    var (first, second) = (SeededGenerator(seed: 4), SeededGenerator(seed: 4))
    for precision in Precision.allCases {
      #expect(
        Tensor.normal([5, 7], precision: precision, using: &first).digest
          == Tensor.normal([5, 7], precision: precision, using: &second).digest)
      #expect(
        Tensor.uniform([9], in: -1..<3, precision: precision, using: &first).digest
          == Tensor.uniform([9], in: -1..<3, precision: precision, using: &second).digest)
    }
    #expect(first == second)
  }

  /// Sample moments within four and a half standard errors of the distribution's.
  @Test func drawsHaveTheMomentsOfTheirDistribution() {
    var random = SeededGenerator(seed: 9)
    let count = 40_000
    let error = 4.5 / Double(count).squareRoot()
    for precision in Precision.allCases {
      let normal = Tensor.normal([count], precision: precision, using: &random)
      #expect(abs(normal.mean().scalar) < error)
      #expect(abs(normal.variance().scalar - 1) < error * 2.0.squareRoot())
      #expect(abs(normal.power(4).mean().scalar - 3) < error * 96.0.squareRoot())
      let even = Tensor.uniform([count], in: -1..<3, precision: precision, using: &random)
      #expect(abs(even.mean().scalar - 1) < error * (16.0 / 12).squareRoot())
      #expect(even.min().scalar >= -1 && even.max().scalar < 3)
      let flips = Tensor.bernoulli(
        Tensor(repeating: 0.3, shape: [count], precision: precision), using: &random)
      #expect(abs(flips.mean().scalar - 0.3) < error * 0.21.squareRoot())
      #expect(flips.scalars.allSatisfy { $0 == 0 || $0 == 1 })
    }
    let certain = Tensor.bernoulli(Tensor([0, 1, 0, 1]), using: &random)
    #expect(certain.scalars == [0, 1, 0, 1])
  }

  @Test func classesAreDrawnWithTheirProbabilities() {
    var random = SeededGenerator(seed: 10)
    let logits = Tensor([0, 1, 2], precision: .float64)
    let count = 30_000
    for temperature in [1, 0.5] {
      let drawn = logits.expanded(to: [count, 3])
        .drawingClasses(temperature: temperature, using: &random)
      let expected = (logits / temperature).softmax().scalars
      for index in 0..<3 {
        let share = Double(drawn.count { $0 == index }) / Double(count)
        let error = (expected[index] * (1 - expected[index]) / Double(count)).squareRoot()
        #expect(abs(share - expected[index]) < 4.5 * error)
      }
    }
    #expect(
      Tensor([[0, 3, 1], [2, 1, 0]]).drawingClasses(temperature: 0, using: &random) == [1, 0])
  }
}
