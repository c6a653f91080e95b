import Failures
import Kernels

/// How many zeros stand around a picture before it is convolved.
public enum Padding: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// As many on every side.
  case all(Int)
  /// So many that at stride 1 the result is as large as the picture; where they are odd in number, the
  /// extra one stands at the end.
  case same
  /// Before the first place of each axis alone, as many as the window looks back: nothing is seen ahead.
  case causal
  /// Each side by itself; bottom and right follow from the result's size where it divides evenly.
  case sides(top: Int, bottom: Int, left: Int, right: Int)

  public static let none = Padding.all(0)
  public init(integerLiteral value: Int) { self = .all(value) }

  /// Before and after one axis for a window of this reach (dilation × (length − 1)).
  func around(reach: Int, isHeight: Bool) -> (before: Int, after: Int) {
    switch self {
    case .all(let zeros): (zeros, zeros)
    case .same: (reach / 2, reach - reach / 2)
    case .causal: (reach, 0)
    case .sides(let top, let bottom, let left, let right): isHeight ? (top, bottom) : (left, right)
    }
  }
}

/// The sizes of a convolution and of its two adjoints.
final class ConvolutionGeometry {
  let kernel: kernels_convolution
  private let taps: UnsafeMutablePointer<UInt8>?

  init(_ kernel: kernels_convolution, taps: [Bool]?) {
    var kernel = kernel
    self.taps = taps.map { taps in
      let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: taps.count)
      for (index, isUsed) in taps.enumerated() { bytes[index] = isUsed ? 1 : 0 }
      return bytes
    }
    kernel.taps = UnsafePointer(self.taps)
    self.kernel = kernel
  }

  deinit { taps?.deallocate() }

  var picture: Shape {
    [Int(kernel.batch), Int(kernel.height), Int(kernel.width), Int(kernel.channels)]
  }
  var result: Shape {
    [Int(kernel.batch), Int(kernel.out_height), Int(kernel.out_width), Int(kernel.filters)]
  }
  var weights: Shape {
    [
      Int(kernel.window_height), Int(kernel.window_width), Int(kernel.channels),
      Int(kernel.filters),
    ]
  }
}

extension Tensor {
  /// The convolution (as networks use the word: no flip) of pictures [batch, height, width, channels] with
  /// weights [window height, window width, channels, filters], or of sequences [batch, length, channels]
  /// with [window, channels, filters].
  ///
  /// y[b, i, j, f] = Σ x[b, i·stride + di·dilation − padding, …, c] · w[di, dj, c, f] + bias[f].
  /// - Parameter taps: which places of the window are used, row by row; the work for the others is skipped
  ///   and their weights count as zero.
  public func convolved(
    with weights: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Padding = .none,
    dilation: Int = 1, taps: [Bool]? = nil, activation: Activation = .none
  ) -> Tensor {
    if rank == 3, weights.rank == 3 {
      if shape[2] != weights.shape[1] {
        failConvolution(
          "sequences [batch, length, channels] and weights [window, channels, filters]", weights)
      }
      return expandingAxis(1).convolvedAlongRows(
        with: weights.expandingAxis(0), bias, stride, padding, dilation, taps, activation
      ).removingAxis(1)
    }
    guard rank == 4, weights.rank == 4, shape[3] == weights.shape[2] else {
      failConvolution(
        "pictures [batch, height, width, channels] and weights [window, window, channels, filters]",
        weights)
    }
    let reach = (dilation * (weights.shape[0] - 1), dilation * (weights.shape[1] - 1))
    let high = padding.around(reach: reach.0, isHeight: true)
    let wide = padding.around(reach: reach.1, isHeight: false)
    return convolve(
      weights, bias, strides: (stride, stride), high: high, wide: wide,
      dilations: (dilation, dilation),
      taps, activation)
  }

  private func convolvedAlongRows(
    with weights: Tensor, _ bias: Tensor?, _ stride: Int, _ padding: Padding, _ dilation: Int,
    _ taps: [Bool]?, _ activation: Activation
  ) -> Tensor {
    let wide = padding.around(reach: dilation * (weights.shape[1] - 1), isHeight: false)
    return convolve(
      weights, bias, strides: (1, stride), high: (0, 0), wide: wide, dilations: (1, dilation), taps,
      activation)
  }

