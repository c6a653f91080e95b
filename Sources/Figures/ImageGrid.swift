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
    for (what, number) in [("columns", columns), ("scale", scale ?? 1)] where number < 1 {
      throw .tooFew(what: "ImageGrid, \(what)", needed: 1, found: number)
    }
    let sheet = try PictureSheet(images, height: height, width: width, of: "ImageGrid")
    return .picture(
      try sheet.picture(columns: min(columns, images.count), gap: 1, scale: scale, room: 640))
  }
}
