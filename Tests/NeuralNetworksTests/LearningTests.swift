import NeuralNetworks
import Randomness
import Tensors
import Testing

/// A composition of layers, as a chapter would store them.
private struct Network: Model {
  let convolution: Convolution
  let norm = BatchNorm(4)
  let enlarging: TransposedConvolution
  let masked: MaskedConvolution

  init(using random: inout SeededGenerator) {
    convolution = Convolution(from: 1, to: 4, window: 3, padding: 1, using: &random)
    enlarging = TransposedConvolution(
      from: 4, to: 1, window: 4, stride: 2, padding: 1, activation: .tanh, using: &random)
    masked = MaskedConvolution(from: 1, to: 1, window: 3, seeing: .earlier, using: &random)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { masked(enlarging(relu(norm(convolution(x))))) }
}

@Suite struct LearningTests {
  @Test func adamLowersALossThroughSeveralLayers() {
    var random = SeededGenerator(seed: 1)
    let network = Network(using: &random)
    let x = Tensor.normal([2, 5, 5, 1], using: &random)
    let target = Tensor.normal([2, 10, 10, 1], using: &random)
    var adam = Adam(rate: 1e-2)
    var losses: [Double] = []
    for _ in 0..<50 {
      let step = valueWithGradient(at: network) { ($0(x) - target).squared().mean() }
      losses.append(step.value.scalar)
      adam.update(network, along: step.gradient)
    }
    #expect(losses.last! < 0.9 * losses[0])
  }
}
