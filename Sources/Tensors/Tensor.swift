import Failures
import Kernels

/// Numbers in a grid of any number of axes, dense and row-major: what models compute with.
///
/// A value: operations make new tensors and never change their operands. Pictures are
/// [batch, height, width, channels]. Elements are float32 unless said otherwise; see ``Precision``.
///
/// Inside `gradient(at:)`, operations on what is differentiated are written on a tape, and the gradient is
/// itself made of such operations, so that it can be differentiated again.
public struct Tensor {
  var buffer: Buffer
  public let shape: Shape
  /// Where the tape knows this tensor; see ``Tape``.
  var trace: Trace

  init(_ buffer: Buffer, _ shape: Shape, trace: Trace = .none) {
    self.buffer = buffer
    self.shape = shape
    self.trace = trace
  }

  /// Room for the elements of a result, not yet written.
  init(unwritten shape: Shape, _ precision: Precision) {
    buffer = Buffer(count: shape.elementCount, precision: precision)
    self.shape = shape
    trace = .none
  }

  /// Room for a result of this one's shape.
  @inline(__always)
  init(unwrittenLike other: Tensor) {
    buffer = Buffer(count: other.count, precision: other.precision)
    shape = other.shape
    trace = .none
  }

  public var precision: Precision { buffer.precision }
  /// The number of elements.
  public var count: Int { buffer.isStandIn ? shape.elementCount : buffer.count }
  /// The number of axes.
  public var rank: Int { shape.rank }

  /// The same shape and place on the tape without the elements: what a rule keeps when it needs no more.
  var withoutElements: Tensor { Tensor(.none(precision), shape, trace: trace) }

  /// The elements, float32.
  package var floats: UnsafeMutablePointer<Float> {
    @inline(__always) get {
      checkElements()
      return buffer.memory.assumingMemoryBound(to: Float.self)
    }
  }

  /// The elements, float64.
  package var doubles: UnsafeMutablePointer<Double> {
    @inline(__always) get {
      checkElements()
      return buffer.memory.assumingMemoryBound(to: Double.self)
    }
  }

  /// The elements live until here. A kernel is handed a pointer that says nothing of its tensor, and Swift
  /// may let go of a tensor after its last use.
  @inline(__always) func keepElements() { withExtendedLifetime(buffer) {} }

  @inline(__always) private func checkElements() {
    if buffer.isStandIn { fatalError("a rule reads elements it did not ask to keep") }
  }
}

// MARK: - Making

extension Tensor {
  /// One number, of no axis.
  public init(_ number: Double, precision: Precision = .standard) {
    self.init(repeating: number, shape: [], precision: precision)
  }

  /// `number` everywhere.
  public init(repeating number: Double, shape: Shape, precision: Precision = .standard) {
    self.init(unwritten: shape, precision)
    switch precision {
    case .float32: kernels_fill_f(floats, count, Float(number))
    case .float64: kernels_fill_d(doubles, count, number)
    }
  }

  public static func zeros(_ shape: Shape, precision: Precision = .standard) -> Tensor {
    Tensor(repeating: 0, shape: shape, precision: precision)
  }

  public static func ones(_ shape: Shape, precision: Precision = .standard) -> Tensor {
    Tensor(repeating: 1, shape: shape, precision: precision)
  }

  /// The numbers in row-major order; along one axis where no shape is given.
  public init(
    _ numbers: some Collection<Double>, shape: Shape? = nil, precision: Precision = .standard
  ) {
    self.init(unwritten: shape ?? [numbers.count], precision)
    requireNumbers(numbers.count)
    switch precision {
    case .float32: for (index, number) in numbers.enumerated() { floats[index] = Float(number) }
    case .float64: for (index, number) in numbers.enumerated() { doubles[index] = number }
    }
  }

  /// The numbers in row-major order, as float32.
  @_disfavoredOverload
  public init(_ numbers: [Float], shape: Shape? = nil) {
    self.init(unwritten: shape ?? [numbers.count], .float32)
    requireNumbers(numbers.count)
    numbers.withUnsafeBufferPointer {
      if let start = $0.baseAddress { floats.update(from: start, count: $0.count) }
    }
  }

  /// Bytes 0...255 as numbers 0...1, float32: the pixels of pictures.
  public init(pixels: [UInt8], shape: Shape) {
    self.init(unwritten: shape, .float32)
    requireNumbers(pixels.count)
    let floats = floats
    for index in pixels.indices { floats[index] = Float(pixels[index]) / 255 }
    keepElements()
  }

  /// A table: rows of equal length, [rows, columns].
  public init(_ rows: [[Double]], precision: Precision = .standard) {
    let columns = rows.first?.count ?? 0
    if let odd = rows.firstIndex(where: { $0.count != columns }) {
      fail(
        expected: "rows of equal length, \(columns) as the first",
        found: "\(rows[odd].count) numbers in row \(odd)", mend: "give every row as many")
    }
    self.init(rows.joined().map { $0 }, shape: [rows.count, columns], precision: precision)
  }

  /// The numbers 0, 1, … count − 1.
  public static func counting(to count: Int, precision: Precision = .standard) -> Tensor {
    requireSize(count, of: "counting")
    return Tensor((0..<count).map(Double.init), precision: precision)
  }

  /// `count` numbers from `first` to `last`, evenly spaced, both ends included.
  public static func spaced(
    from first: Double, to last: Double, count: Int, precision: Precision = .standard
  ) -> Tensor {
    requireSize(count, of: "spaced")
    let step = count > 1 ? (last - first) / Double(count - 1) : 0
    return Tensor((0..<count).map { first + step * Double($0) }, precision: precision)
  }

