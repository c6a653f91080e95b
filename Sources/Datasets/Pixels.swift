/// Equally many bytes for each of several examples, one after another.
struct Pixels: Sendable, Equatable {
  /// How many bytes an example has.
  let size: Int
  var bytes: [UInt8]

  var count: Int { bytes.count / size }

  subscript(index: Int) -> ArraySlice<UInt8> { bytes[index * size..<(index + 1) * size] }

  func examples(at places: [Int]) -> Pixels {
    var taken: [UInt8] = []
    taken.reserveCapacity(places.count * size)
    for place in places { taken.append(contentsOf: self[place]) }
    return Pixels(size: size, bytes: taken)
  }
}
