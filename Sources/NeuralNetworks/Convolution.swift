import Failures
import Tensors

/// A convolution over pictures [batch, height, width, channels], with bias and activation.
///
/// y[b, i, j, f] = activation(Σ x[b, i·stride + di·dilation − padding, …, c]·W[di, dj, c, f] + b[f]).
public struct Convolution: Model {
  /// W, [window, window, channels, filters].
  public let weight: Parameter
  /// b, [filters].
  public let bias: Parameter?
  public let spectralNorm: SpectralNorm?
  public let stride: Int
  public let padding: Padding
  public let dilation: Int
  public let activation: Activation

  /// - Parameters:
  ///   - initialiser: how W begins; what suits the activation where none is given. b begins at 0.
  ///   - isSpectrallyNormalised: divides W by its largest singular value; see ``SpectralNorm``
  public init(
    from channels: Int, to filters: Int, window: Int, stride: Int = 1, padding: Padding = .none,
    dilation: Int = 1, bias: Bool = true, activation: Activation = .none,
    initialiser: Initialiser? = nil, isSpectrallyNormalised: Bool = false,
    using random: inout some RandomNumberGenerator
  ) {
    requireSizes(
      [("channels", channels), ("filters", filters), ("window", window)], of: "Convolution")
    let places = Double(window * window)
    weight = Parameter(
      (initialiser ?? .suited(to: activation)).draw(
        [window, window, channels, filters], inputs: places * Double(channels),
        outputs: places * Double(filters), using: &random))
    self.bias = bias ? Parameter(.zeros([filters])) : nil
    spectralNorm = isSpectrallyNormalised ? SpectralNorm(of: weight.value, using: &random) : nil
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.activation = activation
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requirePictures(x, channels: weight.shape[2], of: "Convolution")
    return x.convolved(
      with: spectralNorm?(weight.value) ?? weight.value, bias: bias?.value, stride: stride,
      padding: padding, dilation: dilation, activation: activation)
  }
}

/// Stops where `x` is no [batch, height, width, channels].
func requirePictures(_ x: Tensor, channels: Int, of layer: String) {
  if x.rank != 4 || x.shape[3] != channels {
    fail(
      expected: "pictures [batch, height, width, \(channels)] for \(layer)", found: "\(x.shape)",
      mend: x.rank == 3
        ? "perhaps .expandingAxis(0) for one picture, or .expandingAxis(-1) for one channel"
        : "channels come last, as many as the layer was made for")
  }
  requireExamples(x, of: layer)
}
