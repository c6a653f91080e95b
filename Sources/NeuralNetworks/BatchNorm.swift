import Failures
import Tensors

/// Batch normalisation (Ioffe & Szegedy, 2015): each channel, the last axis, is brought to mean 0 and variance
/// 1 over all other axes, then scaled and shifted by numbers that are learned.
///
/// Called in training it takes mean and variance from the batch, and follows them in running ones; inside
/// `model.inEvaluation { … }` it uses the running ones, so that an example's result does not depend on the
/// others beside it.
public struct BatchNorm: Model {
  /// γ and β, [channels].
  public let scale: Parameter
  public let shift: Parameter
  /// [channels]: the mean over the batches so far, later ones weighing more.
  public let runningMean: RunningValue
  /// [channels]; of the unbiased variances, which divide by one less.
  public let runningVariance: RunningValue
  /// How many batches were seen.
  public let batches: RunningValue
  public let decay: Double
  public let epsilon: Double

  /// - Parameters:
  ///   - decay: how much of the running mean each new batch leaves. The first batches are averaged evenly.
  ///   - epsilon: added to the variance
  public init(_ channels: Int, decay: Double = 0.9, epsilon: Double = 1e-5) {
    requireSizes([("channels", channels)], of: "BatchNorm")
    scale = Parameter(.ones([channels]))
    shift = Parameter(.zeros([channels]))
    runningMean = RunningValue(.zeros([channels]))
    runningVariance = RunningValue(.ones([channels]))
    batches = RunningValue(Tensor(0))
    self.decay = decay
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requireChannels(x, scale.shape[0], of: "BatchNorm")
    if batches.isHeld { return usingRunningStatistics(x) }
    if x.count == scale.shape[0] {
      fail(
        expected: "at least two examples or pixels to normalise by", found: "\(x.shape)",
        mend: "one is its own mean: train on larger batches, or use inEvaluation")
    }
    let (normalised, mean, variance) = x.normalisedByBatch(epsilon: epsilon)
    follow(mean, variance, examples: x.count / scale.shape[0])
    return normalised * scale.value + shift.value
  }

  /// γ·(x − running mean)/√(running variance + ε) + β.
  private func usingRunningStatistics(_ x: Tensor) -> Tensor {
    if batches.value.scalar == 0 {
      fail(
        expected: "batch normalisation that has seen a batch before it is evaluated", found: "none",
        mend: "train it, or load its weights, first")
    }
    let inverse = (runningVariance.value + epsilon).squareRoot().reciprocal()
    return (x - runningMean.value) * (scale.value * inverse) + shift.value
  }

  private func follow(_ mean: Tensor, _ variance: Tensor, examples: Int) {
    let seen = batches.value.scalar + 1
    let rest = max(1 - decay, 1 / seen)
    let unbiased = variance * (Double(examples) / Double(max(1, examples - 1)))
    batches.value = batches.value + 1
    runningMean.value = runningMean.value * (1 - rest) + mean * rest
    runningVariance.value = runningVariance.value * (1 - rest) + unbiased * rest
  }
}

/// Stops where the last axis of `x` is not as long as the layer was made for.
func requireChannels(_ x: Tensor, _ channels: Int, of layer: String) {
  if x.rank < 2 || x.shape[x.rank - 1] != channels {
    fail(
      expected: "[…, \(channels)] for \(layer)", found: "\(x.shape)",
      mend: "the last axis is as long as the layer was made for")
  }
}
