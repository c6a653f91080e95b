import Tensors

/// A transposed convolution: it makes pictures [batch, height, width, channels] about `stride` times larger,
/// (length − 1)·stride + window − 2·padding on each side (Dumoulin & Visin, 2016). It is the adjoint of a
/// convolution, not its inverse.
public struct TransposedConvolution: Model {
  /// W, [window, window, filters, channels].
  public let weight: Parameter
  /// b, [filters].
  public let bias: Parameter?
  public let stride: Int
  public let padding: Padding
  public let activation: Activation

  /// - Parameter initialiser: how W begins; what suits the activation where none is given. b begins at 0.
  public init(
    from channels: Int, to filters: Int, window: Int, stride: Int = 1, padding: Padding = .none,
    bias: Bool = true, activation: Activation = .none, initialiser: Initialiser? = nil,
    using random: inout some RandomNumberGenerator
  ) {
    requireSizes(
      [("channels", channels), ("filters", filters), ("window", window), ("stride", stride)],
      of: "TransposedConvolution")
    let places = Double(window * window)
    // The windows of neighbouring inputs overlap, so that (window/stride)² of them meet in a pixel.
    let meeting = max(1, places / Double(stride * stride))
    weight = Parameter(
      (initialiser ?? .suited(to: activation)).draw(
        [window, window, filters, channels], inputs: meeting * Double(channels),
        outputs: places * Double(filters), using: &random))
    self.bias = bias ? Parameter(.zeros([filters])) : nil
    self.stride = stride
    self.padding = padding
    self.activation = activation
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requirePictures(x, channels: weight.shape[3], of: "TransposedConvolution")
    return x.convolvedTransposed(
      with: weight.value, bias: bias?.value, stride: stride, padding: padding,
      activation: activation)
  }
}
