import Failures
import Kernels

// Tensors put together and taken apart.

extension Tensor {
  /// Tensors one after the other along an axis; their other axes are equal.
  public static func concatenating(_ parts: [Tensor], axis: Int) -> Tensor {
    guard let first = parts.first else {
      fail(expected: "at least one tensor to concatenate", found: "none", mend: "give some")
    }
    if parts.count == 1 { return first }
    let axis = first.shape.axis(axis, of: "concatenating")
    var length = 0
    for part in parts {
      let fits =
        part.rank == first.rank
        && part.shape.replacing(axis, with: 1) == first.shape.replacing(axis, with: 1)
      if !fits {
        fail(
          expected: "shapes that differ along axis \(axis) alone",
          found: "\(first.shape) and \(part.shape)",
          mend: "reshape or slice one of them")
      }
      if part.precision != first.precision { failMixed(first, part, "concatenating") }
      length += part.shape[axis]
    }
    var result = Tensor(unwritten: first.shape.replacing(axis, with: length), first.precision)
    let steps = result.shape.strides
    var from = 0
    for part in parts where part.count > 0 {
      part.copy(
        from: part.shape.strides, into: result, at: steps, resultOffset: from * steps[axis],
        lengths: part.shape)
      from += part.shape[axis]
    }
    let tape = Tape.ofThread
    let levels = parts.reduce(0) { $0 | tape.levels(of: $1.trace) }
    if levels != 0 {
      result.trace = tape.next(levels)
      tape.write(
        Step(
          .concatenate(axis: axis), nil, levels: levels,
          parts: parts.map(Outline.init)))
    }
    return result
  }

  /// Tensors of one shape along a new axis.
  public static func stacking(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    if let odd = parts.first(where: { $0.shape != parts[0].shape }) {
      fail(
        expected: "tensors of one shape to stack", found: "\(parts[0].shape) and \(odd.shape)",
        mend: "use concatenating where lengths differ along one axis")
    }
    return concatenating(parts.map { $0.expandingAxis(axis) }, axis: axis)
  }

  /// The tensor cut along an axis into parts of the given lengths.
  public func split(_ lengths: [Int], axis: Int) -> [Tensor] {
    let axis = shape.axis(axis, of: "split")
    if lengths.reduce(0, +) != shape[axis] {
      fail(
        expected: "lengths that add to \(shape[axis]), axis \(axis) of \(shape)",
        found: "\(lengths)",
        mend: "let them cover the axis")
    }
    var from = 0
    return lengths.map { length in
      defer { from += length }
      return slice(axis: axis, from..<(from + length))
    }
  }

  /// The tensor cut along an axis into `parts` equal parts.
  public func split(into parts: Int, axis: Int) -> [Tensor] {
    let length = shape[shape.axis(axis, of: "split")]
    if parts < 1 || length % parts != 0 {
      fail(
        expected: "a number of parts that divides \(length), axis \(axis) of \(shape)",
        found: "\(parts)", mend: "give the lengths one by one")
    }
    return split([Int](repeating: length / parts, count: parts), axis: axis)
  }
}
