import NeuralNetworks
import Randomness
import Tensors
import Testing

/// Gradients through every layer against central differences, in float64.
@Suite struct LayerGradientTests {
  @Test(arguments: EveryLayer.allCases)
  func theGradientAtTheParametersIsThatOfDifferences(layer: EveryLayer) {
    withPrecision(.float64) {
      var random = SeededGenerator(seed: 3)
      let probe = layer.probe(using: &random)
      #expect(gradientError(at: probe.model) { probe.loss(probe.x) } < 1e-6)
    }
  }

  /// As in a gradient penalty: the slope at the input is squared and differentiated at the parameters.
  @Test(arguments: EveryLayer.allCases)
  func aGradientInsideAGradientIsThatOfDifferences(layer: EveryLayer) {
    withPrecision(.float64) {
      var random = SeededGenerator(seed: 4)
      let probe = layer.probe(using: &random)
      let penalty = {
        gradient(at: probe.x) { (probe.loss($0) + probe.loss($0).squared()) }.squared().sum()
      }
      #expect(gradientError(at: probe.model, penalty) < 1e-6)
    }
  }

  @Test func anEmbeddingsGradientFallsOnTheRowsLookedUp() {
    withPrecision(.float64) {
      var random = SeededGenerator(seed: 5)
      let embedding = Embedding(4, width: 3, using: &random)
      let loss = { (embedding([[0, 2], [2, 3]]).squared() * 0.5).sum() }
      #expect(gradientError(at: embedding, loss) < 1e-6)
      let slope = gradient(at: embedding) { _ in loss() }["weight"].rows
      #expect(slope[1] == [0, 0, 0])
      #expect(distance(Tensor(slope[2]), embedding.weight.value.rows[2].map { 2 * $0 }) == 0)
    }
  }

  @Test func symbolsGiveTheSameGradientsAsTheirOneHotVectors() {
    withPrecision(.float64) {
      var random = SeededGenerator(seed: 6)
      let (lstm, gru) = (LSTM(4, cells: 3, using: &random), GRU(4, cells: 3, using: &random))
      let symbols = [[0, 1, 3, 1], [2, 2, 0, 1], [1, 3, 3, 3]]
      let x = Tensor.oneHot(Array(symbols.joined()), classes: 4).reshaped(to: [3, 4, 4])
      let weights = Tensor.normal([3, 4, 3], using: &random)
      func difference(_ a: Gradient, _ b: Gradient) -> Double { distance(a.flattened, b.flattened) }
      #expect(
        difference(
          gradient(at: lstm) { ($0(symbols).outputs * weights).sum() },
          gradient(at: lstm) { ($0(x).outputs * weights).sum() }) < 1e-13)
      #expect(
        difference(
          gradient(at: gru) { ($0(symbols).outputs * weights).sum() },
          gradient(at: gru) { ($0(x).outputs * weights).sum() }) < 1e-13)
    }
  }
}
