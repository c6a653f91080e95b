import Randomness
import Tensors
import Testing

/// What a gradient does with what goes on around it.
@Suite struct TapeTests {
  private struct Stop: Error {}
  private let x = Tensor([1, -2, 3])

  @Test func aVariableUsedManyTimesGetsTheSum() {
    let found = gradient(at: x) { x in
      var sum = x
      for _ in 1..<1_000 { sum += x }
      return sum.sum()
    }
    #expect(found.scalars == [1_000, 1_000, 1_000])
  }

  /// The products of many steps wait for one another and are added at once, sixteen at a time; those of other
  /// lengths, or too long to be worth it, are not mixed with them.
  @Test func aWeightOfManyStepsGetsTheSumOfItsProducts() {
    var random = SeededGenerator(seed: 2)
    for precision in Precision.allCases {
      let weight = Tensor.normal([3, 4], precision: precision, using: &random)
      let inputs = [2, 2, 5, 2, 130, 1, 1].flatMap { rows in
        (0..<7).map { _ in Tensor.normal([rows, 3], precision: precision, using: &random) }
      }
      let found = gradient(at: weight) { weight in
        inputs.reduce(Tensor(0, precision: precision)) { $0 + matmul($1, weight).sum() }
      }
      // ∂/∂w Σ x·w is the sum of x's rows, in every column.
      let expected = inputs.reduce(Tensor.zeros([3], precision: precision)) { $0 + $1.sum(axis: 0) }
        .expandingAxis(1).expanded(to: [3, 4])
      #expect(distance(found, expected) < (precision == .float32 ? 1e-5 : 1e-13))
    }
  }

  @Test func theGradientOfWhatIsNotUsedIsZero() {
    #expect(gradient(at: x) { _ in Tensor(5) }.scalars == [0, 0, 0])
    let (first, second) = gradient(at: x, Tensor([4])) { x, _ in x.squared().sum() }
    #expect(first.scalars == [2, -4, 6])
    #expect(second.scalars == [0])
  }

  /// Nothing is computed: the value stands on the tape before the other variable.
  @Test func aFunctionMayReturnItsVariable() {
    #expect(gradient(at: Tensor(3)) { $0 }.scalar == 1)
    let (first, second) = gradient(at: Tensor(3), Tensor(4)) { first, _ in first }
    #expect(first.scalar == 1)
    #expect(second.scalar == 0)
    let swapped = gradient(at: Tensor(3), Tensor(4)) { _, second in second }
    #expect(swapped.0.scalar == 0)
    #expect(swapped.1.scalar == 1)
  }

  @Test func anErrorThrownLeavesTheTapeClean() throws {
    for _ in 0..<20 {
      #expect(throws: Stop.self) {
        _ = try gradient(at: x) { x in
          let y = x * x
          _ = try gradient(at: y) { y -> Tensor in
            _ = y * x
            throw Stop()
          }
          return y.sum()
        }
      }
    }
    #expect(operationsOnTape() == [])
    #expect(gradient(at: x) { $0.squared().sum() }.scalars == [2, -4, 6])
  }

  @Test func anErrorCaughtInsideAGradientLeavesItWhole() {
    let found = gradient(at: x) { x in
      let y = x * x
      let inner = try? gradient(at: y) { y -> Tensor in
        _ = (y * x).sum()
        throw Stop()
      }
      return inner == nil ? (y * x).sum() : x.sum()
    }
    #expect(found.scalars == [3, 12, 27])
  }

  @Test func tensorsThatOutliveTheirGradientAreConstants() {
    var kept = x
    _ = gradient(at: x) { x in
      kept = x * x
      return kept.sum()
    }
    #expect(kept.scalars == [1, 4, 9])
    #expect(gradient(at: x) { (kept * $0).sum() }.scalars == [1, 4, 9])
    #expect(gradient(at: x) { ($0 * 0 + kept * kept).sum() }.scalars == [0, 0, 0])
    #expect(operationsOnTape() == [])
  }

  @Test func theValueComesWithTheGradient() {
    let (value, slope) = valueWithGradient(at: x) { $0.squared().sum() }
    #expect(value.scalar == 14)
    #expect(slope.scalars == [2, -4, 6])
  }

  @Test func gradientsAreOfThePointsPrecision() {
    let x = Tensor([0.1, 0.2], precision: .float32)
    let found = gradient(at: x) { ($0.converted(to: .float64) * 0.1).sum() }
    #expect(found.precision == .float32)
    #expect(found.scalars == [Double(Float(0.1)), Double(Float(0.1))])
  }

  @Test func equalLargestElementsShareTheGradient() {
    let ties = Tensor([[1, 3, 3], [2, 2, 2]], precision: .float64)
    let largest = gradient(at: ties) { $0.max(axis: 1).sum() }
    let third = 1.0 / 3
    #expect(largest.rows == [[0, 0.5, 0.5], [third, third, third]])
    let smallest = gradient(at: ties) { $0.min(axis: 0).sum() }
    #expect(smallest.rows == [[1, 0, 0], [0, 1, 1]])
    #expect(gradient(at: Tensor([5, 5, 1, 5])) { $0.max() * 6 }.scalars == [2, 2, 0, 2])
    // Of two equal operands the first gets all.
    let both = gradient(at: Tensor([1, 2]), Tensor([1, 1])) { maximum($0, $1).sum() }
    #expect(both.0.scalars == [1, 1])
    #expect(both.1.scalars == [0, 0])
    let least = gradient(at: Tensor([1, 2]), Tensor([1, 1])) { minimum($0, $1).sum() }
    #expect(least.0.scalars == [1, 0])
    #expect(least.1.scalars == [0, 1])
  }

  @Test func whereAPieceEndsTheDerivativeIsAsDocumented() {
    let zero = Tensor([0])
    #expect(gradient(at: zero) { abs($0).sum() }.scalars == [0])
    #expect(gradient(at: zero) { relu($0).sum() }.scalars == [0])
    #expect(gradient(at: Tensor([-1, 0, 0.5, 2])) { $0.clamped(to: 0...1).sum() }.scalars[0] == 0)
    #expect(gradient(at: Tensor([-1, 0, 0.5, 2])) { $0.clamped(to: 0...1).sum() }.scalars[3] == 0)
    // Powers whose derivatives at 0 are numbers have them.
    for power in [0.0, 1, 2, 3] {
      let bend = gradient(at: zero) { gradient(at: $0) { $0.power(power).sum() }.sum() }
      #expect(bend.scalars == [power == 2 ? 2 : 0], "x to the \(power)")
    }
  }

  @Test func threadsHaveTapesOfTheirOwn() async {
    @Sendable func work(_ seed: Int) -> [Double] {
      (0..<50).flatMap { turn in
        let x = Tensor([Double(seed), 1, Double(turn) / 50], precision: .float64)
        return gradient(at: x) { x in
          (gradient(at: x) { (tanh($0) * $0.squared()).sum() } * x).sum()
        }.scalars
      }
    }
    let alone = (0..<4).map(work)
    let together = await withTaskGroup(of: (Int, [Double]).self) { group in
      for seed in 0..<4 { group.addTask { (seed, work(seed)) } }
      return await group.reduce(into: [Int: [Double]]()) { $0[$1.0] = $1.1 }
    }
    for seed in 0..<4 { #expect(together[seed] == alone[seed]) }
  }
}
