import CPNG
import FoundationEssentials

/// Writes pixels as PNG, by libpng's simplified interface.
enum PNG {
  enum Format {
    /// Grey and alpha, two bytes a pixel.
    case grey
    /// Red, green, blue and alpha, four bytes a pixel.
    case colour
    /// One byte a pixel, an index into a list of red-green-blue bytes.
    case indexed(palette: [UInt8])

    var bytesPerPixel: Int {
      switch self {
      case .grey: 2
      case .colour: 4
      case .indexed: 1
      }
    }

    var code: UInt32 {
      switch self {
      case .grey: UInt32(PNG_FORMAT_FLAG_ALPHA)
      case .colour: UInt32(PNG_FORMAT_FLAG_ALPHA) | UInt32(PNG_FORMAT_FLAG_COLOR)
      case .indexed: UInt32(PNG_FORMAT_FLAG_COLORMAP) | UInt32(PNG_FORMAT_FLAG_COLOR)
      }
    }
  }

  static func encode(
    _ pixels: [UInt8], width: Int, height: Int, format: Format
  ) throws(FigureError) -> [UInt8] {
    precondition(pixels.count == width * height * format.bytesPerPixel)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = format.code
    var palette: [UInt8]?
    if case .indexed(let colours) = format {
      palette = colours
      image.colormap_entries = UInt32(colours.count / 3)
    }
    defer { png_image_free(&image) }
    // Asked without memory, libpng answers with the size.
    var size = png_alloc_size_t(0)
    var bytes: [UInt8] = []
    for _ in 0..<2 {
      bytes = [UInt8](repeating: 0, count: Int(size))
      let isWritten = bytes.withUnsafeMutableBytes { memory in
        png_image_write_to_memory(
          &image, size == 0 ? nil : memory.baseAddress, &size, 0, pixels, 0, palette)
      }
      if isWritten == 0 {
        let why = withUnsafeBytes(of: image.message) { message in
          String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
        }
        throw .notWritten(what: "PNG of \(width) × \(height) pixels", why: why)
      }
    }
    return Array(bytes.prefix(Int(size)))
  }

  static func dataAddress(_ png: [UInt8]) -> String {
    "data:image/png;base64,\(Data(png).base64EncodedString())"
  }
}