  private func convolve(
    _ weights: Tensor, _ bias: Tensor?, strides: (Int, Int), high: (before: Int, after: Int),
    wide: (before: Int, after: Int), dilations: (Int, Int), _ taps: [Bool]?,
    _ activation: Activation
  ) -> Tensor {
    requireConvolution(weights, strides, dilations, taps, bias, filters: weights.shape[3])
    func length(_ axis: Int, _ around: (before: Int, after: Int), _ stride: Int, _ dilation: Int)
      -> Int
    {
      let room =
        shape[axis] + around.before + around.after - dilation * (weights.shape[axis - 1] - 1) - 1
      if room < 0 {
        fail(
          expected: "a padded picture at least as large as the window",
          found: "\(shape) and a window of \(weights.shape)",
          mend: "pad more, or use a smaller window or dilation")
      }
      return room / stride + 1
    }
    let geometry = ConvolutionGeometry(
      kernels_convolution(
        batch: shape[0], height: shape[1], width: shape[2], channels: shape[3],
        out_height: length(1, high, strides.0, dilations.0),
        out_width: length(2, wide, strides.1, dilations.1), filters: weights.shape[3],
        window_height: weights.shape[0], window_width: weights.shape[1], stride_height: strides.0,
        stride_width: strides.1, padding_top: high.before, padding_left: wide.before,
        dilation_height: dilations.0, dilation_width: dilations.1, taps: nil),
      taps: taps)
    return Tensors.convolve(
      self, weights, geometry, Epilogue(bias: bias, activation: activation))
  }

  /// The transposed convolution, the adjoint of `convolved` in its picture: it makes pictures `stride` times
  /// larger. Weights are [window height, window width, filters, channels] for a result of `filters`
  /// channels, or [window, filters, channels] for sequences.
  ///
  /// The result is (length − 1)·stride + dilation·(window − 1) + 1 − padding long.
  public func convolvedTransposed(
    with weights: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Padding = .none,
    dilation: Int = 1, activation: Activation = .none
  ) -> Tensor {
    if rank == 3, weights.rank == 3 {
      if shape[2] != weights.shape[2] {
        failConvolution(
          "sequences [batch, length, channels] and weights [window, filters, channels]", weights)
      }
      return expandingAxis(1).convolveTransposed(
        weights.expandingAxis(0), bias, strides: (1, stride), padding, dilations: (1, dilation),
        activation, isSequence: true
      ).removingAxis(1)
    }
    return convolveTransposed(
      weights, bias, strides: (stride, stride), padding, dilations: (dilation, dilation),
      activation, isSequence: false)
  }

  private func convolveTransposed(
    _ weights: Tensor, _ bias: Tensor?, strides: (Int, Int), _ padding: Padding,
    dilations: (Int, Int), _ activation: Activation, isSequence: Bool
  ) -> Tensor {
    guard rank == 4, weights.rank == 4, shape[3] == weights.shape[3] else {
      failConvolution(
        "pictures [batch, height, width, channels] and weights [window, window, filters, channels]",
        weights)
    }
    requireConvolution(weights, strides, dilations, nil, bias, filters: weights.shape[2])
    if shape[1] == 0 || shape[2] == 0 {
      fail(
        expected: "pictures of at least one pixel", found: "\(shape)",
        mend: "is a range empty?")
    }
    let reach = (dilations.0 * (weights.shape[0] - 1), dilations.1 * (weights.shape[1] - 1))
    // A sequence is a picture of one row, above and below which nothing stands.
    let high = isSequence ? (0, 0) : padding.around(reach: reach.0, isHeight: true)
    let wide = padding.around(reach: reach.1, isHeight: false)
    let height = (shape[1] - 1) * strides.0 + reach.0 + 1 - high.0 - high.1
    let width = (shape[2] - 1) * strides.1 + reach.1 + 1 - wide.before - wide.after
    if height < 1 || width < 1 {
      fail(
        expected: "a result of at least one place", found: "\(height) × \(width) from \(shape)",
        mend: "pad less")
    }
    let geometry = ConvolutionGeometry(
      kernels_convolution(
        batch: shape[0], height: height, width: width, channels: weights.shape[2],
        out_height: shape[1], out_width: shape[2], filters: shape[3],
        window_height: weights.shape[0], window_width: weights.shape[1], stride_height: strides.0,
        stride_width: strides.1, padding_top: high.0, padding_left: wide.before,
        dilation_height: dilations.0, dilation_width: dilations.1, taps: nil),
      taps: nil)
    return convolveByPicture(
      self, weights, geometry, Epilogue(bias: bias, activation: activation))
  }

