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

  /// Red, green and blue of each pixel, from 0 to 1, for the numbers of their colours.
  public func colours(of numbers: [Int]) -> [Float] {
    var channels: [Float] = []
    channels.reserveCapacity(3 * numbers.count)
    for number in numbers {
      guard colours.indices.contains(number) else {
        fail(
          expected: "a number of the palette, from 0 to \(count - 1)", found: "\(number)",
          mend: "take the number of a colour")
      }
      let colour = colours[number]
      for byte in [colour.red, colour.green, colour.blue] { channels.append(Float(byte) / 255) }
    }
    return channels
  }
}
