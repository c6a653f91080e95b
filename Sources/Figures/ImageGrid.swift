import Outputs

/// Pictures of one size side by side, shown pixel by pixel. A palette is a grid of pictures of one pixel.
public struct ImageGrid: Showable {
  private let images: [[Double]]
  private let height: Int
  private let width: Int
  private let columns: Int
  private let scale: Int?
  private var rowNames: [String] = []
  /// How many pictures each named row has.
  private var counts: [Int] = []

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

  /// Rows of pictures with a name before each:
  ///
  ///     ImageGrid(rows: ["unseen": ten, "rebuilt": rebuilt], height: 28, width: 28)
  ///
  /// - Parameter rows: Each with equally many pictures, given as above. Names are plain text, a word or two:
  ///   they break between words.
  public init(
    rows: KeyValuePairs<String, [[some Plottable]]>, height: Int, width: Int, scale: Int? = nil
  ) {
    self.init(
      images: rows.flatMap(\.value), height: height, width: width,
      columns: max(1, rows.first?.value.count ?? 1), scale: scale)
    rowNames = rows.map(\.key)
    counts = rows.map(\.value.count)
  }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    for (what, number) in [("columns", columns), ("scale", scale ?? 1)] where number < 1 {
      throw .tooFew(what: "ImageGrid, \(what)", needed: 1, found: number)
    }
    if let odd = counts.firstIndex(where: { $0 != counts[0] }) {
      throw .unevenPictures(
        row: rowNames[odd], expected: counts[0], of: rowNames[0], found: counts[odd])
    }
    let sheet = try PictureSheet(images, height: height, width: width, of: "ImageGrid")
    var picture = try sheet.picture(
      columns: min(columns, images.count), gap: 1, scale: scale, room: 640 - roomOfNames)
    picture.rowNames = rowNames
    return .picture(picture)
  }

  /// CSS pixels beside the pictures, of names in small type that break between words.
  private var roomOfNames: Int {
    if rowNames.isEmpty { return 0 }
    let words = rowNames.flatMap { $0.split(separator: " ").map(String.init) }
    return Int(13.5 * TextWidth.ems(ofWidest: words)) + 10
  }
}
