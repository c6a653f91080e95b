import CPNG

/// The pixels of a PNG file: red, green, blue and opacity of each, row by row from the top.
struct SpriteSheet {
  let width: Int
  let height: Int
  let bytes: [UInt8]

  init(_ file: DataFile) throws(DataError) {
    let packed = try file.read()
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    var bytes: [UInt8] = []
    packed.withUnsafeBytes { memory in  // both calls read it
      guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else {
        return
      }
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR) | UInt32(PNG_FORMAT_FLAG_ALPHA)
      bytes = [UInt8](repeating: 0, count: 4 * Int(image.width) * Int(image.height))
      png_image_finish_read(&image, nil, &bytes, 0, nil)
    }
    // libpng keeps what went wrong; a warning (1) is no reason to stop, an error (2) is.
    guard image.warning_or_error & 2 == 0 else {
      let why = withUnsafeBytes(of: image.message) { message in
        String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw file.damage(expected: "to be a picture, PNG", found: "what libpng calls “\(why)”")
    }
    width = Int(image.width)
    height = Int(image.height)
    self.bytes = bytes
  }

  /// The square of `size` pixels that begins at column `x` of row `y`.
  func tile(x: Int, y: Int, size: Int) -> Tile {
    var pixels: [Tile.Pixel] = []
    pixels.reserveCapacity(size * size)
    for row in y..<y + size {
      for column in x..<x + size {
        let place = 4 * (row * width + column)
        let isOpaque = bytes[place + 3] >= 128
        pixels.append(
          isOpaque
            ? Colour(red: bytes[place], green: bytes[place + 1], blue: bytes[place + 2]) : nil)
      }
    }
    return Tile(size: size, pixels: pixels)
  }
}

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
