import Kernels
import Randomness
import Tensors
import Testing

/// What a gradient holds on to while it is taken, and that it lets everything go; each test in a process of
/// its own, where nothing else asks for memory.
@Suite struct MemoryTests {
  /// The most bytes handed out while `body` runs, above those before, as a multiple of `unit`.
  static func peak(in unit: Int, _ body: () -> Void) -> Double {
    kernels_reset_memory_peak()
    let before = kernels_memory_in_use()
    body()
    return Double(kernels_memory_peak() - before) / Double(unit)
  }

  @Test func aGradientLetsEverythingGo() async {
    await #expect(processExitsWith: .success) {
      for entry in Case.all(Lengths.several[0]) {
        var random = entry.random
        for variation in Variation.all(of: entry, using: &random) {
          let along = direction(like: variation.point.shape, using: &random)
          let before = kernels_memory_in_use()
          _ = gradient(at: variation.point, variation.function)
          #expect(kernels_memory_in_use() == before, "\(variation.name)")
          _ = hessianVectorProduct(at: variation.point, along: along, variation.function)
          #expect(kernels_memory_in_use() == before, "\(variation.name), twice")
        }
      }
    }
  }

  @Test func aThousandStepsOfTrainingNeedNoMoreThanOne() async {
    await #expect(processExitsWith: .success) {
      struct Network: Model {
        let hidden: Parameter
        let score: Parameter
      }
      var random = SeededGenerator(seed: 6)
      let network = Network(
        hidden: Parameter(.normal([8, 16], using: &random)),
        score: Parameter(.normal([16, 1], using: &random)))
      let x = Tensor.normal([32, 8], using: &random)
      func step() {
        let slope = gradient(at: network) {
          let y = matmul(affine(x, weight: $0.hidden.value, activation: .relu), $0.score.value)
          return (y - 1).squared().mean()
        }
        for (named, tensor) in zip(slope.parameters, slope.tensors) {
          named.parameter.value = named.parameter.value - tensor * 0.001
        }
      }
      for _ in 0..<3 { step() }
      kernels_reset_memory_peak()
      let before = kernels_memory_in_use()
      step()
      let most = kernels_memory_peak()
      for _ in 0..<1_000 { step() }
      #expect(kernels_memory_in_use() == before)
      #expect(kernels_memory_peak() == most)
    }
  }

  @Test func anErrorThrownLetsEverythingGo() async {
    await #expect(processExitsWith: .success) {
      struct Stop: Error {}
      let x = Tensor.ones([1_000])
      let before = kernels_memory_in_use()
      for _ in 0..<10 {
        #expect(throws: Stop.self) {
          _ = try gradient(at: x) { x -> Tensor in
            _ = try gradient(at: x * x) { y -> Tensor in
              _ = exp(y) * x
              throw Stop()
            }
            return x.sum()
          }
        }
      }
      #expect(kernels_memory_in_use() == before)
    }
  }

  /// How many tensors of the operand's size a chain of twenty holds at its peak: those that the rules read, and
  /// the few at work.
  @Test func aChainHoldsWhatItsRulesRead() async {
    await #expect(processExitsWith: .success) {
      let x = Tensor.ones([10_000])
      let constant = x * 3
      let condition = x .> 0
      let chains: [(name: String, kept: Double, step: (Tensor) -> Tensor)] = [
        ("number", 0, { $0 * 0.5 + 1 }),
        ("sum with a constant", 0, { $0 + constant }),
        ("negation", 0, { -$0 }),
        ("reshaping", 0, { $0.reshaped(to: [100, 100]).reshaped(to: [10_000]) }),
        ("reversal", 0, { $0.reversed(axis: 0) }),
        ("product with a constant", 0, { $0 * constant }),
        ("quotient by a constant", 0, { $0 / constant }),
        ("choice", 0, { choose(condition, $0, otherwise: constant) }),
        ("root", 1, { $0.squareRoot() }),
        ("relu", 1, { relu($0) }),
        ("tanh", 1, { tanh($0) }),
        ("sine", 1, { sin($0) }),
        ("square", 1, { $0.squared() }),
        ("product with itself", 1, { $0 * $0 }),
        // Softmax keeps its result, the product both of its operands: that, and the one before.
        ("softmax", 1, { $0.softmax() }),
        ("affine and tanh", 1, { tanh($0 * 0.5) }),
      ]
      for (name, kept, step) in chains {
        let most = Self.peak(in: 40_000) {
          _ = gradient(at: x) { x in (0..<20).reduce(x) { y, _ in step(y) }.sum() }
        }
        #expect(most >= 20 * kept && most <= 20 * kept + 5, "\(name): \(most)")
      }
    }
  }
}
