import Tensors
import Testing

/// What is beyond memory or the range of a type of number: refused in words, or seen in the result.
@Suite struct LimitTests {
  private func words(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func bytesThatNoNumberCountsAreRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2_147_483_647, 2_147_483_647])
    }
    #expect(
      words(result).contains(
        "expected a tensor that a machine's memory could hold, found 4611686014132420609 elements"))
  }

  @Test func bytesThatNoMachineHasAreRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1 << 30, 1 << 28])
    }
    #expect(words(result).contains("bytes of memory, found \(1 << 60); is a length negative"))
  }

  @Test func numbersWhoseSquaresAreBeyondFloat32AreNormalised() {
    let y = Tensor([1e20, 2e20, 3e20], shape: [3, 1]).normalisedByBatch().normalised.scalars
    for (found, expected) in zip(y, [-1.5.squareRoot(), 0, 1.5.squareRoot()]) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  @Test func numbersWhoseSquaresAreBeyondFloat64AreNotCalm() {
    let y = Tensor([1e200, 2e200, 3e200], shape: [3, 1], precision: .float64).normalisedByBatch()
    #expect(y.normalised.scalars.filter(\.isNaN).count == 3)
  }
}
