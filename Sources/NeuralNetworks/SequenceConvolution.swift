import Tensors

/// A convolution over sequences [batch, length, channels], with bias and activation. With `padding: .causal`
/// no place sees a later one, as in WaveNet (van den Oord et al., 2016).
///
/// y[b, i, f] = activation(Σ x[b, i·stride + d·dilation − padding, c]·W[d, c, f] + b[f]).
public struct SequenceConvolution: Model {
  /// W, [window, channels, filters].
  public let weight: Parameter
  /// b, [filters].
  public let bias: Parameter?
  public let stride: Int
  public let padding: Padding
  public let dilation: Int
  public let activation: Activation

  /// - Parameter initialiser: how W begins; what suits the activation where none is given. b begins at 0.
  public init(
    from channels: Int, to filters: Int, window: Int, stride: Int = 1, padding: Padding = .none,
    dilation: Int = 1, bias: Bool = true, activation: Activation = .none,
    initialiser: Initialiser? = nil, using random: inout some RandomNumberGenerator
  ) {
    requireSizes(
      [("channels", channels), ("filters", filters), ("window", window)], of: "SequenceConvolution")
    weight = Parameter(
      (initialiser ?? .suited(to: activation)).draw(
        [window, channels, filters], inputs: Double(window * channels),
        outputs: Double(window * filters), using: &random))
    self.bias = bias ? Parameter(.zeros([filters])) : nil
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.activation = activation
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireSequences(x, inputs: weight.shape[1], of: "SequenceConvolution")
    return x.convolved(
      with: weight.value, bias: bias?.value, stride: stride, padding: padding, dilation: dilation,
      activation: activation)
  }
}
