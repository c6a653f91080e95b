import Kernels

/// The cotangents on their way back, each to the step that made the tensor it belongs to.
struct Arriving {
  private var sums: [Tensor?]
  private var waiting: [Int: [Product]] = [:]
  /// Whether an outer gradient writes this way back on the tape.
  private let isRecorded: Bool

  private typealias Product = (left: Tensor, cotangent: Tensor)

  init(count: Int, isRecorded: Bool) {
    sums = [Tensor?](repeating: nil, count: count)
    self.isRecorded = isRecorded
  }

  /// Adds to what has arrived at a place, into its memory where nobody else sees that.
  mutating func add(_ cotangent: consuming Tensor, to place: Int) {
    guard var sum = sums[place].take() else {
      sums[place] = consume cotangent
      return
    }
    if !isRecorded, isKnownUniquelyReferenced(&sum.buffer) {
      sum.accumulate(cotangent)
      sums[place] = consume sum
    } else {
      sums[place] = sum + cotangent
    }
  }

  /// Lets `write` add to what has arrived at a place of this shape, in its memory: a part of it is then not
  /// first spread over zeros of the whole. False where an outer gradient must see the addition.
  mutating func addInPlace(
    to place: Int, _ shape: Shape, _ precision: Precision, _ write: (Tensor) -> Void
  ) -> Bool {
    if isRecorded { return false }
    var sum = sums[place].take() ?? .zeros(shape, precision: precision)
    sum.makeUnique()
    write(sum)
    sums[place] = sum
    return true
  }

  /// All that has arrived at a place.
  mutating func take(_ place: Int) -> Tensor? {
    multiplyWaiting(at: place)
    return sums[place].take()
  }

  /// A weight used at many time steps has the gradient Σₜ xₜᵀ·gₜ, a sum of thin products. They wait here
  /// until enough are together to be one long product, which is far faster. True where this one waits.
  mutating func postpone(_ left: Tensor, _ cotangent: Tensor, to place: Int) -> Bool {
    guard !isRecorded, left.rank == 2, left.shape[0] <= 128 else { return false }
    if let first = waiting[place]?.first, first.left.shape != left.shape {
      multiplyWaiting(at: place)
    }
    waiting[place, default: []].append((left, cotangent))
    if waiting[place]!.count == 16 { multiplyWaiting(at: place) }
    return true
  }

  private mutating func multiplyWaiting(at place: Int) {
    guard !waiting.isEmpty, let products = waiting.removeValue(forKey: place) else { return }
    if products.count == 1 {
      add(product(products[0].left, products[0].cotangent, true, false), to: place)
      return
    }
    let left = products[0].left
    let (k, m, n) = (left.shape[0], left.shape[1], products[0].cotangent.shape[1])
    var sum = sums[place].take()
    if sum == nil || !isKnownUniquelyReferenced(&sum!.buffer) {
      let zeros = Tensor.zeros([m, n], precision: left.precision)
      sum = sum.map { zeros + $0 } ?? zeros
    }
    // The pointers do not keep the tensors alive.
    withExtendedLifetime(products) {
      switch left.precision {
      case .float32:
        kernels_product_of_many_f(
          products.count, m, n, k, products.map { UnsafePointer($0.left.floats) },
          products.map { UnsafePointer($0.cotangent.floats) }, sum!.floats)
      case .float64:
        kernels_product_of_many_d(
          products.count, m, n, k, products.map { UnsafePointer($0.left.doubles) },
          products.map { UnsafePointer($0.cotangent.doubles) }, sum!.doubles)
      }
    }
    sums[place] = sum
  }
}

extension Tensor {
  /// Adds another tensor of this shape into this one's own memory.
  func accumulate(_ other: Tensor, scaledBy factor: Double = 1) {
    switch precision {
    case .float32: kernels_accumulate_f(floats, other.floats, count, Float(factor))
    case .float64: kernels_accumulate_d(doubles, other.doubles, count, factor)
    }
    other.keepElements()
  }
}
