import Randomness
import Tensors
import Testing

/// A loss that is no finite number stops the program, and the words name the operation that made it so.
@Suite struct LossTests {
  struct Layer: Model {
    let weight: Parameter
    init(_ number: Double) { weight = Parameter(Tensor(repeating: number, shape: [2, 2])) }
  }

  private func sentence(_ result: ExitTest.Result?) -> String {
    let all = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    return all.split(separator: "\n").first { $0.contains("expected ") }.map(String.init) ?? ""
  }

  @Test func theFirstOperationIsNamed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Layer(0.5)) { layer in
        let x = matmul(Tensor([[1, 2], [3, 4]]), layer.weight.value)
        return (log(x - x.mean(axis: 1, keepingAxis: true)) * 2).mean()
      }
    }
    #expect(
      sentence(result).hasSuffix(
        "expected a finite loss, found -inf, made first by operation 5, “log”, "
          + "from [2, 2] between 0.0 and 0.0; keep its operand above 0, or compute with logarithms "
          + "throughout, as bernoulliLoss and logSoftmax do"))
  }

  @Test func anOverflowIsTold() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor([1, 100])) { (exp($0) - exp($0)).sum() }
    }
    #expect(
      sentence(result).hasSuffix(
        "expected a finite loss, found nan, made first by operation 1, “exp”, from [2] between 1.0 "
          + "and 100.0; keep its operand below 88, where float32 ends, or use softplus, softmax or "
          + "logSumExp"))
  }

  @Test func dataThatAreNoNumbersAreTold() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Layer(1)) { matmul(Tensor([[1, .nan]]), $0.weight.value).sum() }
    }
    #expect(
      sentence(result).hasSuffix(
        "found nan, from numbers [1, 2] that were not finite before operation 1, “matmul”; "
          + "look at the data"))
  }

  @Test func weightsThatAreNoNumbersAreTold() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Layer(.nan)) { matmul(Tensor([[1, 2]]), $0.weight.value).sum() }
    }
    #expect(
      sentence(result).hasSuffix(
        "found nan, from weights [2, 2] that were not finite before operation 1, “matmul”; "
          + "the step before was too large: try a smaller learning rate, or clipped(toNorm:)"))
  }

  /// Those that run in one pass keep little of their operands, which must be looked at all the same.
  @Test func whatLiesBehindFusedOperationsIsFound() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Layer(1)) { layer in
        let weight = layer.weight.value.normalisedByLayer().normalisedByBatch().normalised
        let cell = memoryCell(
          gates: .concatenating([weight, weight, weight, weight], axis: 1), memory: weight)
        return (cell.state.gated().softmax() / (weight * 0)).sum()
      }
    }
    #expect(sentence(result).contains("found inf, made first by operation "))
    #expect(
      sentence(result).contains("“/”, from [2, 1] between 1.0 and 1.0 and [2, 2] between 0.0"))
    #expect(sentence(result).hasSuffix("; keep what is divided by away from 0"))
  }

  /// A masked logit is infinite and meant to be.
  @Test func whatIsMeantToBeInfiniteIsNotBlamed() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor([1, 2])) { x in
        let masked = choose(Tensor([1, 0]), x, otherwise: -.infinity)
        return masked.softmax().sum() + (x - 3).squareRoot().sum()
      }
    }
    #expect(
      sentence(result).hasSuffix(
        "“squareRoot”, from [2] between -2.0 and -1.0; keep its operand above 0"))
    let difference = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = gradient(at: Tensor([1, 2])) { x in
        let masked = choose(Tensor([1, 0]), x, otherwise: -.infinity)
        return (masked - masked).sum()
      }
    }
    #expect(
      sentence(difference).hasSuffix(
        "“−”, from infinite numbers [2]; neither ∞ − ∞ nor 0 · ∞ is a number"))
    let data = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor([1, 2])) { ($0 + Tensor([0, .infinity])).sum() }
    }
    #expect(
      sentence(data).hasSuffix(
        "found inf, from numbers [2] that were infinite before operation 1, “+”; look at the data"))
  }

  /// The way back of an inner gradient is part of the loss.
  @Test func anInnerGradientIsLookedThrough() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = gradient(at: Tensor([0, 0])) { x in gradient(at: x) { $0.norm() }.sum() }
    }
    #expect(
      sentence(result).contains(
        "found nan, made first by operation 4, “the derivative of squareRoot”"))
  }

  @Test func aLossThatIsFiniteTheSecondTimeIsTold() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var draws = [0.0, 0.5].makeIterator()
      _ = gradient(at: Tensor(1)) { $0 * log(Tensor(draws.next()!)) }
    }
    #expect(
      sentence(result).hasSuffix(
        "found -inf, but a finite one when computed again; only random draws can differ: is a "
          + "logarithm taken of one, or is one divided by?"))
  }
}
