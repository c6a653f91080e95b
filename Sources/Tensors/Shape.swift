import Failures

/// The lengths of a tensor's axes, first to last: [batch, height, width, channels] for pictures.
///
/// At most seven axes. Stored in place, so that making a tensor allocates no list.
public struct Shape: Equatable, Hashable, Sendable {
  /// Two lengths of 32 bits in each word; the last half word is the number of axes. What is not used is zero.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  public static let mostAxes = 7

  public init(_ lengths: some Collection<Int>) {
    if lengths.count > Shape.mostAxes {
      fail(
        expected: "at most \(Shape.mostAxes) axes", found: "\(lengths.count): \(Array(lengths))",
        mend: "join some of them")
    }
    for (axis, length) in lengths.enumerated() { self[axis] = length }
    rank = lengths.count
  }

  /// How many axes there are; 0 for a single number.
  public private(set) var rank: Int {
    get { Int(words.3 >> 32) }
    set { words.3 = (words.3 & 0xFFFF_FFFF) | (UInt64(newValue) << 32) }
  }

  /// The number of elements: the product of all lengths, 1 where there is no axis.
  public var elementCount: Int {
    // Two lengths of 31 bits cannot overflow.
    if rank <= 2 { return (rank > 0 ? self[0] : 1) * (rank > 1 ? self[1] : 1) }
    if contains(0) { return 0 }
    var product = 1
    for length in self {
      let (next, isTooLarge) = product.multipliedReportingOverflow(by: length)
      if isTooLarge {
        fail(
          expected: "a shape whose elements can be counted", found: "\(self)",
          mend: "check how its lengths were computed")
      }
      product = next
    }
    return product
  }

  /// The length of an axis. Settable within the axes there are.
  public internal(set) subscript(axis: Int) -> Int {
    @inline(__always) get {
      if axis < 0 || axis >= rank { failAxis(axis) }
      let word =
        switch axis >> 1 {
        case 0: words.0
        case 1: words.1
        case 2: words.2
        default: words.3
        }
      return Int(UInt32(truncatingIfNeeded: word >> (UInt64(axis & 1) * 32)))
    }
    set {
      guard newValue >= 0, newValue <= Int32.max else {
        fail(
          expected: "a length from 0 to \(Int32.max) for axis \(axis)", found: "\(newValue)",
          mend: "check how it was computed")
      }
      let shift = UInt64(axis & 1) * 32
      func put(_ word: inout UInt64) {
        word = (word & ~(0xFFFF_FFFF << shift)) | (UInt64(newValue) << shift)
      }
      switch axis >> 1 {
      case 0: put(&words.0)
      case 1: put(&words.1)
      case 2: put(&words.2)
      default: put(&words.3)
      }
    }
  }

  @inline(never)
  private func failAxis(_ axis: Int) -> Never {
    fail(
      expected: rank == 0 ? "a shape with axes" : "an axis from 0 to \(rank - 1)",
      found: "axis \(axis) of shape \(self)", mend: "count axes from 0; .last is the last")
  }

  public static func == (a: Shape, b: Shape) -> Bool {
    a.words.0 == b.words.0 && a.words.1 == b.words.1 && a.words.2 == b.words.2
      && a.words.3 == b.words.3
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

extension Shape: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { rank }
}

extension Shape: ExpressibleByArrayLiteral {
  public init(arrayLiteral lengths: Int...) { self.init(lengths) }
}

extension Shape: CustomStringConvertible {
  public var description: String { "\(Array(self))" }
}

extension Shape {
  /// This shape with the length of one axis changed.
  func replacing(_ axis: Int, with length: Int) -> Shape {
    var copy = self
    copy[axis] = length
    return copy
  }

  /// This shape without one axis.
  func removing(_ axis: Int) -> Shape {
    var copy = Shape()
    copy.rank = rank - 1
    for other in 0..<rank where other != axis {
      copy[other < axis ? other : other - 1] = self[other]
    }
    return copy
  }

  /// This shape with an axis more, before the one that is now at `axis`.
  func inserting(_ length: Int, at axis: Int) -> Shape {
    var lengths = Array(self)
    lengths.insert(length, at: axis)
    return Shape(lengths)
  }

  init() {}

  /// How far apart in memory two neighbours along each axis lie.
  var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * self[axis + 1]
    }
    return strides
  }

  /// The elements before, along and after an axis: [outer, count, inner].
  func around(_ axis: Int) -> (outer: Int, count: Int, inner: Int) {
    var outer = 1
    var inner = 1
    for other in 0..<axis { outer *= self[other] }
    for other in (axis + 1)..<Swift.max(rank, axis + 1) { inner *= self[other] }
    return (outer, self[axis], inner)
  }

  /// The axis that `number` means: 0 is the first, −1 the last.
  func axis(_ number: Int, of operation: StaticString) -> Int {
    let axis = number < 0 ? number + rank : number
    if axis < 0 || axis >= rank {
      fail(
        expected: rank == 0
          ? "a tensor with axes for \(operation)"
          : "an axis from \(-rank) to \(rank - 1) for \(operation)",
        found: "axis \(number) of shape \(self)", mend: "count axes from 0, or from −1 at the end")
    }
    return axis
  }

  /// The shape that two operands have together when axes of length 1 and missing first axes are repeated;
  /// nil where they do not fit.
  func broadcast(with other: Shape) -> Shape? {
    if self == other { return self }
    var result = rank >= other.rank ? self : other
    for back in 1...Swift.max(1, result.rank) where back <= result.rank {
      let a = back <= rank ? self[rank - back] : 1
      let b = back <= other.rank ? other[other.rank - back] : 1
      guard a == b || a == 1 || b == 1 else { return nil }
      result[result.rank - back] = a == 1 ? b : a
    }
    return result
  }
}
