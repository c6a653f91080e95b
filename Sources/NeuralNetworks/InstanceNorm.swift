import Tensors

/// Instance normalisation (Ulyanov et al., 2016): each channel of each picture is brought to mean 0 and
/// variance 1 over its pixels, then scaled and shifted by numbers that are learned.
public struct InstanceNorm: Model {
  /// γ and β, [channels].
  public let scale: Parameter
  public let shift: Parameter
  public let epsilon: Double

  public init(_ channels: Int, epsilon: Double = 1e-5) {
    requireSizes([("channels", channels)], of: "InstanceNorm")
    scale = Parameter(.ones([channels]))
    shift = Parameter(.zeros([channels]))
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireChannels(x, scale.shape[0], of: "InstanceNorm")
    return x.normalisedByInstance(epsilon: epsilon) * scale.value + shift.value
  }
}
