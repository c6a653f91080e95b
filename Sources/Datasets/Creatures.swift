import DataCatalogue
import Tensors

/// Creatures of a dungeon, drawn pixel by pixel: 20 × 20 on white, in a palette of 167 colours.
///
/// A picture is kept as the number of each pixel's colour, and `images` are these colours as red, green
/// and blue: two views of the same pictures.
///
/// The sheet's tile rows 11 to 21 hold the monsters. Each tile that is not empty is taken once and made
/// smaller, from 32 × 32, in such a way that each pixel keeps a colour its artist chose (`Tile` says how). Then
/// the colours, each weighted by its number of pixels, are clustered by k-means.
///
/// Source: 32×32 tiles of the game Angband, © 1999 David Gervais, CC BY 3.0. Debian's package is
/// angband-data.
public struct Creatures: Examples {
  public static let height = 20
  public static let width = 20

  public let palette: Palette
  let pixels: Pixels

  /// All creatures, as they stand in the sheet; the program stops where it is missing or damaged.
  public static func all() -> Creatures {
    orFail { () throws(DataError) in try Creatures(sheet: DataSet.creatures.files[0]) }
  }

  /// Reads the sheet of tiles from the first of the places where it lies.
  package init(sheet: [String], colours: Int = 167) throws(DataError) {
    let file = try DataFile(at: sheet, of: .creatures)
    let sheet = try SpriteSheet(file)
    let (size, rows) = (32, 11...21)
    guard sheet.height >= size * (rows.upperBound + 1), sheet.width >= size else {
      throw file.damage(
        expected: "to be a sheet of at least \(rows.upperBound + 1) rows of 32 × 32 pixels",
        found: "\(sheet.width) × \(sheet.height) pixels")
    }
    var seen: Set<Tile> = []
    var images: [[Colour]] = []
    for row in rows {
      for column in 0..<sheet.width / size {
        let tile = sheet.tile(x: column * size, y: row * size, size: size)
        guard tile.pixels.contains(where: { $0 != nil }), seen.insert(tile).inserted else {
          continue
        }
        images.append(tile.scaled(to: Self.height).pixels.map { $0 ?? .white })
      }
    }
    if images.isEmpty {
      throw file.damage(
        expected: "to show creatures in rows \(rows.lowerBound) to \(rows.upperBound)",
        found: "none")
    }
    let (palette, numbers) = Palette.clustering(images.joined(), into: colours)
    self.palette = palette
    pixels = Pixels(size: Self.height * Self.width, bytes: images.joined().map { numbers[$0]! })
  }

  private init(palette: Palette, pixels: Pixels) {
    self.palette = palette
    self.pixels = pixels
  }

  public var count: Int { pixels.count }

  /// The number in the palette of every pixel's colour, picture by picture and row by row from the top:
  /// count × 400 of them.
  public var colourNumbers: [Int] { pixels.bytes.map(Int.init) }

  /// [count, 20, 20, 3], red, green and blue from 0 to 1.
  public var images: Tensor {
    palette.images(of: colourNumbers, height: Self.height, width: Self.width)
  }

  public func examples(at places: [Int]) -> Creatures {
    requirePlaces(places)
    return Creatures(palette: palette, pixels: pixels.examples(at: places))
  }
}
