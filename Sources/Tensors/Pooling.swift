import Failures
import Kernels

extension Tensor {
  /// The largest element of each window of pictures [batch, height, width, channels]; windows that would
  /// leave the picture are left out.
  public func maxPooled(window: Int, stride: Int? = nil) -> Tensor {
    let (high, wide, stride) = pooledSize(window, stride)
    let target: Shape = [shape[0], high, wide, shape[3]]
    let places = [Int32](unsafeUninitializedCapacity: target.elementCount) { places, filled in
      switch precision {
      case .float32:
        kernels_window_of_largest_f(
          floats, places.baseAddress, shape[0], shape[1], shape[2], shape[3], window, stride)
      case .float64:
        kernels_window_of_largest_d(
          doubles, places.baseAddress, shape[0], shape[1], shape[2], shape[3], window, stride)
      }
      filled = target.elementCount
    }
    return gathered(by: Indices(places, outer: 1, rows: count, width: 1), shape: target)
  }

  /// The mean of each window of pictures; windows that would leave the picture are left out.
  public func meanPooled(window: Int, stride: Int? = nil) -> Tensor {
    let (high, wide, stride) = pooledSize(window, stride)
    var sum: Tensor?
    for row in 0..<window {
      for column in 0..<window {
        let part = sliced(
          by: Window(
            whole: shape, starts: [0, row, column, 0], steps: [1, stride, stride, 1],
            lengths: [shape[0], high, wide, shape[3]]))
        sum = sum.map { $0 + part } ?? part
      }
    }
    return sum! / Double(window * window)
  }

  /// Pictures `factor` times as high and wide, each pixel repeated.
  public func enlarged(by factor: Int) -> Tensor {
    if rank != 4 || factor < 1 {
      fail(
        expected: "pictures [batch, height, width, channels] and a factor of at least 1",
        found: "shape \(shape) and factor \(factor)", mend: "reshape them first")
    }
    let whole: Shape = [shape[0], shape[1], factor, shape[2], factor, shape[3]]
    return reshaped(to: [shape[0], shape[1], 1, shape[2], 1, shape[3]]).expanded(to: whole)
      .reshaped(to: Shape([shape[0], shape[1] * factor, shape[2] * factor, shape[3]]))
  }

  private func pooledSize(_ window: Int, _ stride: Int?) -> (high: Int, wide: Int, stride: Int) {
    let stride = stride ?? window
    if rank != 4 || window < 1 || stride < 1 || window > Swift.min(shape[1], shape[2]) {
      fail(
        expected: "pictures [batch, height, width, channels] at least as large as the window",
        found: "shape \(shape), window \(window), stride \(stride)", mend: "use a smaller window")
    }
    return ((shape[1] - window) / stride + 1, (shape[2] - window) / stride + 1, stride)
  }
}
