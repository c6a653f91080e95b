import CPNG
import DataCatalogue
import Datasets
import Randomness
import Tensors
import Testing

@Suite struct CreaturesTests {
  static let creatures = Creatures.all()

  /// 825 as of Angband 3.5.1; a sheet of November 2019 has 16 more.
  @Test func thereAreAsManyAsTheSheetHas() {
    #expect([825, 841].contains(Self.creatures.count))
  }

  @Test func theyHave167ColoursAndUseThemAll() {
    #expect(Self.creatures.palette.count == 167)
    #expect(Set(Self.creatures.colourNumbers) == Set(0..<167))
  }

  @Test func theCommonestColourIsTheWhiteGround() {
    let tally = Self.creatures.colourNumbers.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let counts = (0..<167).map { tally[$0] ?? 0 }
    #expect(counts == counts.sorted(by: >))
    #expect(
      Self.creatures.palette.colours[0] == Colour(red: 255, green: 255, blue: 255))
  }

  @Test func noTwoAreAlikeEvenWhenMadeSmaller() {
    let numbers = Self.creatures.colourNumbers
    let pictures = Set((0..<Self.creatures.count).map { numbers[400 * $0..<400 * ($0 + 1)] })
    #expect(pictures.count == Self.creatures.count)
  }

  @Test func numbersAndColoursAreTheSamePicture() {
    let some = Self.creatures.examples(at: [5, 300])
    let images = some.images
    #expect(images.shape == [2, 20, 20, 3])
    let floats = images.float32s
    for (pixel, number) in some.colourNumbers.enumerated() {
      let colour = some.palette.colours[number]
      #expect(
        Array(floats[3 * pixel..<3 * pixel + 3])
          == [colour.red, colour.green, colour.blue].map { Float($0) / 255 })
    }
  }

  @Test func theyAreTheSameEveryTime() {
    let again = Creatures.all()
    #expect(again.palette == Self.creatures.palette)
    #expect(again.colourNumbers == Self.creatures.colourNumbers)
  }
}

/// Sheets drawn by the tests.
@Suite struct CreatureSheetTests {
  private static let clear: [UInt8] = [9, 9, 9, 0]

  /// A sheet of 22 rows of tiles whose pixel (x, y) is `pixel(x, y)`, as PNG.
  private func sheet(
    columns: Int = 3, rows: Int = 22, pixel: (Int, Int) -> [UInt8]
  ) throws -> String {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(32 * columns)
    image.height = UInt32(32 * rows)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    let pixels = (0..<32 * rows).flatMap { y in (0..<32 * columns).flatMap { pixel($0, y) } }
    var size = png_alloc_size_t(4 * pixels.count + 10_000)
    var bytes = [UInt8](repeating: 0, count: size)
    try #require(png_image_write_to_memory(&image, &bytes, &size, 0, pixels, 0, nil) != 0)
    return try temporaryFile(bytes.prefix(size))
  }

  private static let paints: [[UInt8]] = [
    [0, 0, 0, 255], [255, 0, 0, 255], [0, 160, 0, 255], [0, 0, 255, 255], [250, 220, 40, 255],
    [120, 120, 120, 255], [90, 50, 20, 255], clear, clear, clear,
  ]

  /// The colours an 8 × 8 block shows when the tile of 32 × 32 is cut into 160 × 160 squares: of 20 × 20
  /// such blocks the smaller picture is made.
  private func block(_ place: Int, of tile: [[UInt8]]) -> [[UInt8]] {
    (0..<64).map { inner in
      let (row, column) = (8 * (place / 20) + inner / 8, 8 * (place % 20) + inner % 8)
      return tile[row / 5 * 32 + column / 5]
    }
  }

  private func distance(_ a: [UInt8], _ b: [UInt8]) -> Double {
    (0..<3).reduce(0) { $0 + (Double(a[$1]) - Double(b[$1])) * (Double(a[$1]) - Double(b[$1])) }
      .squareRoot()
  }

