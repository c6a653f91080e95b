import Failures
import Tensors

/// Independent normals along the last axis, for each row of a batch: N(μ, diag σ²), differentiable in its
/// mean and log-variance. What an encoder gives for a batch of pictures.
///
/// The log-variance s = log σ² is what networks predict: it may be any number, and σ = e^{s/2}.
public struct DiagonalNormal {
  /// [batch, dimensions].
  public let mean: Tensor
  /// log σ², in the mean's shape.
  public let logVariance: Tensor

  public init(mean: Tensor, logVariance: Tensor) {
    if mean.shape != logVariance.shape {
      fail(
        expected: "a log-variance for each mean \(mean.shape)", found: "\(logVariance.shape)",
        mend: "let one layer give both and split it")
    }
    self.mean = mean
    self.logVariance = logVariance
  }

  /// σ.
  public var deviation: Tensor { Tensors.exp(logVariance * 0.5) }

  /// One draw for each row, z = μ + σ ε with ε ~ N(0, I), through which gradients flow to μ and s (the
  /// reparameterisation of Kingma & Welling, 2014).
  public func sample(using random: inout some RandomNumberGenerator) -> Tensor {
    let noise = Tensor.normal(mean.shape, precision: mean.precision, using: &random)
    return mean + deviation * noise
  }

  /// log N(x; μ, diag σ²) = −½ Σ (s + (x − μ)²/σ² + log 2π), summed over the last axis: one number for each row.
  public func logDensity(of x: Tensor) -> Tensor {
    let squares = (x - mean).squared() * Tensors.exp(-logVariance)
    return (squares + logVariance + 1.8378770664093453).sum(axis: -1) * -0.5
  }

  /// KL(this ‖ N(0, I)) = ½ Σ (μ² + σ² − s − 1), summed over the last axis: one number for each row
  /// (Kingma & Welling, 2014, appendix B).
  public func divergenceFromStandard() -> Tensor {
    (mean.squared() + Tensors.exp(logVariance) - logVariance - 1).sum(axis: -1) * 0.5
  }

  /// KL(this ‖ other), summed over the last axis: one number for each row.
  public func divergence(from other: DiagonalNormal) -> Tensor {
    let ratio = Tensors.exp(logVariance - other.logVariance)
    let shift = (mean - other.mean).squared() * Tensors.exp(-other.logVariance)
    return (ratio + shift - 1 - (logVariance - other.logVariance)).sum(axis: -1) * 0.5
  }
}
