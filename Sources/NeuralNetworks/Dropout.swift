import Failures
import Tensors

/// Sets elements to 0 with probability `rate` and divides the others by 1 − rate, which keeps the mean
/// (Srivastava et al., 2014). For training alone: a trained model is used without it.
public func dropout(
  _ x: Tensor, rate: Double, using random: inout some RandomNumberGenerator
) -> Tensor {
  if !(rate >= 0 && rate < 1) {
    fail(
      expected: "a rate from 0 up to 1 for dropout", found: "\(rate)",
      mend: "it is the share that is set to 0")
  }
  let kept = Tensor.uniform(x.shape, precision: x.precision, using: &random) .>= rate
  return x * (kept / (1 - rate))
}
