import FoundationEssentials
import Tensors

// The safetensors format: the header's length in 8 little-endian bytes; the header, a JSON object that gives each
// tensor's dtype, shape and place; then all elements, little-endian.
// https://github.com/huggingface/safetensors#format

extension Weights {
  /// The bytes of a safetensors file.
  var safeTensors: Data {
    var header: [String: Entry] = [:]
    var end = 0
    for (name, tensor) in zip(names, tensors) {
      let start = end
      end += tensor.byteCount
      header[name] = Entry(
        dtype: tensor.precision.dtype, shape: Array(tensor.shape), offsets: [start, end])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and whole numbers can always be written.
    var text = try! encoder.encode(header)
    // The elements begin at a multiple of eight.
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    var bytes = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) }
    bytes.append(text)
    for tensor in tensors { tensor.withElements { bytes.append(contentsOf: $0) } }
    return bytes
  }

  /// Reads the bytes of a safetensors file.
  init(safeTensors bytes: Data) throws(WeightsProblem) {
    let entries = try Self.header(of: bytes)
    let start = bytes.startIndex + 8 + Int(Self.headerLength(of: bytes))
    names = entries.map(\.name)
    var tensors: [Tensor] = []
    for (_, entry) in entries {
      let tensor = Tensor.zeros(Shape(entry.shape), precision: entry.precision!)
      let range = (start + entry.offsets[0])..<(start + entry.offsets[1])
      tensor.withElements { elements in
        _ = bytes.copyBytes(to: UnsafeMutableRawBufferPointer(mutating: elements), from: range)
      }
      tensors.append(tensor)
    }
    self.tensors = tensors
  }

  private static func headerLength(of bytes: Data) -> UInt64 {
    bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The entries in the order of their elements, checked against the number of bytes there are.
  private static func header(
    of bytes: Data
  ) throws(WeightsProblem) -> [(name: String, entry: Entry)] {
    if bytes.count < 8 { throw .wrongLength(expected: 8, found: bytes.count) }
    let length = headerLength(of: bytes)
    // The format's own limit: what is larger is no header.
    if length > 100_000_000 { throw .wrongHeader("one of \(length) bytes") }
    let elements = bytes.count - 8 - Int(length)
    if elements < 0 { throw .wrongLength(expected: 8 + Int(length), found: bytes.count) }
    guard
      let header = try? JSONDecoder().decode(
        Header.self, from: bytes.dropFirst(8).prefix(Int(length)))
    else { throw .wrongHeader("none in its first bytes") }
    // One without elements begins where its neighbour does.
    let entries = header.entries.sorted {
      $0.entry.offsets.lexicographicallyPrecedes($1.entry.offsets)
    }
    var end = 0
    for (name, entry) in entries {
      guard let precision = entry.precision else {
        throw .wrongHeader("dtype \(entry.dtype) for \(name), where F32 and F64 are known")
      }
      guard let count = entry.elementCount else {
        throw .wrongHeader("shape \(entry.shape) for \(name)")
      }
      let (next, isTooLarge) = end.addingReportingOverflow(count * precision.byteCount)
      if isTooLarge { throw .wrongHeader("shape \(entry.shape) for \(name)") }
      let place = [end, next]
      if entry.offsets != place {
        throw .wrongHeader("\(name) at bytes \(entry.offsets) where \(place) is next")
      }
      end = place[1]
    }
    if end != elements {
      throw .wrongLength(expected: 8 + Int(length) + end, found: bytes.count)
    }
    return entries
  }
}

/// Where a file has one tensor, and of which kind it is.
private struct Entry: Codable {
  let dtype: String
  let shape: [Int]
  /// The first byte and the one after the last, counted from the end of the header.
  let offsets: [Int]

  private enum CodingKeys: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }

  var precision: Precision? { Precision.allCases.first { $0.dtype == dtype } }

  /// The number of elements; nil where it is no shape of a tensor.
  var elementCount: Int? {
    guard shape.count <= Shape.mostAxes, shape.allSatisfy({ 0...Int(Int32.max) ~= $0 }) else {
      return nil
    }
    var product = 1
    for length in shape {
      let (next, isTooLarge) = product.multipliedReportingOverflow(by: length)
      if isTooLarge { return nil }
      product = next
    }
    return product < Int.max / 8 ? product : nil
  }
}

/// The header without its remarks.
private struct Header: Decodable {
  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  let entries: [(name: String, entry: Entry)]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    entries = try container.allKeys.filter { $0.stringValue != "__metadata__" }
      .map { ($0.stringValue, try container.decode(Entry.self, forKey: $0)) }
  }
}

extension Precision {
  fileprivate var dtype: String { self == .float32 ? "F32" : "F64" }
  fileprivate var byteCount: Int { self == .float32 ? 4 : 8 }
}

extension Tensor {
  fileprivate var byteCount: Int { count * precision.byteCount }

  fileprivate func withElements(_ body: (UnsafeRawBufferPointer) -> Void) {
    let start: UnsafeRawPointer =
      switch precision {
      case .float32: UnsafeRawPointer(floats)
      case .float64: UnsafeRawPointer(doubles)
      }
    withExtendedLifetime(self) { body(UnsafeRawBufferPointer(start: start, count: byteCount)) }
  }
}
