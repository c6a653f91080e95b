/// An array of bytes in the format IDX of LeCun's MNIST: two zeros, the type (8 for bytes), the number of
/// dimensions, the size of each as 32 bits with the highest byte first, and then the values.
struct IDX {
  let sizes: [Int]
  let values: [UInt8]

  init(_ file: DataFile) throws(DataError) {
    let bytes = try file.read()
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[2] == 8 else {
      throw file.damage(
        expected: "to begin with 0, 0, 8, as IDX does",
        found: bytes.isEmpty
          ? "an empty file" : "\(bytes.prefix(3).map(String.init).joined(separator: ", "))")
    }
    let dimensions = Int(bytes[3])
    let start = 4 + 4 * dimensions
    guard bytes.count >= start else {
      throw file.damage(
        expected: "to hold the sizes of \(dimensions) dimensions",
        found: "only \(bytes.count) bytes")
    }
    sizes = (0..<dimensions).map { dimension in
      (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * dimension + $1]) }
    }
    var count = 1.0
    for size in sizes { count *= Double(size) }
    guard count == Double(bytes.count - start) else {
      throw file.damage(
        expected: "to hold \(sizes.map(String.init).joined(separator: " × ")) values",
        found: "\(bytes.count - start)")
    }
    values = Array(bytes[start...])
  }
}