  @Test func aTileIsScaledByTheVectorMedian() throws {
    var random = SeededGenerator(seed: 4)
    let tile = (0..<1024).map { _ in Self.paints.randomElement(using: &random)! }
    let path = try sheet { x, y in
      y / 32 == 15 && x / 32 == 1 ? tile[y % 32 * 32 + x % 32] : Self.clear
    }
    let creatures = try Creatures(sheet: [path])
    #expect(creatures.count == 1)
    let found = creatures.images.float32s.map { UInt8((255 * $0).rounded()) }
    var grounds = 0
    for place in 0..<400 {
      let colour = Array(found[3 * place..<3 * place + 3])
      let opaque = block(place, of: tile).filter { $0[3] == 255 }.map { Array($0.prefix(3)) }
      if 5 * opaque.count < 2 * 64 {
        grounds += 1
        #expect(colour == [255, 255, 255])
      } else {
        let sums = opaque.map { one in opaque.reduce(0) { $0 + distance(one, $1) } }
        let own = opaque.firstIndex(of: colour).map { sums[$0] } ?? .infinity
        #expect(own < sums.min()! + 1e-6)
      }
    }
    #expect(grounds > 5 && grounds < 100)
  }

  @Test func emptyTilesRepeatedOnesAndOtherRowsAreLeftOut() throws {
    let path = try sheet { x, y in
      switch (x / 32, y / 32) {
      case (0, 10): Self.paints[1]  // not a creature's row
      case (0, 11): Self.paints[2]
      case (1, 12): Self.paints[2]  // the same again
      case (2, 21): Self.paints[3]
      default: Self.clear
      }
    }
    let creatures = try Creatures(sheet: ["/nowhere", path])
    #expect(creatures.count == 2)
    #expect(creatures.palette.count == 2)
    #expect(
      creatures.images.float32s
        == (0..<400).flatMap { _ in [0, 160 / 255, 0] as [Float] }
        + (0..<400).flatMap { _ in [0, 0, 1] as [Float] })
  }

  private let anew = "install it anew: apt-get install --reinstall angband-data"

  @Test func aMissingSheetNamesThePackageAndThePaths() {
    let error = #expect(throws: DataError.self) {
      try Creatures(sheet: ["/nowhere/a.png", "/nowhere/b.png"])
    }
    #expect(
      error?.description
        == "expected the data set creatures at /nowhere/a.png or /nowhere/b.png, "
        + "found no file there; install it: apt-get install angband-data")
  }

  @Test func aSheetThatIsTooSmall() throws {
    let path = try sheet(columns: 1, rows: 2) { _, _ in Self.clear }
    let error = #expect(throws: DataError.self) { try Creatures(sheet: [path]) }
    #expect(
      error?.description
        == "expected \(path) to be a sheet of at least 22 rows of 32 × 32 pixels, "
        + "found 32 × 64 pixels; \(anew)")
  }

  @Test func aSheetWithoutCreatures() throws {
    let path = try sheet { _, _ in Self.clear }
    let error = #expect(throws: DataError.self) { try Creatures(sheet: [path]) }
    #expect(
      error?.description
        == "expected \(path) to show creatures in rows 11 to 21, found none; \(anew)")
  }

  @Test func aFileThatIsNoPicture() throws {
    let path = try temporaryFile("no picture".utf8)
    let error = #expect(throws: DataError.self) { try Creatures(sheet: [path]) }
    #expect(
      error?.description.hasPrefix(
        "expected \(path) to be a picture, PNG, found what libpng calls “") == true)
    #expect(error?.description.hasSuffix(anew) == true)
  }

  @Test func aSheetThatEndsTooEarly() throws {
    let whole = try contents(
      of: try #require(DataSet.creatures.files[0].first { (try? contents(of: $0)) != nil }))
    let path = try temporaryFile(whole.prefix(whole.count / 2))
    let error = #expect(throws: DataError.self) { try Creatures(sheet: [path]) }
    #expect(
      error?.description.hasPrefix(
        "expected \(path) to be a picture, PNG, found what libpng calls “") == true)
  }
}

@Suite struct PaletteTests {
  @Test func paintingByNumbers() {
    let palette = CreaturesTests.creatures.palette
    let image = palette.images(of: [0, 0, 0, 0, 0, 0], height: 1, width: 3)
    #expect(image.shape == [2, 1, 3, 3])
    #expect(image.float32s.allSatisfy { $0 == 1 })
  }

  @Test func aNumberBeyondThePaletteStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Creatures.all().palette.images(of: [167], height: 1, width: 1)
    }
    #expect(
      words(result).contains(
        "expected numbers of the palette, from 0 to 166, found 167"))
  }

  @Test func halfAPictureStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Creatures.all().palette.images(of: [0, 0, 0], height: 1, width: 2)
    }
    #expect(
      words(result).contains(
        "expected 1 × 2 numbers for each picture, found 3"))
  }
}
