import Tensors

/// Divides a weight by its largest singular value, so that the layer is 1-Lipschitz in the Euclidean norm
/// (Miyato et al., 2018, algorithm 1).
///
/// The singular value σ = vᵀ·W·u is found by power iteration, one step for each use, since weights change
/// little between two; u is remembered. Gradients flow through W, with u and v constant. A convolution's
/// weight counts as the matrix [window·window·channels, filters]: its norm bounds the layer's only up to a factor
/// that depends on the window.
public struct SpectralNorm: Model {
  /// u, [outputs, 1], of length 1.
  public let direction: RunningValue

  /// For a weight whose last axis are its outputs; begins with enough steps to be near already.
  public init(of weight: Tensor, using random: inout some RandomNumberGenerator) {
    let outputs = weight.shape[weight.rank - 1]
    direction = RunningValue(Tensor.normal([outputs, 1], using: &random).normalisedLength())
    let matrix = weight.detached.reshaped(to: [-1, outputs])
    for _ in 0..<16 { direction.value = iterated(matrix).outwards }
  }

  /// The weight divided by its largest singular value.
  public func callAsFunction(_ weight: Tensor) -> Tensor {
    weight / largestSingularValue(of: weight)
  }

  /// σ, one number, after one more step of the power iteration (none within `inEvaluation`).
  public func largestSingularValue(of weight: Tensor) -> Tensor {
    let matrix = weight.reshaped(to: [-1, weight.shape[weight.rank - 1]])
    let step = iterated(matrix.detached)
    let outwards = direction.isHeld ? direction.value : step.outwards
    if !direction.isHeld { direction.value = outwards }
    return (step.inwards * matmul(matrix, outwards)).sum()
  }

  /// v = W·u/‖W·u‖ and the next u = Wᵀ·v/‖Wᵀ·v‖.
  private func iterated(_ matrix: Tensor) -> (inwards: Tensor, outwards: Tensor) {
    let inwards = matmul(matrix, direction.value).normalisedLength()
    return (inwards, matmul(matrix.transposed(), inwards).normalisedLength())
  }
}

extension Tensor {
  /// x/‖x‖, also where x is 0.
  fileprivate func normalisedLength() -> Tensor { self / (norm() + 1e-12) }
}
