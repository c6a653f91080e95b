import Tensors

extension Mistake {
  /// Shapes and precisions that do not fit.
  static let shapes = [
    Mistake(
      "expected shapes for “+” whose last axes are equal or 1, found [2] and [3]; "
        + "reshape one of them"
    ) { _ = Tensor([1, 2]) + Tensor([1, 2, 3]) },
    Mistake(
      "“−” whose last axes are equal or 1, found [2, 3] and [2]; perhaps "
        + ".expandingAxis(-1) on the second"
    ) {
      _ = x - Tensor([1, 2])
    },
    Mistake(
      "“×” whose last axes are equal or 1, found [2] and [2, 3]; perhaps "
        + ".expandingAxis(-1) on the first"
    ) {
      _ = Tensor([1, 2]) * x
    },
    Mistake("“/” whose last axes are equal or 1, found [2, 3] and [3, 2]; perhaps .transposed()") {
      _ = x / x.transposed()
    },
    Mistake(
      "expected shapes for “comparison” whose last axes are equal or 1, found [2, 3] and "
        + "[4]"
    ) {
      _ = (x .< Tensor.ones([4])).sum()
    },
    Mistake(
      "expected one precision for “+”, found float32 and float64; use .converted(to:) on "
        + "one of them"
    ) {
      _ = x + exact
    },
    Mistake("expected one precision for “matmul”, found float32 and float64") {
      _ = matmul(x, exact.transposed())
    },
    Mistake("expected one precision for “affine”, found float32 and float64") {
      _ = affine(x, weight: .ones([3, 2]), bias: .ones([2], precision: .float64))
    },
    Mistake("expected one precision for “convolved”, found float32 and float64") {
      _ = Tensor.ones([1, 4, 4, 1])
        .convolved(with: .ones([3, 3, 1, 1]), bias: .ones([1], precision: .float64))
    },
    Mistake("expected one precision for “convolved”, found float32 and float64") {
      _ = Tensor.ones([1, 4, 4, 1]).convolved(with: .ones([3, 3, 1, 1], precision: .float64))
    },
    Mistake("expected one precision for “concatenating”, found float32 and float64") {
      _ = Tensor.concatenating([x, exact], axis: 0)
    },
    Mistake("expected one precision for “choose”, found float32 and float64") {
      _ = choose(x, x, otherwise: exact)
    },
    Mistake("expected one precision for “memoryCell”, found float64 and float32") {
      _ = memoryCell(gates: .ones([1, 8], precision: .float64), memory: .ones([1, 2]))
    },
    Mistake(
      "expected what is chosen to have the condition's shape [2, 3], found [4]; expand "
        + "the condition, or reshape what is chosen"
    ) { _ = choose(x, Tensor.ones([4]), otherwise: x) },
    Mistake("expected a slope from 0 up to 1 for leakyRelu, found -0.5") {
      _ = leakyRelu(x, slope: -0.5)
    },
    Mistake("expected a slope from 0 up to 1 for leakyRelu, found 2.0") {
      _ = affine(x, weight: .ones([3, 1]), activation: .leakyRelu(slope: 2))
    },
    Mistake(
      "expected a shape of 6 elements, as [2, 3] has, found [4, 2] of 8; let one length "
        + "be −1 to have it computed"
    ) {
      _ = x.reshaped(to: Shape([4, 2]))
    },
    Mistake(
      "expected 6 elements to fill shape [-1, 4], found [2, 3]; let one length at most "
        + "be −1, and the others divide 6"
    ) {
      _ = x.reshaped(to: [-1, 4])
    },
    Mistake("expected 6 elements to fill shape [-1, -1]") { _ = x.reshaped(to: [-1, -1]) },
    Mistake(
      "expected a shape whose last axes are [2, 3]’s, or its axes of length 1 repeated, "
        + "found [3, 2]"
    ) {
      _ = x.expanded(to: [3, 2])
    },
  ]

  /// Axes that are not there, and nothing to take a mean of.
  static let axes = [
    Mistake("expected at most 7 axes, found 8: [1, 1, 1, 1, 1, 1, 1, 1]; join some of them") {
      _ = Tensor.ones([1, 1, 1, 1, 1, 1, 1, 1])
    },
    Mistake("expected at most 7 axes, found 8: [1, 1, 1, 1, 1, 1, 1, 1]") {
      _ = Tensor.ones([1, 1, 1, 1, 1, 1, 1]).expandingAxis(0)
    },
    Mistake(
      "expected a length from 0 to 2147483647 for axis 1, found -3; check how it was "
        + "computed"
    ) {
      _ = Tensor.zeros([2, -3])
    },
    Mistake(
      "expected an axis from 0 to 1, found axis 2 of shape [2, 3]; count axes from 0; "
        + ".last is the last"
    ) {
      _ = x.shape[2]
    },
    Mistake("expected an axis from 0 to 1, found axis -1 of shape [2, 3]") { _ = x.shape[-1] },
    Mistake("expected a shape with axes, found axis 0 of shape []") { _ = Tensor(1).shape[0] },
    Mistake(
      "expected an axis from -2 to 1 for sum, found axis 2 of shape [2, 3]; count axes "
        + "from 0, or from −1 at the end"
    ) {
      _ = x.sum(axis: 2)
    },
    Mistake("expected a tensor with axes for mean, found axis 0 of shape []") {
      _ = Tensor(1).mean(axis: 0)
    },
    Mistake("expected an axis from -2 to 1 for flattened, found axis 3 of shape [2, 3]") {
      _ = x.flattened(from: 3)
    },
    Mistake(
      "expected a place from -3 to 2 for expandingAxis, found 3 for shape [2, 3]; 0 is "
        + "before the first axis, −1 after the last"
    ) {
      _ = x.expandingAxis(3)
    },
    Mistake(
      "expected an axis of length 1 to remove, found axis 0 of shape [2, 3]; to drop all "
        + "but one element use brackets, as x[0]"
    ) {
      _ = x.removingAxis(0)
    },
    Mistake(
      "expected at least two axes to transpose, found shape [3]; perhaps "
        + ".expandingAxis(0) first"
    ) {
      _ = Tensor.ones([3]).transposed()
    },
    Mistake("expected each of the axes 0 to 1 once, found [0, 0]; name every axis of [2, 3]") {
      _ = x.permuted([0, 0])
    },
    Mistake(
      "expected at least one element for mean, found shape [0, 3]; is a batch or a range "
        + "empty?"
    ) {
      _ = Tensor.zeros([0, 3]).mean()
    },
    Mistake("expected at least one element for mean, found shape [0, 3]") {
      _ = Tensor.zeros([0, 3]).variance(axis: 0)
    },
    Mistake("expected at least one element for max, found shape [0]") {
      _ = Tensor.zeros([0]).max()
    },
    Mistake("expected at least one element for min, found shape [0]") {
      _ = Tensor.zeros([0]).min()
    },
    Mistake("expected at least one element for indexOfMax, found shape [0]") {
      _ = Tensor.zeros([0]).indexOfMax()
    },
    Mistake("expected at least one element for softmax, found shape [2, 0]") {
      _ = Tensor.zeros([2, 0]).softmax()
    },
    Mistake("expected at least one element for batch normalisation, found shape [0, 3]") {
      _ = Tensor.zeros([0, 3]).normalisedByBatch()
    },
  ]
}
