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
