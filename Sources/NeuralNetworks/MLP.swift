import Failures
import Tensors

/// A multi-layer perceptron: fully connected layers one after the other.
///
/// ```swift
/// let encoder = MLP([784, 400, 20], activation: .relu, using: &random)
/// ```
public struct MLP: Model {
  public let layers: [Linear]

  /// - Parameters:
  ///   - sizes: how many numbers go in, stand between any two layers, and come out
  ///   - activation: of every layer but the last
  ///   - last: the activation of the last layer
  ///   - initialiser: how the weights begin; what suits each layer's activation where none is given
  ///   - isSpectrallyNormalised: whether every weight is; see ``SpectralNorm``
  public init(
    _ sizes: [Int], activation: Activation = .relu, last: Activation = .none,
    initialiser: Initialiser? = nil, isSpectrallyNormalised: Bool = false,
    using random: inout some RandomNumberGenerator
  ) {
    if sizes.count < 2 {
      fail(
        expected: "at least two sizes for MLP", found: "\(sizes)",
        mend: "give the number of inputs first and of outputs last")
    }
    var layers: [Linear] = []
    for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
      layers.append(
        Linear(
          inputs, outputs, activation: layers.count == sizes.count - 2 ? last : activation,
          initialiser: initialiser, isSpectrallyNormalised: isSpectrallyNormalised, using: &random))
    }
    self.layers = layers
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { layers.reduce(x) { $1($0) } }
}