  private func requireConvolution(
    _ weights: Tensor, _ strides: (Int, Int), _ dilations: (Int, Int), _ taps: [Bool]?,
    _ bias: Tensor?,
    filters: Int
  ) {
    if precision != weights.precision { Tensor.failMixed(self, weights, "convolved") }
    if Swift.min(strides.0, strides.1, dilations.0, dilations.1) < 1 {
      fail(
        expected: "stride and dilation of at least 1",
        found: "stride \(strides.1) and dilation \(dilations.1)", mend: "1 reads every place")
    }
    let places = weights.shape[0] * weights.shape[1]
    if places == 0 {
      fail(
        expected: "a window of at least one place",
        found: "\(weights.shape[0]) × \(weights.shape[1])",
        mend: "a window of 1 × 1 looks at each pixel alone")
    }
    if let taps, taps.count != places {
      fail(
        expected: "\(places) taps for a window of \(weights.shape[0]) × \(weights.shape[1])",
        found: "\(taps.count)", mend: "say true or false for each place, row by row")
    }
    if let bias, bias.shape != [filters] {
      fail(
        expected: "a bias of shape [\(filters)]", found: "\(bias.shape)",
        mend: "one number for each filter")
    }
    if let bias, bias.precision != precision { Tensor.failMixed(self, bias, "convolved") }
  }

  private func failConvolution(_ expected: String, _ weights: Tensor) -> Never {
    fail(
      expected: expected, found: "\(shape) and \(weights.shape)",
      mend: "channels come last, and both must have as many")
  }
}

// The three that are each other's derivatives. `weights` has the geometry's shape in all of them.

func convolve(
  _ x: Tensor, _ weights: Tensor, _ geometry: ConvolutionGeometry, _ epilogue: Epilogue = .none
) -> Tensor {
  var result = Tensor(unwritten: geometry.result, x.precision)
  var kernel = geometry.kernel
  epilogue.withKernel { end in
    switch x.precision {
    case .float32:
      kernels_convolve_f(
        &kernel, x.floats, weights.floats, result.floats, end, weights.buffer.keptPacking())
    case .float64:
      kernels_convolve_d(&kernel, x.doubles, weights.doubles, result.doubles, end, nil)
    }
  }
  return epilogue.finish(finish(&result, .convolve(geometry), x, weights))
}

func convolveByPicture(
  _ g: Tensor, _ weights: Tensor, _ geometry: ConvolutionGeometry, _ epilogue: Epilogue = .none
) -> Tensor {
  var result = Tensor(unwritten: geometry.picture, g.precision)
  var kernel = geometry.kernel
  epilogue.withKernel { end in
    switch g.precision {
    case .float32:
      kernels_convolve_by_picture_f(
        &kernel, g.floats, weights.floats, result.floats, end, weights.buffer.keptPacking())
    case .float64:
      kernels_convolve_by_picture_d(&kernel, g.doubles, weights.doubles, result.doubles, end, nil)
    }
  }
  return epilogue.finish(finish(&result, .convolveByPicture(geometry), g, weights))
}

func convolveByWeights(_ x: Tensor, _ g: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
  var result = Tensor(unwritten: geometry.weights, x.precision)
  var kernel = geometry.kernel
  switch x.precision {
  case .float32: kernels_convolve_by_weights_f(&kernel, x.floats, g.floats, result.floats, false)
  case .float64: kernels_convolve_by_weights_d(&kernel, x.doubles, g.doubles, result.doubles, false)
  }
  return finish(&result, .convolveByWeights(geometry), x, g)
}
