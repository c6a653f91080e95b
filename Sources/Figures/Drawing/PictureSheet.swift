import Outputs

/// Pictures of one size, checked, that are about to stand side by side in one PNG.
struct PictureSheet {
  private let images: [[Double]]
  private let height: Int
  private let width: Int
  private let isColoured: Bool

  /// - Parameters:
  ///   - images: Each row by row from the top: `height × width` grey values, or three times as many as
  ///     red, green, blue of each pixel. 0 is black, 1 full; values a little beyond are clamped.
  ///   - figure: Who shows them, for the words of a refusal.
  init(_ images: [[Double]], height: Int, width: Int, of figure: String) throws(FigureError) {
    if images.isEmpty { throw .noData(mark: figure) }
    for (what, number) in [("height", height), ("width", width)] where number < 1 {
      throw .tooFew(what: "\(figure), \(what)", needed: 1, found: number)
    }
    isColoured = images[0].count == 3 * height * width
    for (index, image) in images.enumerated() {
      guard [height * width, 3 * height * width].contains(image.count) else {
        throw .pixelCount(image: index, height: height, width: width, found: image.count)
      }
      if (image.count == 3 * height * width) != isColoured { throw .mixedColours(image: index) }
      // A network may overshoot; a value far beyond 1 is a byte that was not divided.
      if let pixel = image.firstIndex(where: { !($0.isFinite && abs($0) < 10) }) {
        throw .pixelOutOfScale(image: index, pixel: pixel, value: image[pixel])
      }
    }
    self.images = images
    self.height = height
    self.width = width
  }

  /// The sheet, row by row.
  ///
  /// - Parameters:
  ///   - isUpwards: The first row is the lowest.
  ///   - gap: Clear pixels between pictures, through which the page's own colour shows.
  ///   - scale: CSS pixels to one pixel; as many as `room` allows, and 8 at most, when nil.
  ///   - room: CSS pixels.
  func picture(
    columns: Int, isUpwards: Bool = false, gap: Int, scale: Int? = nil, room: Int
  ) throws(FigureError) -> Outputs.Figure.Picture {
    let down = (images.count + columns - 1) / columns
    let (sheetWidth, sheetHeight) = (
      columns * (width + gap) - gap, down * (height + gap) - gap
    )
    let channels = isColoured ? 3 : 1
    let bytesPerPixel = channels + 1
    var pixels = [UInt8](repeating: 0, count: sheetWidth * sheetHeight * bytesPerPixel)
    for (index, image) in images.enumerated() {
      let (fromStart, column) = index.quotientAndRemainder(dividingBy: columns)
      let row = isUpwards ? down - 1 - fromStart : fromStart
      for pixel in 0..<height * width {
        let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
        let place = (row * (height + gap) + y) * sheetWidth + column * (width + gap) + x
        for channel in 0..<channels {
          let value = image[pixel * channels + channel]
          pixels[place * bytesPerPixel + channel] = UInt8((255 * min(1, max(0, value))).rounded())
        }
        pixels[place * bytesPerPixel + channels] = 255
      }
    }
    let png = try PNG.encode(
      pixels, width: sheetWidth, height: sheetHeight, format: isColoured ? .colour : .grey)
    return Outputs.Figure.Picture(
      png: png, width: sheetWidth, height: sheetHeight,
      scale: scale ?? max(1, min(8, room / sheetWidth)))
  }
}
