import Failures
import Kernels

/// Over what a mean and a variance are taken: the middle axis of [outer, count, inner].
final class Normalising {
  let outer: Int
  let count: Int
  let inner: Int

  init(outer: Int, count: Int, inner: Int) {
    (self.outer, self.count, self.inner) = (outer, count, inner)
  }
}

extension Tensor {
  /// (x − mean)/√(variance + epsilon), mean and variance taken for each channel (the last axis) over all
  /// other axes: batch normalisation (Ioffe & Szegedy, 2015). Both are returned, constant, for a running mean.
  public func normalisedByBatch(epsilon: Double = 1e-5) -> (
    normalised: Tensor, mean: Tensor, variance: Tensor
  ) {
    requireElements("batch normalisation")
    let channels = shape[rank - 1]
    let (y, mean, inverse) = normalised(
      Normalising(outer: 1, count: count / channels, inner: channels), epsilon)
    return (
      y, mean.reshaped(to: [channels]),
      // Where nothing varies, rounding may leave less than 0.
      relu(inverse.power(-2) - epsilon).reshaped(to: [channels])
    )
  }

  /// The same for each example over the last axis: layer normalisation (Ba et al., 2016).
  public func normalisedByLayer(epsilon: Double = 1e-5) -> Tensor {
    requireElements("layer normalisation")
    let width = shape[rank - 1]
    return normalised(Normalising(outer: count / width, count: width, inner: 1), epsilon).y
  }

  /// The same for each channel of each picture over its pixels: instance normalisation (Ulyanov et al., 2016).
  public func normalisedByInstance(epsilon: Double = 1e-5) -> Tensor {
    requireElements("instance normalisation")
    if rank < 3 {
      fail(
        expected: "pictures [batch, …, channels] for instance normalisation",
        found: "shape \(shape)",
        mend: "use normalisedByLayer for rows")
    }
    let channels = shape[rank - 1]
    return normalised(
      Normalising(outer: shape[0], count: count / shape[0] / channels, inner: channels), epsilon
    ).y
  }

  private func normalised(_ axes: Normalising, _ epsilon: Double) -> (
    y: Tensor, mean: Tensor, inverse: Tensor
  ) {
    let mean = Tensor(unwritten: [axes.outer, 1, axes.inner], precision)
    let inverse = Tensor(unwritten: [axes.outer, 1, axes.inner], precision)
    switch precision {
    case .float32:
      kernels_moments_f(
        floats, mean.floats, inverse.floats, axes.outer, axes.count, axes.inner, Float(epsilon))
    case .float64:
      kernels_moments_d(
        doubles, mean.doubles, inverse.doubles, axes.outer, axes.count, axes.inner, epsilon)
    }
    if mayBeTraced, Tape.ofThread.isNested {
      let x = reshaped(to: Shape([axes.outer, axes.count, axes.inner]))
      let centred = x - x.mean(axis: 1, keepingAxis: true)
      let variance = centred.squared().mean(axis: 1, keepingAxis: true)
      let y = (centred / (variance + epsilon).squareRoot()).reshaped(to: shape)
      return (y, mean, inverse)
    }
    var result = Tensor(unwritten: shape, precision)
    switch precision {
    case .float32:
      kernels_normalise_f(
        floats, mean.floats, inverse.floats, result.floats, axes.outer, axes.count, axes.inner)
    case .float64:
      kernels_normalise_d(
        doubles, mean.doubles, inverse.doubles, result.doubles, axes.outer, axes.count, axes.inner)
    }
    keepElements()
    // The rule reads result and deviation alone: the operand's elements need not be kept.
    let operand = mayBeTraced && !FirstNonFinite.isSought ? withoutElements : self
    return (finish(&result, .normalise(axes), operand, inverse), mean, inverse)
  }
}

/// The cotangent of what was normalised, in one pass.
func normaliseSlope(
  _ y: Tensor, inverseDeviation: Tensor, _ g: Tensor, _ axes: Normalising
) -> Tensor {
  let result = Tensor(unwritten: y.shape, y.precision)
  switch y.precision {
  case .float32:
    kernels_normalise_slope_f(
      y.floats, inverseDeviation.floats, g.floats, result.floats, axes.outer, axes.count, axes.inner
    )
  case .float64:
    kernels_normalise_slope_d(
      y.doubles, inverseDeviation.doubles, g.doubles, result.doubles, axes.outer, axes.count,
      axes.inner)
  }
  y.keepElements()
  inverseDeviation.keepElements()
  g.keepElements()
  return result
}
