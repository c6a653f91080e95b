/// A square picture whose pixels have a colour or let the ground through.
struct Tile: Hashable {
  typealias Pixel = Colour?

  let size: Int
  let pixels: [Pixel]

  /// The tile made smaller, or larger, such that every pixel keeps a colour that its maker chose.
  ///
  /// A pixel of the new tile covers a square of the old one. It lets the ground through where more than three
  /// fifths of that square do (were it half, thin limbs would vanish); else it is the square's median colour:
  /// the one with the least sum of distances to all others, each weighted by the area covered (the vector
  /// median; Astola, Haavisto & Neuvo, 1990). The mean, which most programs take, turns dark outlines into
  /// a grey blur.
  func scaled(to newSize: Int) -> Tile {
    let spans = (0..<newSize).map { span(of: $0, newSize: newSize) }
    var new: [Pixel] = []
    new.reserveCapacity(newSize * newSize)
    for rows in spans {
      for columns in spans {
        var covered: [(colour: Colour, area: Double)] = []
        var total = 0.0
        for (row, height) in rows {
          for (column, width) in columns {
            total += height * width
            if let colour = pixels[row * size + column] { covered.append((colour, height * width)) }
          }
        }
        let area = covered.reduce(0) { $0 + $1.area }
        new.append(area < 0.4 * total ? nil : median(of: covered))
      }
    }
    return Tile(size: newSize, pixels: new)
  }

  /// The old pixels that the new pixel at `index` covers along one side, with how much of each.
  private func span(of index: Int, newSize: Int) -> [(index: Int, share: Double)] {
    let (start, end) = (index * size, (index + 1) * size)  // in units of 1 / newSize old pixels
    return (start / newSize...(end - 1) / newSize).map { old in
      (old, Double(min(end, (old + 1) * newSize) - max(start, old * newSize)) / Double(newSize))
    }
  }

  private func median(of covered: [(colour: Colour, area: Double)]) -> Colour {
    var best = (colour: covered[0].colour, distance: Double.infinity)
    for (colour, _) in covered {
      let distance = covered.reduce(0) {
        $0 + $1.area * colour.squaredDistance(to: $1.colour).squareRoot()
      }
      if distance < best.distance { best = (colour, distance) }
    }
    return best.colour
  }
}
