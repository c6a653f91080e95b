import Outputs

/// Pictures of one size side by side, shown pixel by pixel. A palette is a grid of pictures of one pixel.
public struct ImageGrid: Showable {
  private let images: [[Double]]
  private let height: Int
  private let width: Int
  private let columns: Int
  private let scale: Int?

  /// - Parameters:
  ///   - images: Each row by row from the top: `height × width` grey values, or three times as many as
  ///     red, green, blue of each pixel. 0 is black, 1 full; values a little beyond are clamped.
  ///   - columns: How many stand in one row.
  ///   - scale: CSS pixels to one pixel; as many as the width of a page allows, when not given.
  public init(
    images: [[some Plottable]], height: Int, width: Int, columns: Int = 8, scale: Int? = nil
  ) {
    self.images = images.map { $0.map(\.plotted) }
    self.height = height
    self.width = width
    self.columns = columns
    self.scale = scale
  }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    let isColoured = try checkedForColour()
    let across = min(columns, images.count)
    let down = (images.count + across - 1) / across
    // One clear pixel between pictures: the page's own colour shows through.
    let (sheetWidth, sheetHeight) = (across * (width + 1) - 1, down * (height + 1) - 1)
    let channels = isColoured ? 3 : 1
    let bytesPerPixel = channels + 1
    var pixels = [UInt8](repeating: 0, count: sheetWidth * sheetHeight * bytesPerPixel)
    for (index, image) in images.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: across)
      for pixel in 0..<height * width {
        let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
        let place = (row * (height + 1) + y) * sheetWidth + column * (width + 1) + x
        for channel in 0..<channels {
          let value = image[pixel * channels + channel]
          pixels[place * bytesPerPixel + channel] = UInt8((255 * min(1, max(0, value))).rounded())
        }
        pixels[place * bytesPerPixel + channels] = 255
      }
    }
    let png = try PNG.encode(
      pixels, width: sheetWidth, height: sheetHeight, format: isColoured ? .colour : .grey)
    let pageWidth = 640
    return .picture(
      Outputs.Figure.Picture(
        png: png, width: sheetWidth, height: sheetHeight,
        scale: scale ?? max(1, min(8, pageWidth / sheetWidth))))
  }

  private func checkedForColour() throws(FigureError) -> Bool {
    if images.isEmpty { throw .noData(mark: "ImageGrid") }
    for (what, number) in [
      ("height", height), ("width", width), ("columns", columns), ("scale", scale ?? 1),
    ] where number < 1 {
      throw .tooFew(what: "ImageGrid, \(what)", needed: 1, found: number)
    }
    let isColoured = images[0].count == 3 * height * width
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
    return isColoured
  }
}
