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

// MARK: - Parts

/// A part of a larger tensor: along each axis where it begins, in which steps it goes, and how long it is.
final class Window {
  let whole: Shape
  let starts: [Int]
  let steps: [Int]
  let lengths: Shape

  init(whole: Shape, starts: [Int], steps: [Int], lengths: Shape) {
    (self.whole, self.starts, self.steps, self.lengths) = (whole, starts, steps, lengths)
  }

  var strides: [Int] { zip(whole.strides, steps).map { $0 * $1 } }
  var offset: Int { zip(whole.strides, starts).reduce(0) { $0 + $1.0 * $1.1 } }
}

extension Tensor {
  /// The elements of a window of this tensor.
  func sliced(by window: Window) -> Tensor {
    var result = Tensor(unwritten: window.lengths, precision)
    if result.count > 0 {
      copy(
        from: window.strides, offset: window.offset, into: result, at: window.lengths.strides,
        lengths: window.lengths)
    }
    return finish(&result, .slice(window), self)
  }

  /// Zeros of the window's whole shape with these elements in the window.
  func placed(in window: Window) -> Tensor {
    var result = Tensor.zeros(window.whole, precision: precision)
    add(into: result, at: window)
    return finish(&result, .place(window), self)
  }

  /// Adds these elements to those of a window of `whole`, in its memory.
  func add(into whole: Tensor, at window: Window) {
    if count == 0 { return }
    copy(
      from: shape.strides, into: whole, at: window.strides, resultOffset: window.offset,
      lengths: window.lengths, adding: true)
    keepElements()
  }

  /// The part of an axis in a range.
  public func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    let axis = shape.axis(axis, of: "slice")
    if range.lowerBound < 0 || range.upperBound > shape[axis] {
      fail(
        expected: "a range within 0..<\(shape[axis]), axis \(axis) of \(shape)", found: "\(range)",
        mend: "ranges end before the axis's length")
    }
    if range.count == shape[axis] { return self }
    var starts = [Int](repeating: 0, count: rank)
    starts[axis] = range.lowerBound
    return sliced(
      by: Window(
        whole: shape, starts: starts, steps: [Int](repeating: 1, count: rank),
        lengths: shape.replacing(axis, with: range.count)))
  }

  /// Every `step`-th place of an axis, from `first` on.
  public func every(_ step: Int, axis: Int, from first: Int = 0) -> Tensor {
    let axis = shape.axis(axis, of: "every")
    if step < 1 || first < 0 || first >= Swift.max(1, shape[axis]) {
      fail(
        expected: "a step of at least 1, and a first place within axis \(axis) of \(shape)",
        found: "step \(step) from \(first)", mend: "count places from 0")
    }
    var (starts, steps) = ([Int](repeating: 0, count: rank), [Int](repeating: 1, count: rank))
    starts[axis] = first
    steps[axis] = step
    return sliced(
      by: Window(
        whole: shape, starts: starts, steps: steps,
        lengths: shape.replacing(axis, with: (shape[axis] - first + step - 1) / step)))
  }

  /// An axis back to front.
  public func reversed(axis: Int) -> Tensor {
    let axis = shape.axis(axis, of: "reversed")
    var (starts, steps) = ([Int](repeating: 0, count: rank), [Int](repeating: 1, count: rank))
    starts[axis] = Swift.max(0, shape[axis] - 1)
    steps[axis] = -1
    return sliced(by: Window(whole: shape, starts: starts, steps: steps, lengths: shape))
  }

  /// Zeros added before and after an axis.
  public func padded(axis: Int, before: Int, after: Int) -> Tensor {
    let axis = shape.axis(axis, of: "padded")
    if before < 0 || after < 0 {
      fail(
        expected: "no negative padding", found: "\(before) before and \(after) after",
        mend: "use slice to make an axis shorter")
    }
    if before == 0, after == 0 { return self }
    var starts = [Int](repeating: 0, count: rank)
    starts[axis] = before
    return placed(
      in: Window(
        whole: shape.replacing(axis, with: before + shape[axis] + after), starts: starts,
        steps: [Int](repeating: 1, count: rank), lengths: shape))
  }

  /// Parts by their places: `x[3]` is one element of the first axis, which disappears, `x[0..<10]` ten of
  /// them, `x[0..., 2]` a column, `x[..<5, 1...3]` a block.
  public subscript(_ places: any AxisPlaces...) -> Tensor {
    if places.count > rank {
      fail(
        expected: "at most \(rank) places for shape \(shape)", found: "\(places.count)",
        mend: "give one for each axis")
    }
    var (starts, lengths) = ([Int](repeating: 0, count: rank), shape)
    var single: [Int] = []
    for (axis, place) in places.enumerated() {
      let range = place.range(of: shape[axis])
      if range.lowerBound < 0 || range.upperBound > shape[axis] {
        fail(
          expected: "places within 0..<\(shape[axis]), axis \(axis) of \(shape)", found: "\(place)",
          mend: "count from 0")
      }
      starts[axis] = range.lowerBound
      lengths[axis] = range.count
      if place.isSingle { single.append(axis) }
    }
    let part = sliced(
      by: Window(
        whole: shape, starts: starts, steps: [Int](repeating: 1, count: rank), lengths: lengths))
    if single.isEmpty { return part }
    return part.reshaped(
      to: Shape((0..<rank).filter { !single.contains($0) }.map { lengths[$0] }))
  }
}

/// What stands in a tensor's brackets for one axis: a number or a range.
public protocol AxisPlaces {
  func range(of length: Int) -> Range<Int>
  /// Whether the axis disappears.
  var isSingle: Bool { get }
}

extension AxisPlaces { public var isSingle: Bool { false } }

extension Int: AxisPlaces {
  public func range(of length: Int) -> Range<Int> { self..<(self + 1) }
  public var isSingle: Bool { true }
}
extension Range: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { self }
}
extension ClosedRange: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { lowerBound..<(upperBound + 1) }
}
extension PartialRangeFrom: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { lowerBound..<Swift.max(length, lowerBound) }
}
extension PartialRangeUpTo: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { 0..<upperBound }
}
extension PartialRangeThrough: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { 0..<(upperBound + 1) }
}

// MARK: - Together

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

// MARK: - By index

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
