import Tensors

extension Mistake {
  /// Products and gates of operands that do not fit.
  static let products = [
    Mistake(
      "expected [m, k] × [k, n] for matmul, found [2, 3] × [4, 3]; perhaps .transposed() "
        + "on the second"
    ) {
      _ = matmul(x, .ones([4, 3]))
    },
    Mistake(
      "expected [m, k] × [k, n] for matmul, found [2, 3] × [2, 4]; perhaps .transposed() "
        + "on the first"
    ) {
      _ = matmul(x, .ones([2, 4]))
    },
    Mistake(
      "found [2, 3] × [5, 4]; the first's last axis and the second's last but one must "
        + "be equal"
    ) {
      _ = matmul(x, .ones([5, 4]))
    },
    Mistake(
      "found [3] × [3, 2]; perhaps .expandingAxis(0) or .expandingAxis(-1) to make a "
        + "matrix of a vector"
    ) {
      _ = matmul(.ones([3]), .ones([3, 2]))
    },
    Mistake(
      "found [5, 2, 3] × [4, 3, 2]; the axes before the last two are a batch, equal in "
        + "both or missing in the second"
    ) {
      _ = matmul(.ones([5, 2, 3]), .ones([4, 3, 2]))
    },
    Mistake(
      "expected inputs of 4 numbers for a weight of shape [4, 2], found shape [2, 3]; "
        + "let the last axis be the inputs"
    ) {
      _ = affine(x, weight: .ones([4, 2]))
    },
    Mistake(
      "expected inputs of 784 numbers for a weight of shape [784, 2], found shape [1, "
        + "28, 28, 1]; perhaps .flattened(from: 1)"
    ) {
      _ = affine(.ones([1, 28, 28, 1]), weight: .ones([784, 2]))
    },
    Mistake("expected a weight [inputs, outputs], found shape [3]; make it a matrix of two axes") {
      _ = affine(x, weight: .ones([3]))
    },
    Mistake("expected a bias of shape [2], found [3]; one number for each output") {
      _ = affine(x, weight: .ones([3, 2]), bias: .ones([3]))
    },
    Mistake(
      "expected an even number of channels to gate, found shape [2, 3]; half are values, "
        + "half are gates"
    ) {
      _ = x.gated()
    },
    Mistake("expected gates [rows, 4·width] and memory [rows, width], found [2, 3] and [2, 3]") {
      _ = memoryCell(gates: x, memory: x)
    },
  ]

  /// Convolutions and pooling.
  static let pictures = [
    Mistake(
      "expected pictures [batch, height, width, channels] and weights [window, window, "
        + "channels, filters], found [1, 4, 4, 2] and [3, 3, 1, 5]; channels come last, and "
        + "both must have as many"
    ) { _ = Tensor.ones([1, 4, 4, 2]).convolved(with: .ones([3, 3, 1, 5])) },
    Mistake(
      "expected sequences [batch, length, channels] and weights [window, channels, "
        + "filters], found [1, 8, 2] and [3, 1, 5]"
    ) {
      _ = Tensor.ones([1, 8, 2]).convolved(with: .ones([3, 1, 5]))
    },
    Mistake(
      "expected sequences [batch, length, channels] and weights [window, filters, "
        + "channels], found [1, 8, 2] and [3, 2, 1]"
    ) {
      _ = Tensor.ones([1, 8, 2]).convolvedTransposed(with: .ones([3, 2, 1]))
    },
    Mistake(
      "expected a padded picture at least as large as the window, found [1, 2, 2, 1] and "
        + "a window of [3, 3, 1, 1]; pad more, or use a smaller window or dilation"
    ) {
      _ = Tensor.ones([1, 2, 2, 1]).convolved(with: .ones([3, 3, 1, 1]))
    },
    Mistake("expected stride and dilation of at least 1, found stride 0 and dilation 1") {
      _ = Tensor.ones([1, 4, 4, 1]).convolved(with: .ones([3, 3, 1, 1]), stride: 0)
    },
    Mistake(
      "expected 9 taps for a window of 3 × 3, found 2; say true or false for each place, "
        + "row by row"
    ) {
      _ = Tensor.ones([1, 4, 4, 1]).convolved(with: .ones([3, 3, 1, 1]), taps: [true, false])
    },
    Mistake("expected a bias of shape [5], found [1]; one number for each filter") {
      _ = Tensor.ones([1, 4, 4, 1]).convolved(with: .ones([3, 3, 1, 5]), bias: .ones([1]))
    },
    Mistake(
      "weights [window, window, filters, channels], found [1, 4, 4, 2] and [3, 3, 2, 1]; "
        + "channels come last, and both must have as many"
    ) {
      _ = Tensor.ones([1, 4, 4, 2]).convolvedTransposed(with: .ones([3, 3, 2, 1]))
    },
    Mistake("expected a result of at least one place, found -1 × -1 from [1, 1, 1, 1]; pad less") {
      _ = Tensor.ones([1, 1, 1, 1]).convolvedTransposed(with: .ones([3, 3, 1, 1]), padding: 2)
    },
    Mistake(
      "expected pictures [batch, height, width, channels] at least as large as the "
        + "window, found shape [1, 2, 2, 1], window 3, stride 3; use a smaller window"
    ) {
      _ = Tensor.ones([1, 2, 2, 1]).maxPooled(window: 3)
    },
    Mistake(
      "expected pictures [batch, height, width, channels] and a factor of at least 1, "
        + "found shape [2, 3] and factor 2"
    ) {
      _ = x.enlarged(by: 2)
    },
    Mistake(
      "expected pictures [batch, …, channels] for instance normalisation, found shape "
        + "[2, 3]; use normalisedByLayer for rows"
    ) {
      _ = x.normalisedByInstance()
    },
    Mistake("expected a window of at least one place, found 0 × 0") {
      _ = Tensor.ones([1, 4, 4, 1]).convolved(with: .zeros([0, 0, 1, 1]))
    },
    Mistake("expected pictures of at least one pixel, found [1, 0, 0, 2]") {
      _ = Tensor.zeros([1, 0, 0, 2]).convolvedTransposed(with: .ones([2, 2, 1, 2]))
    },
  ]
}
