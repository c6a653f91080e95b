import NeuralNetworks
import Randomness
import Tensors

/// A gated PixelCNN of a vertical and a horizontal stack (van den Oord et al., 2016, figure 2).
struct PixelCNNTraining: Twin {
  static let (batch, side, levels, channels, layers) = (32, 28, 4, 32, 7)

  struct Layer: Model {
    let vertical, horizontal: MaskedConvolution
    let across, output: Convolution
    let isFirst: Bool

    init(inputs: Int, window: Int, isFirst: Bool, using random: inout SeededGenerator) {
      let channels = PixelCNNTraining.channels
      vertical = MaskedConvolution(
        from: inputs, to: 2 * channels, window: window,
        seeing: isFirst ? .rowsAbove : .rowsAboveAndItsOwn, using: &random)
      horizontal = MaskedConvolution(
        from: inputs, to: 2 * channels, window: window, seeing: isFirst ? .left : .leftAndItself,
        using: &random)
      across = Convolution(from: 2 * channels, to: 2 * channels, window: 1, using: &random)
      output = Convolution(from: channels, to: channels, window: 1, using: &random)
      self.isFirst = isFirst
    }

    func callAsFunction(above: Tensor, left: Tensor) -> (above: Tensor, left: Tensor) {
      let fromAbove = vertical(above)
      let fromLeft = output((horizontal(left) + across(fromAbove)).gated())
      return (fromAbove.gated(), isFirst ? fromLeft : left + fromLeft)
    }
  }

  struct PixelCNN: Model {
    let layers: [Layer]
    let hidden, logits: Convolution

    init(using random: inout SeededGenerator) {
      let channels = PixelCNNTraining.channels
      layers = (0..<PixelCNNTraining.layers).map { place in
        place == 0
          ? Layer(inputs: 1, window: 7, isFirst: true, using: &random)
          : Layer(inputs: channels, window: 3, isFirst: false, using: &random)
      }
      hidden = Convolution(
        from: channels, to: channels, window: 1, activation: .relu, using: &random)
      logits = Convolution(
        from: channels, to: PixelCNNTraining.levels, window: 1, using: &random)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      var (above, left) = (x, x)
      for layer in layers { (above, left) = layer(above: above, left: left) }
      return logits(hidden(relu(left)))
    }
  }

  let network: PixelCNN
  var adam = Adam(rate: 1e-3)
  /// The levels of all pixels.
  var images: Batches<[Int]>

  init() {
    var random = SeededGenerator(seed: 0)
    network = PixelCNN(using: &random)
    images = Batches(8) {
      (0..<Self.batch * Self.side * Self.side).map { _ in
        Int.random(in: 0..<Self.levels, using: &random)
      }
    }
  }

  mutating func step() {
    let levels = images.next()
    let x = Tensor(
      levels.map { Double($0) / Double(Self.levels - 1) },
      shape: [Self.batch, Self.side, Self.side, 1])
    let slope = gradient(at: network) { network in
      crossEntropy(logits: network(x).reshaped(to: [-1, Self.levels]), labels: levels)
    }
    adam.update(network, along: slope)
  }
}