  /// Ones on the diagonal of [size, size], zeros beside it.
  public static func identity(_ size: Int, precision: Precision = .standard) -> Tensor {
    requireSize(size, of: "identity")
    var numbers = [Double](repeating: 0, count: size * size)
    for index in 0..<size { numbers[index * size + index] = 1 }
    return Tensor(numbers, shape: [size, size], precision: precision)
  }

  /// 1-of-N: for each index a row of `classes` numbers, 1 at the index and 0 elsewhere.
  public static func oneHot(
    _ indices: [Int], classes: Int, precision: Precision = .standard
  ) -> Tensor {
    var numbers = [Double](repeating: 0, count: indices.count * classes)
    for (row, index) in indices.enumerated() {
      if index < 0 || index >= classes {
        fail(
          expected: "indices from 0 to \(classes - 1) for 1-of-\(classes)",
          found: "\(index) at place \(row)", mend: "count classes from 0")
      }
      numbers[row * classes + index] = 1
    }
    return Tensor(numbers, shape: [indices.count, classes], precision: precision)
  }

  private static func requireSize(_ size: Int, of maker: String) {
    if size < 0 {
      fail(
        expected: "a size of at least 0 for \(maker)", found: "\(size)",
        mend: "check how it was computed")
    }
  }

  private func requireNumbers(_ found: Int) {
    if found != count {
      fail(
        expected: "\(count) numbers for shape \(shape)", found: "\(found)",
        mend: "let the shape's lengths multiply to the number of numbers")
    }
  }
}

// MARK: - Reading

extension Tensor {
  /// The only element.
  public var scalar: Double {
    if count != 1 {
      fail(
        expected: "a tensor of one number", found: "shape \(shape)",
        mend: "take .sum(), .mean() or one element first")
    }
    return precision == .float32 ? Double(floats[0]) : doubles[0]
  }

  /// The elements in row-major order.
  public var scalars: [Double] {
    switch precision {
    case .float32: UnsafeBufferPointer(start: floats, count: count).map(Double.init)
    case .float64: Array(UnsafeBufferPointer(start: doubles, count: count))
    }
  }

  /// The rows of a table [rows, columns].
  public var rows: [[Double]] {
    if rank != 2 {
      fail(expected: "a table [rows, columns]", found: "shape \(shape)", mend: "reshape it first")
    }
    let numbers = scalars
    return (0..<shape[0]).map { Array(numbers[($0 * shape[1])..<(($0 + 1) * shape[1])]) }
  }

  /// The elements as float32, in row-major order.
  public var float32s: [Float] {
    switch precision {
    case .float32: Array(UnsafeBufferPointer(start: floats, count: count))
    case .float64: UnsafeBufferPointer(start: doubles, count: count).map(Float.init)
    }
  }

  /// Whether every element is a number, none infinite.
  public var isFinite: Bool {
    precision == .float32
      ? kernels_all_finite_f(floats, count) : kernels_all_finite_d(doubles, count)
  }

  /// A number that differs, in all likelihood, where a bit of shape or elements differs (FNV-1a over the
  /// bytes): two runs with the same digest computed the same thing.
  public var digest: UInt64 {
    checkElements()
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func take(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01B3 }
    for length in shape { take(UInt64(length)) }
    for byte in UnsafeRawBufferPointer(start: buffer.memory, count: count * precision.bytes) {
      take(UInt64(byte))
    }
    return hash
  }
}

extension Tensor {
  /// The same numbers in memory of their own.
  func copied() -> Tensor {
    let copy = Tensor(unwritten: shape, precision)
    copy.buffer.memory.copyMemory(from: buffer.memory, byteCount: count * precision.bytes)
    return copy
  }

  /// Gives the tensor memory of its own where it shares it, so that its elements may be written in place.
  package mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&buffer) { self = copied() }
  }
}

// MARK: - Precision

extension Tensor {
  /// The same numbers, kept as `precision` says.
  public func converted(to precision: Precision) -> Tensor {
    if precision == self.precision { return self }
    var result = Tensor(unwritten: shape, precision)
    switch precision {
    case .float32: kernels_narrow(doubles, result.floats, count)
    case .float64: kernels_widen(floats, result.doubles, count)
    }
    return finish(&result, .convert, self)
  }
}

extension Tensor: CustomStringConvertible {
  /// The numbers in nested brackets to four digits; long axes shortened.
  public var description: String {
    let numbers = scalars
    func text(_ axis: Int, _ offset: Int) -> String {
      guard axis < rank else { return short(numbers[offset]) }
      let step = shape.strides[axis]
      let length = shape[axis]
      let shown = length <= 8 ? Array(0..<length) : Array(0..<4) + Array((length - 3)..<length)
      var parts = shown.map { text(axis + 1, offset + $0 * step) }
      if length > 8 { parts.insert("…", at: 4) }
      let between = axis == rank - 1 ? ", " : ",\n" + String(repeating: " ", count: axis + 1)
      return "[" + parts.joined(separator: between) + "]"
    }
    return rank == 0 ? text(0, 0) : "\(text(0, 0)) \(shape)"
  }

  private func short(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e6 else { return "\(Float(number))" }
    guard abs(number) >= 1e-4 || number == 0 else { return "\(Float(number))" }
    let rounded = (number * 1e4).rounded() / 1e4
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
