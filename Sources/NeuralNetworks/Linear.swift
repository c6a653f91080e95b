import Tensors

/// A fully connected layer: activation(x·W + b) for x of shape [rows, inputs], or with more axes before the
/// last.
public struct Linear: Model {
  /// W, [inputs, outputs].
  public let weight: Parameter
  /// b, [outputs].
  public let bias: Parameter?
  public let spectralNorm: SpectralNorm?
  public let activation: Activation

  /// - Parameters:
  ///   - initialiser: how W begins; what suits the activation where none is given. b begins at 0.
  ///   - isSpectrallyNormalised: divides W by its largest singular value; see ``SpectralNorm``
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, activation: Activation = .none,
    initialiser: Initialiser? = nil, isSpectrallyNormalised: Bool = false,
    using random: inout some RandomNumberGenerator
  ) {
    requireSizes([("inputs", inputs), ("outputs", outputs)], of: "Linear")
    weight = Parameter(
      (initialiser ?? .suited(to: activation)).draw(
        [inputs, outputs], inputs: Double(inputs), outputs: Double(outputs), using: &random))
    self.bias = bias ? Parameter(.zeros([outputs])) : nil
    spectralNorm = isSpectrallyNormalised ? SpectralNorm(of: weight.value, using: &random) : nil
    self.activation = activation
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireExamples(x, of: "Linear")
    return affine(
      x, weight: spectralNorm?(weight.value) ?? weight.value, bias: bias?.value,
      activation: activation)
  }
}
