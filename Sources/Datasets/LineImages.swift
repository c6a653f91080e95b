import Tensors

/// The eight black and white pictures of 4 × 4 pixels that show one full line, a row or a column of ones:
/// a set so small that a chapter can look at every picture there is.
///
/// Made by the program.
public struct LineImages: Examples {
  public static let height = 4
  public static let width = 4

  /// Each picture as a number: bit i is pixel i, counted row by row from the top left.
  public let codes: [Int]

  /// The four rows from the top, then the four columns from the left.
  public static let real = LineImages(
    codes: (0..<4).map { 0b1111 << (4 * $0) } + (0..<4).map { 0b0001_0001_0001_0001 << $0 })

  /// All 65,536 pictures of 4 × 4 black and white pixels; the picture at place c has the code c.
  public static let everyPicture = LineImages(codes: Array(0..<1 << 16))

  public var count: Int { codes.count }

  /// Whether each picture is one of the eight.
  public var areReal: [Bool] {
    let real = Set(Self.real.codes)
    return codes.map { real.contains($0) }
  }

  /// [count, 4, 4, 1], zeros and ones.
  public var images: Tensor {
    var pixels: [Float] = []
    pixels.reserveCapacity(16 * count)
    for code in codes { for pixel in 0..<16 { pixels.append(Float(code >> pixel & 1)) } }
    return Tensor(pixels, shape: [count, Self.height, Self.width, 1])
  }

  public func examples(at places: [Int]) -> LineImages {
    requirePlaces(places)
    return LineImages(codes: places.map { codes[$0] })
  }
}
