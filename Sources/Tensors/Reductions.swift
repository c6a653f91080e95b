import Failures
import Kernels

// MARK: - Sums

extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor { summed(to: []) }

  /// The sum along an axis, which disappears, or stays with length 1 where `keepingAxis`.
  public func sum(axis: Int, keepingAxis: Bool = false) -> Tensor {
    let axis = shape.axis(axis, of: "sum")
    let kept = summed(to: shape.replacing(axis, with: 1))
    return keepingAxis ? kept : kept.reshaped(to: shape.removing(axis))
  }

  /// The sum along several axes, which disappear.
  public func sum(axes: [Int]) -> Tensor {
    let axes = Set(axes.map { shape.axis($0, of: "sum") })
    var kept = shape
    for axis in axes { kept[axis] = 1 }
    return summed(to: kept).reshaped(
      to: Shape((0..<rank).filter { !axes.contains($0) }.map { shape[$0] }))
  }

  /// The mean of all elements.
  public func mean() -> Tensor {
    requireElements("mean")
    return sum() / Double(count)
  }

  /// The mean along an axis.
  public func mean(axis: Int, keepingAxis: Bool = false) -> Tensor {
    requireElements("mean")
    let axis = shape.axis(axis, of: "mean")
    return sum(axis: axis, keepingAxis: keepingAxis) / Double(shape[axis])
  }

  /// The mean along several axes, which disappear.
  public func mean(axes: [Int]) -> Tensor {
    requireElements("mean")
    let count = Set(axes.map { shape.axis($0, of: "mean") }).reduce(1) { $0 * shape[$1] }
    return sum(axes: axes) / Double(count)
  }

  /// The mean squared distance from the mean, of all elements (dividing by their number).
  public func variance() -> Tensor { (self - mean()).squared().mean() }

  /// The variance along an axis (dividing by its length).
  public func variance(axis: Int, keepingAxis: Bool = false) -> Tensor {
    (self - mean(axis: axis, keepingAxis: true)).squared()
      .mean(axis: axis, keepingAxis: keepingAxis)
  }

  /// The Euclidean length √Σ xᵢ² along an axis. Its gradient at length 0 is not finite.
  public func norm(axis: Int, keepingAxis: Bool = false) -> Tensor {
    squared().sum(axis: axis, keepingAxis: keepingAxis).squareRoot()
  }

  /// The Euclidean length of all elements.
  public func norm() -> Tensor { squared().sum().squareRoot() }

  /// The sum over the axes that are of length 1, or missing, in `target`.
  func summed(to target: Shape) -> Tensor {
    if shape == target { return self }
    var current = self
    var kept = shape
    let missing = rank - target.rank
    for axis in 0..<rank where axis < missing || target[axis - missing] != shape[axis] {
      kept[axis] = 1
    }
    // Neighbouring axes are summed together: [outer, count, inner].
    var axis = 0
    while axis < rank {
      guard kept[axis] != shape[axis] else {
        axis += 1
        continue
      }
      var end = axis + 1
      while end < rank, kept[end] != shape[end] || shape[end] == 1 { end += 1 }
      var outer = 1
      var count = 1
      var inner = 1
      for other in 0..<axis { outer *= kept[other] }
      for other in axis..<end { count *= shape[other] }
      for other in end..<rank { inner *= shape[other] }
      current = current.reduced(KERNELS_SUM, outer, count, inner)
      axis = end
    }
    // Axes of length 1 alone may differ: then nothing was added.
    var result = Tensor(current.buffer, target)
    return finish(&result, .sum, self)
  }

  func reduced(
    _ reduction: kernels_reduction, _ outer: Int, _ count: Int, _ inner: Int
  ) -> Tensor {
    let result = Tensor(unwritten: [outer, inner], precision)
    switch precision {
    case .float32:
      kernels_reduce_f(
        reduction, buffer.memory.assumingMemoryBound(to: Float.self), result.floats, outer, count,
        inner)
    case .float64:
      kernels_reduce_d(
        reduction, buffer.memory.assumingMemoryBound(to: Double.self), result.doubles, outer, count,
        inner)
    }
    keepElements()
    return result
  }

  /// The tensor repeated along axes of length 1 and along new first axes.
  public func expanded(to target: Shape) -> Tensor {
    if shape == target { return self }
    guard shape.broadcast(with: target) == target else {
      fail(
        expected: "a shape whose last axes are \(shape)’s, or its axes of length 1 repeated",
        found: "\(target)", mend: "reshape it first")
    }
    var result = Tensor(unwritten: target, precision)
    let xStrides = shape.strides(within: target)
    switch precision {
    case .float32:
      kernels_copy_f(
        floats, xStrides, result.floats, target.strides, Array(target), Int32(target.rank), false)
    case .float64:
      kernels_copy_d(
        doubles, xStrides, result.doubles, target.strides, Array(target), Int32(target.rank), false)
    }
    return finish(&result, .expand, self)
  }

  func requireElements(_ operation: String) {
    if count == 0 {
      fail(
        expected: "at least one element for \(operation)", found: "shape \(shape)",
        mend: "is a batch or a range empty?")
    }
  }
}

// MARK: - Largest and smallest

extension Tensor {
  /// The largest element; its gradient is shared evenly among those that are equally large.
  public func max() -> Tensor { flattened().max(axis: 0) }

  /// The largest element along an axis.
  public func max(axis: Int, keepingAxis: Bool = false) -> Tensor {
    requireElements("max")
    let axis = shape.axis(axis, of: "max")
    let (outer, count, inner) = shape.around(axis)
    let reduced = detached.reduced(KERNELS_LARGEST, outer, count, inner)
    var kept = Tensor(reduced.buffer, shape.replacing(axis, with: 1))
    let result = finish(&kept, .largest, self)
    return keepingAxis ? result : result.reshaped(to: shape.removing(axis))
  }

  /// The smallest element.
  public func min() -> Tensor { flattened().min(axis: 0) }

  /// The smallest element along an axis.
  public func min(axis: Int, keepingAxis: Bool = false) -> Tensor {
    requireElements("min")
    return -(-self).max(axis: axis, keepingAxis: keepingAxis)
  }

  /// The place of the first largest element along an axis, for each place of the others.
  public func indexOfMax(axis: Int = -1) -> [Int] {
    requireElements("indexOfMax")
    let (outer, count, inner) = shape.around(shape.axis(axis, of: "indexOfMax"))
    return [Int32](unsafeUninitializedCapacity: outer * inner) { places, filled in
      switch precision {
      case .float32: kernels_index_of_largest_f(floats, places.baseAddress, outer, count, inner)
      case .float64: kernels_index_of_largest_d(doubles, places.baseAddress, outer, count, inner)
      }
      filled = outer * inner
    }.map(Int.init)
  }
}
