import Failures
import Kernels

// Elements and rows by their numbers.

/// Places along an axis, in 32 bits for the kernels.
final class Indices {
  let places: [Int32]
  let outer: Int
  let rows: Int
  let width: Int

  init(_ places: [Int32], outer: Int, rows: Int, width: Int) {
    (self.places, self.outer, self.rows, self.width) = (places, outer, rows, width)
  }
}

extension Tensor {
  /// The rows (places of an axis) with these indices, in their order, with repetition: an embedding's
  /// look-up. [rows, width] gives [indices, width].
  public func gathering(_ indices: [Int], axis: Int = 0) -> Tensor {
    let axis = shape.axis(axis, of: "gathering")
    let (outer, rows, width) = shape.around(axis)
    return gathered(
      by: Indices(checked(indices, below: rows), outer: outer, rows: rows, width: width),
      shape: shape.replacing(axis, with: indices.count))
  }

  /// One element of each row [rows, columns], at that row's index: the log-probability of the true class.
  public func picking(_ indices: [Int]) -> Tensor {
    if rank != 2 {
      fail(
        expected: "a table [rows, columns] to pick from", found: "shape \(shape)",
        mend: "reshape it first")
    }
    if indices.count != shape[0] {
      fail(
        expected: "\(shape[0]) indices, one for each row of shape \(shape)",
        found: "\(indices.count)", mend: "are they those of another batch?")
    }
    let columns = shape[1]
    let places = checked(indices, below: columns).enumerated().map {
      Int32($0.offset * columns) + $0.element
    }
    return gathered(by: Indices(places, outer: 1, rows: count, width: 1), shape: [indices.count])
  }

  func gathered(by indices: Indices, shape target: Shape) -> Tensor {
    var result = Tensor(unwritten: target, precision)
    switch precision {
    case .float32:
      kernels_gather_f(
        floats, indices.places, result.floats, indices.outer, indices.rows, indices.places.count,
        indices.width)
    case .float64:
      kernels_gather_d(
        doubles, indices.places, result.doubles, indices.outer, indices.rows, indices.places.count,
        indices.width)
    }
    return finish(&result, .gather(indices), self)
  }

  /// The adjoint of gathering: zeros of `target`'s shape with the rows added at their places.
  func scattered(to indices: Indices, shape target: Shape) -> Tensor {
    var result = Tensor.zeros(target, precision: precision)
    add(into: result, at: indices)
    return finish(&result, .scatter(indices), self)
  }

  /// Adds these rows to those of `whole` at the indices, in its memory.
  func add(into whole: Tensor, at indices: Indices) {
    switch precision {
    case .float32:
      kernels_scatter_f(
        floats, indices.places, whole.floats, indices.outer, indices.rows, indices.places.count,
        indices.width)
    case .float64:
      kernels_scatter_d(
        doubles, indices.places, whole.doubles, indices.outer, indices.rows, indices.places.count,
        indices.width)
    }
    keepElements()
  }

  private func checked(_ indices: [Int], below limit: Int) -> [Int32] {
    indices.enumerated().map { place, index in
      if index < 0 || index >= limit {
        fail(
          expected: "indices from 0 to \(limit - 1) into shape \(shape)",
          found: "\(index) at place \(place)", mend: "count from 0")
      }
      return Int32(index)
    }
  }
}
