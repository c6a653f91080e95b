import NeuralNetworks
import Randomness
import Tensors

/// One small instance of each kind of layer, with an input and a use of it, for what must hold of all of them.
enum EveryLayer: String, CaseIterable {
  case linear, spectralLinear, mlp
  case convolution, stridedConvolution, spectralConvolution, sequenceConvolution, maskedConvolution
  case transposedConvolution
  case batchNorm, batchNormInEvaluation, layerNorm, instanceNorm
  case lstm, gru, attention

  /// A layer in the standard precision, and what it makes of x.
  struct Probe {
    let model: any Model
    let x: Tensor
    let result: (Tensor) -> Tensor
    /// A loss that weighs every element of the result differently.
    func loss(_ x: Tensor) -> Tensor {
      let y = result(x)
      var random = SeededGenerator(seed: 5)
      return (y * Tensor.normal(y.shape, precision: y.precision, using: &random)).sum()
    }
  }

  func probe(using random: inout SeededGenerator) -> Probe {
    func inputs(_ lengths: Int...) -> Tensor { .normal(Shape(lengths), using: &random) }
    switch self {
    case .linear:
      let layer = Linear(3, 4, activation: .tanh, using: &random)
      return Probe(model: layer, x: inputs(5, 3)) { layer($0) }
    case .spectralLinear:
      let layer = Linear(3, 4, isSpectrallyNormalised: true, using: &random)
      converge(layer.spectralNorm!, layer.weight)
      return Probe(model: layer, x: inputs(5, 3)) { layer($0) }
    case .mlp:
      let layer = MLP([3, 6, 5, 2], activation: .leakyRelu(), last: .sigmoid, using: &random)
      return Probe(model: layer, x: inputs(4, 3)) { layer($0) }
    case .convolution:
      let layer = Convolution(
        from: 2, to: 3, window: 3, padding: .same, dilation: 2, activation: .tanh, using: &random)
      return Probe(model: layer, x: inputs(2, 5, 6, 2)) { layer($0) }
    case .stridedConvolution:
      let layer = Convolution(
        from: 2, to: 3, window: 4, stride: 2, padding: 1, activation: .leakyRelu(), using: &random)
      return Probe(model: layer, x: inputs(2, 6, 6, 2)) { layer($0) }
    case .spectralConvolution:
      let layer = Convolution(
        from: 2, to: 3, window: 2, isSpectrallyNormalised: true, using: &random)
      converge(layer.spectralNorm!, layer.weight)
      return Probe(model: layer, x: inputs(2, 3, 3, 2)) { layer($0) }
    case .sequenceConvolution:
      let layer = SequenceConvolution(
        from: 2, to: 3, window: 2, padding: .causal, dilation: 2, activation: .sigmoid,
        using: &random)
      return Probe(model: layer, x: inputs(2, 6, 2)) { layer($0) }
    case .maskedConvolution:
      let layer = MaskedConvolution(
        from: 2, to: 4, window: 3, seeing: .earlierAndItself, using: &random)
      return Probe(model: layer, x: inputs(2, 4, 4, 2)) { layer($0).gated() }
    case .transposedConvolution:
      let layer = TransposedConvolution(
        from: 3, to: 2, window: 4, stride: 2, padding: 1, activation: .tanh, using: &random)
      return Probe(model: layer, x: inputs(2, 3, 3, 3)) { layer($0) }
    case .batchNorm:
      let layer = BatchNorm(3)
      scatter(layer.scale, layer.shift, using: &random)
      return Probe(model: layer, x: inputs(6, 3)) { layer($0) }
    case .batchNormInEvaluation:
      let layer = BatchNorm(3)
      scatter(layer.scale, layer.shift, using: &random)
      _ = layer(inputs(9, 3))
      return Probe(model: layer, x: inputs(4, 3)) { x in layer.inEvaluation { $0(x) } }
    case .layerNorm:
      let layer = LayerNorm(5)
      scatter(layer.scale, layer.shift, using: &random)
      return Probe(model: layer, x: inputs(4, 5)) { layer($0) }
    case .instanceNorm:
      let layer = InstanceNorm(3)
      scatter(layer.scale, layer.shift, using: &random)
      return Probe(model: layer, x: inputs(2, 3, 4, 3)) { layer($0) }
    case .lstm:
      let layer = LSTM(3, cells: 4, using: &random)
      return Probe(model: layer, x: inputs(2, 5, 3)) { layer($0).outputs }
    case .gru:
      let layer = GRU(3, cells: 4, using: &random)
      return Probe(model: layer, x: inputs(2, 5, 3)) { layer($0).outputs }
    case .attention:
      let layer = CausalSelfAttention(6, heads: 2, using: &random)
      return Probe(model: layer, x: inputs(2, 4, 6)) { layer($0) }
    }
  }
}

/// Power iteration until its direction is that of the largest singular value.
private func converge(_ norm: SpectralNorm, _ weight: Parameter) {
  for _ in 0..<2000 { _ = norm.largestSingularValue(of: weight.value) }
}

/// Moves scale and shift off 1 and 0, where faults could hide.
private func scatter(
  _ scale: Parameter, _ shift: Parameter, using random: inout SeededGenerator
) {
  scale.value = .normal(scale.shape, using: &random)
  shift.value = .normal(shift.shape, using: &random)
}
