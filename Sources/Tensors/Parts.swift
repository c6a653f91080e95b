import Failures
import Kernels

// Parts of a tensor by their places, and padding, which undoes it.

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
          expected: "places within 0..<\(shape[axis]), axis \(axis) of \(shape)",
          found: place.words, mend: "count from 0")
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
  /// As they are written.
  var words: String { get }
}

extension AxisPlaces {
  public var isSingle: Bool { false }
  public var words: String { "\(self)" }
}

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
  public var words: String { "\(lowerBound)..." }
}
// An end before the first place is told as places out of bounds, not by Swift's own trap.
extension PartialRangeUpTo: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { Swift.min(0, upperBound)..<upperBound }
  public var words: String { "..<\(upperBound)" }
}
extension PartialRangeThrough: AxisPlaces where Bound == Int {
  public func range(of length: Int) -> Range<Int> { (..<(upperBound + 1)).range(of: length) }
  public var words: String { "...\(upperBound)" }
}
