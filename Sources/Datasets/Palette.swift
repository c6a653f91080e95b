import Failures
import Tensors

/// Colours by number, the commonest first.
public struct Palette: Sendable, Equatable {
  package let colours: [Colour]

  public var count: Int { colours.count }

  /// The centres of `count` clusters of the colours, and the number of the centre nearest to each colour.
  /// There are at most 256.
  static func clustering(
    _ pixels: some Sequence<Colour>, into count: Int
  ) -> (palette: Palette, numbers: [Colour: UInt8]) {
    var tally: [Colour: Int] = [:]
    for pixel in pixels { tally[pixel, default: 0] += 1 }
    let colours = tally.keys.sorted { $0.channels.lexicographicallyPrecedes($1.channels) }
    let clustering = KMeans(
      colours.map(\.channels), weights: colours.map { Double(tally[$0]!) }, count: count)
    var sizes = [Int](repeating: 0, count: clustering.centres.count)
    for (colour, cluster) in zip(colours, clustering.clusters) { sizes[cluster] += tally[colour]! }
    let order = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    var ranks = order
    for (rank, cluster) in order.enumerated() { ranks[cluster] = rank }
    let palette = Palette(
      colours: order.map { cluster in
        let channels = clustering.centres[cluster].map { UInt8($0.rounded()) }
        return Colour(red: channels[0], green: channels[1], blue: channels[2])
      })
    let numbers = zip(colours, clustering.clusters).map { ($0, UInt8(ranks[$1])) }
    return (palette, Dictionary(uniqueKeysWithValues: numbers))
  }

  /// Pictures painted by numbers, one for each pixel, picture by picture and row by row from the top:
  /// [pictures, height, width, 3], red, green and blue from 0 to 1.
  public func images(of numbers: [Int], height: Int, width: Int) -> Tensor {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * numbers.count)
    for number in numbers {
      guard colours.indices.contains(number) else {
        fail(
          expected: "numbers of the palette, from 0 to \(count - 1)", found: "\(number)",
          mend: "take the number of a colour")
      }
      let colour = colours[number]
      bytes.append(colour.red)
      bytes.append(colour.green)
      bytes.append(colour.blue)
    }
    guard height > 0, width > 0, numbers.count.isMultiple(of: height * width) else {
      fail(
        expected: "\(height) × \(width) numbers for each picture", found: "\(numbers.count)",
        mend: "give one for every pixel")
    }
    return Tensor(pixels: bytes, shape: [numbers.count / (height * width), height, width, 3])
  }
}
