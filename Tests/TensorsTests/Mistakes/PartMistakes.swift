import Randomness
import Tensors

extension Mistake {
  /// Parts that are not there, and parts that do not fit together.
  static let parts = [
    Mistake(
      "expected a range within 0..<3, axis 1 of [2, 3], found 1..<4; ranges end before "
        + "the axis's length"
    ) {
      _ = x.slice(axis: 1, 1..<4)
    },
    Mistake("expected places within 0..<2, axis 0 of [2, 3], found 2; count from 0") { _ = x[2] },
    Mistake("expected places within 0..<2, axis 0 of [2, 3], found -1; count from 0") { _ = x[-1] },
    Mistake("expected places within 0..<3, axis 1 of [2, 3], found 2...3") { _ = x[0, 2...3] },
    Mistake("expected places within 0..<2, axis 0 of [2, 3], found ..<-1") {
      _ = x[PartialRangeUpTo(-1)]
    },
    Mistake("expected at most 2 places for shape [2, 3], found 3; give one for each axis") {
      _ = x[0, 0, 0]
    },
    Mistake(
      "expected a step of at least 1, and a first place within axis 0 of [2, 3], found "
        + "step 0 from 0"
    ) {
      _ = x.every(0, axis: 0)
    },
    Mistake(
      "expected no negative padding, found -1 before and 0 after; use slice to make an "
        + "axis shorter"
    ) {
      _ = x.padded(axis: 0, before: -1, after: 0)
    },
    Mistake("expected at least one tensor to concatenate, found none") {
      _ = Tensor.concatenating([], axis: 0)
    },
    Mistake("expected shapes that differ along axis 0 alone, found [2, 3] and [2, 2]") {
      _ = Tensor.concatenating([x, .ones([2, 2])], axis: 0)
    },
    Mistake(
      "expected tensors of one shape to stack, found [2, 3] and [2, 2]; use "
        + "concatenating where lengths differ along one axis"
    ) {
      _ = Tensor.stacking([x, .ones([2, 2])])
    },
    Mistake(
      "expected lengths that add to 3, axis 1 of [2, 3], found [1, 1]; let them cover "
        + "the axis"
    ) {
      _ = x.split([1, 1], axis: 1)
    },
    Mistake(
      "expected a number of parts that divides 3, axis 1 of [2, 3], found 2; give the "
        + "lengths one by one"
    ) {
      _ = x.split(into: 2, axis: 1)
    },
    Mistake("expected indices from 0 to 1 into shape [2, 3], found 2 at place 1; count from 0") {
      _ = x.gathering([0, 2])
    },
    Mistake("expected indices from 0 to 2 into shape [2, 3], found -1 at place 0; count from 0") {
      _ = x.picking([-1, 0])
    },
    Mistake(
      "expected 2 indices, one for each row of shape [2, 3], found 1; are they those of "
        + "another batch?"
    ) {
      _ = crossEntropy(logits: x, labels: [0])
    },
    Mistake("expected a table [rows, columns] to pick from, found shape [3]; reshape it first") {
      _ = Tensor.ones([3]).picking([0])
    },
  ]

  /// Tensors made of the wrong numbers, or read the wrong way.
  static let makings = [
    Mistake(
      "expected 4 numbers for shape [2, 2], found 3; let the shape's lengths multiply to "
        + "the number of numbers"
    ) {
      _ = Tensor([1, 2, 3], shape: [2, 2])
    },
    Mistake(
      "expected rows of equal length, 2 as the first, found 1 numbers in row 1; give "
        + "every row as many"
    ) {
      _ = Tensor([[1, 2], [3]])
    },
    Mistake("expected indices from 0 to 2 for 1-of-3, found 3 at place 1; count classes from 0") {
      _ = Tensor.oneHot([0, 3], classes: 3)
    },
    Mistake(
      "expected a tensor of one number, found shape [2, 3]; take .sum(), .mean() or one "
        + "element first"
    ) {
      _ = x.scalar
    },
    Mistake("expected a table [rows, columns], found shape [3]; reshape it first") {
      _ = Tensor.ones([3]).rows
    },
    Mistake(
      "expected a temperature of at least 0, found -1.0; 0 takes the most likely, 1 "
        + "draws as the model says"
    ) {
      var random = SeededGenerator(seed: 1)
      _ = x.drawingClasses(temperature: -1, using: &random)
    },
    Mistake("expected logits to draw classes by, found one that is not a number among [1, 2]") {
      var random = SeededGenerator(seed: 1)
      _ = Tensor([[0, .nan]]).drawingClasses(using: &random)
    },
    Mistake("expected a size of at least 0 for counting, found -1; check how it was computed") {
      _ = Tensor.counting(to: -1)
    },
    Mistake("expected a size of at least 0 for identity, found -2; check how it was computed") {
      _ = Tensor.identity(-2)
    },
    Mistake("expected a shape whose elements can be counted, found [2147483647, 2147483647, 4]") {
      _ = Tensor.zeros([2_147_483_647, 2_147_483_647, 4])
    },
  ]
}
