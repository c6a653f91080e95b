import Failures
import Kernels

// MARK: - Another shape, the same order

extension Tensor {
  /// The same elements in the same order under another shape. One length may be −1: what is left.
  public func reshaped(to lengths: [Int]) -> Tensor {
    guard let open = lengths.firstIndex(of: -1) else { return reshaped(to: Shape(lengths)) }
    let known = lengths.reduce(1) { $1 == -1 ? $0 : $0 * $1 }
    if known == 0 || count % known != 0 || lengths.filter({ $0 == -1 }).count > 1 {
      fail(
        expected: "\(count) elements to fill shape \(lengths)", found: "\(shape)",
        mend: "let one length at most be −1, and the others divide \(count)")
    }
    var whole = lengths
    whole[open] = count / known
    return reshaped(to: Shape(whole))
  }

  public func reshaped(to target: Shape) -> Tensor {
    if target == shape { return self }
    if target.elementCount != count {
      fail(
        expected: "a shape of \(count) elements, as \(shape) has",
        found: "\(target) of \(target.elementCount)",
        mend: "let one length be −1 to have it computed")
    }
    var result = Tensor(buffer, target)
    return finish(&result, .reshape, self)
  }

  /// All axes from `first` on joined into one.
  public func flattened(from first: Int = 0) -> Tensor {
    let first = rank == 0 && first == 0 ? 0 : shape.axis(first, of: "flattened")
    return reshaped(to: Array(shape.prefix(first)) + [shape.dropFirst(first).reduce(1, *)])
  }

  /// With a new axis of length 1 before the one now at `axis`; −1 puts it at the end.
  public func expandingAxis(_ axis: Int) -> Tensor {
    let place = axis < 0 ? axis + rank + 1 : axis
    if place < 0 || place > rank {
      fail(
        expected: "a place from \(-rank - 1) to \(rank) for expandingAxis",
        found: "\(axis) for shape \(shape)", mend: "0 is before the first axis, −1 after the last")
    }
    return reshaped(to: shape.inserting(1, at: place))
  }

  /// Without an axis of length 1.
  public func removingAxis(_ axis: Int) -> Tensor {
    let place = shape.axis(axis, of: "removingAxis")
    if shape[place] != 1 {
      fail(
        expected: "an axis of length 1 to remove", found: "axis \(axis) of shape \(shape)",
        mend: "to drop all but one element use brackets, as x[0]")
    }
    return reshaped(to: shape.removing(place))
  }
}

// MARK: - Another order

/// An order of axes and the one that undoes it.
final class Permutation {
  let order: [Int]
  let inverse: [Int]

  init(_ order: [Int]) {
    self.order = order
    var inverse = order
    for (new, old) in order.enumerated() { inverse[old] = new }
    self.inverse = inverse
  }
}

extension Tensor {
  /// The last two axes exchanged.
  public func transposed() -> Tensor {
    if rank < 2 {
      fail(
        expected: "at least two axes to transpose", found: "shape \(shape)",
        mend: "perhaps .expandingAxis(0) first")
    }
    var order = Array(0..<rank)
    order.swapAt(rank - 1, rank - 2)
    return permuted(order)
  }

  /// The axes in another order: axis i of the result is axis `order[i]` of this tensor.
  public func permuted(_ order: [Int]) -> Tensor {
    if order.sorted() != Array(0..<rank) {
      fail(
        expected: "each of the axes 0 to \(rank - 1) once", found: "\(order)",
        mend: "name every axis of \(shape)")
    }
    var result = Tensor(unwritten: Shape(order.map { shape[$0] }), precision)
    let strides = shape.strides
    copy(
      from: order.map { strides[$0] }, into: result, at: result.shape.strides, lengths: result.shape
    )
    return finish(&result, .permute(Permutation(order)), self)
  }

  /// Copies elements `lengths` by given steps; `offset`s are in elements.
  func copy(
    from steps: [Int], offset: Int = 0, into result: Tensor, at resultSteps: [Int],
    resultOffset: Int = 0, lengths: Shape, adding: Bool = false
  ) {
    switch precision {
    case .float32:
      kernels_copy_f(
        floats + offset, steps, result.floats + resultOffset, resultSteps, Array(lengths),
        Int32(lengths.rank), adding)
    case .float64:
      kernels_copy_d(
        doubles + offset, steps, result.doubles + resultOffset, resultSteps, Array(lengths),
        Int32(lengths.rank), adding)
    }
  }
}
