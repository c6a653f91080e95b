import Failures
import Kernels

extension Tensor {
  /// eˣ / Σ eˣ along an axis, without overflow.
  public func softmax(axis: Int = -1) -> Tensor { softmax(axis, logarithm: false) }

  /// x − log Σ eˣ along an axis: log-probabilities.
  public func logSoftmax(axis: Int = -1) -> Tensor { softmax(axis, logarithm: true) }

  /// log Σ eˣ along an axis, without overflow.
  public func logSumExp(axis: Int = -1, keepingAxis: Bool = false) -> Tensor {
    let top = detached.max(axis: axis, keepingAxis: true)
    // A largest element that is infinite would be subtracted from itself.
    let shift = choose(top.finiteness(), top, otherwise: 0)
    let sum = log(exp(self - shift).sum(axis: axis, keepingAxis: true)) + shift
    return keepingAxis ? sum : sum.removingAxis(shape.axis(axis, of: "logSumExp"))
  }

  private func softmax(_ number: Int, logarithm: Bool) -> Tensor {
    requireElements("softmax")
    let axis = shape.axis(number, of: "softmax")
    if axis != rank - 1 {
      var order = Array(0..<rank)
      order.swapAt(axis, rank - 1)
      return permuted(order).softmax(-1, logarithm: logarithm).permuted(order)
    }
    if mayBeTraced, Tape.ofThread.isNested {
      let logarithms = self - logSumExp(axis: -1, keepingAxis: true)
      return logarithm ? logarithms : exp(logarithms)
    }
    let columns = shape[axis]
    var result = Tensor(unwritten: shape, precision)
    switch precision {
    case .float32: kernels_softmax_f(floats, result.floats, count / columns, columns, logarithm)
    case .float64: kernels_softmax_d(doubles, result.doubles, count / columns, columns, logarithm)
    }
    return finish(&result, .softmax(logarithm: logarithm), self)
  }
}

/// The cotangent of softmax's operand, in one pass.
func softmaxSlope(_ y: Tensor, _ g: Tensor, logarithm: Bool) -> Tensor {
  let columns = y.shape[y.rank - 1]
  let result = Tensor(unwritten: y.shape, y.precision)
  switch y.precision {
  case .float32:
    kernels_softmax_slope_f(
      y.floats, g.floats, result.floats, y.count / columns, columns, logarithm)
  case .float64:
    kernels_softmax_slope_d(
      y.doubles, g.doubles, result.doubles, y.count / columns, columns, logarithm)
  }
  y.keepElements()
  g.keepElements()
  return result
}

/// −log softmax(logits) at the true class, averaged over the rows: [rows, classes] and one index for each.
public func crossEntropy(logits: Tensor, labels: [Int]) -> Tensor {
  logits.requireElements("crossEntropy")
  return -logits.logSoftmax().picking(labels).mean()
}
