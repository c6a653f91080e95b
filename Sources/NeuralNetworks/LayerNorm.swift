import Tensors

/// Layer normalisation (Ba et al., 2016): each row, along the last axis, is brought to mean 0 and variance 1,
/// then scaled and shifted by numbers that are learned.
public struct LayerNorm: Model {
  /// γ and β, [width].
  public let scale: Parameter
  public let shift: Parameter
  public let epsilon: Double

  public init(_ width: Int, epsilon: Double = 1e-5) {
    requireSizes([("width", width)], of: "LayerNorm")
    scale = Parameter(.ones([width]))
    shift = Parameter(.zeros([width]))
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireChannels(x, scale.shape[0], of: "LayerNorm")
    return x.normalisedByLayer(epsilon: epsilon) * scale.value + shift.value
  }
}
