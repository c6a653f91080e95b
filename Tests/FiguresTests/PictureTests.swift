import CPNG
import Figures
import Foundation
import Outputs
import Testing

@Suite("A picture")
struct PictureTests {
  /// The pixels libpng reads, as red, green, blue, alpha.
  private func decode(_ png: [UInt8]) throws -> (width: Int, height: Int, rgba: [UInt8]) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    return try png.withUnsafeBytes { bytes in
      try #require(png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0)
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR) | UInt32(PNG_FORMAT_FLAG_ALPHA)
      var pixels = [UInt8](repeating: 0, count: Int(image.width * image.height) * 4)
      try #require(png_image_finish_read(&image, nil, &pixels, 0, nil) != 0)
      return (Int(image.width), Int(image.height), pixels)
    }
  }

  private func picture(_ grid: ImageGrid) throws -> Outputs.Figure.Picture {
    guard case .picture(let picture) = try grid.content() else { throw FigureError.noMarks }
    return picture
  }

  @Test("of grey images has their pixels, clamped, with clear gaps between them")
  func grey() throws {
    let grid = ImageGrid(
      images: [[0, 0.5, 1, 0.25], [1, 1, -0.5, 1.5], [0.2, 0.2, 0.2, 0.2]], height: 2, width: 2,
      columns: 2, scale: 3)
    let picture = try picture(grid)
    #expect((picture.width, picture.height, picture.scale) == (5, 5, 3))
    let (width, height, rgba) = try decode(picture.png)
    #expect((width, height) == (5, 5))
    func pixel(_ row: Int, _ column: Int) -> [UInt8] {
      Array(rgba[(row * 5 + column) * 4..<(row * 5 + column) * 4 + 4])
    }
    #expect(pixel(0, 0) == [0, 0, 0, 255] && pixel(0, 1) == [128, 128, 128, 255])
    #expect(pixel(1, 0) == [255, 255, 255, 255] && pixel(1, 1) == [64, 64, 64, 255])
    #expect(pixel(1, 3) == [0, 0, 0, 255] && pixel(1, 4) == [255, 255, 255, 255])
    #expect(pixel(3, 0) == [51, 51, 51, 255])
    #expect(pixel(0, 2)[3] == 0 && pixel(2, 0)[3] == 0 && pixel(4, 4)[3] == 0)
  }

  @Test("of colours is a palette when every image is one pixel")
  func colour() throws {
    let picture = try picture(
      ImageGrid(images: [[1, 0, 0], [0, 1, 0], [0, 0, 0.2]] as [[Float]], height: 1, width: 1))
    #expect((picture.width, picture.height, picture.scale) == (5, 1, 8))
    let rgba = try decode(picture.png).rgba
    #expect(Array(rgba[0..<4]) == [255, 0, 0, 255])
    #expect(Array(rgba[8..<12]) == [0, 255, 0, 255])
    #expect(Array(rgba[16..<20]) == [0, 0, 51, 255])
  }

  @Test("map has the first number to the right and the second upwards, without gaps")
  func map() throws {
    var images: [[Double]] = []
    for second in [0, 0.4, 0.8] {
      for first in [0, 0.5] { images.append([first, 0.1, 0.2, second]) }
    }
    let map = PictureMap(
      "z₁", over: [-0.5, 0.5] as [Float], "z₂", over: [0.1 - 0.3, 0.1 + 0.2 - 0.3, 0.2],
      images: images, height: 1, width: 4)
    guard case .pictureMap(let drawn) = try map.content() else { throw FigureError.noMarks }
    #expect(drawn.across == .init(name: "z₁", values: ["−0.5", "0.5"], start: 0))
    // Their middle is 5.6e−17.
    #expect(drawn.up == .init(name: "z₂", values: ["−0.2", "0", "0.2"], start: 1))
    let (width, height, rgba) = try decode(drawn.sheet.png)
    #expect((width, height) == (8, 3))
    #expect((drawn.sheet.width, drawn.sheet.height, drawn.sheet.scale) == (8, 3, 8))
    func grey(_ row: Int, _ column: Int) -> UInt8 { rgba[(row * 8 + column) * 4] }
    #expect((0..<3).map { grey($0, 3) } == [204, 102, 0])
    #expect((0..<3).map { grey($0, 4) } == [128, 128, 128])
    #expect((0..<3).map { grey($0, 0) } == [0, 0, 0])
    #expect((0..<24).allSatisfy { rgba[$0 * 4 + 3] == 255 })
  }

  @Test("map opens at the picture nearest to where it is told to")
  func mapStart() throws {
    for (place, start) in [((0.2, 1.0), [0, 1]), ((2.4, -0.4), [2, 0]), ((0.6, 0.4), [1, 0])] {
      let map = PictureMap(
        "a", over: 0..<3, "b", over: [0, 1], images: Array(repeating: [0.5], count: 6), height: 1,
        width: 1, opensAt: place)
      guard case .pictureMap(let drawn) = try map.content() else { throw FigureError.noMarks }
      #expect([drawn.across.start, drawn.up.start] == start)
    }
  }

  @Test("in rows with names leave room for them")
  func rows() throws {
    let row = Array(repeating: [Double](repeating: 0.5, count: 784), count: 10)
    let seen = try picture(ImageGrid(rows: ["seen": row, "": row], height: 28, width: 28))
    #expect(seen.rowNames == ["seen", ""])
    #expect((seen.width, seen.height, seen.scale) == (289, 57, 2))
    let wide = try picture(
      ImageGrid(rows: ["not only seen": row, "misunderstood": row], height: 28, width: 28))
    #expect(wide.scale == 1)
    let nameless = try picture(ImageGrid(images: row, height: 28, width: 28))
    #expect(nameless.rowNames == [])
  }

  @Test("map may be in colour, and leaves room beside it for the large picture")
  func colouredMap() throws {
    let images = (0..<30).map { _ in Array(repeating: [0.2, 0.4, 0.6], count: 100).flatMap { $0 } }
    let map = PictureMap(
      "a", over: 0..<15, "b", over: [0, 1], images: images, height: 10, width: 10)
    guard case .pictureMap(let drawn) = try map.content() else { throw FigureError.noMarks }
    #expect(drawn.sheet.width * drawn.sheet.scale == 300)
    #expect(Array(try decode(drawn.sheet.png).rgba.suffix(4)) == [51, 102, 153, 255])
  }

  /// The cells of a heat map, from its data address.
  private func cells(_ plot: Plot) throws -> (width: Int, height: Int, rgba: [UInt8]) {
    guard case .drawing(let drawing) = try plot.content() else { throw FigureError.noMarks }
    let image = try #require(
      SVGReading(drawing.svg).elements.first { $0.attributes["class"] == "cells" })
    let text = try #require(image.attributes["href"]?.split(separator: ",").last)
    return try decode([UInt8](try #require(Data(base64Encoded: String(text)))))
  }

  /// CIE lightness of a pixel (sRGB, D65), by the standard's formula.
  private func lightness(_ rgba: [UInt8], _ pixel: Int) -> Double {
    let linear = (0..<3).map { channel -> Double in
      let value = Double(rgba[pixel * 4 + channel]) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y
  }

  @Test("of a function has greater y higher and greater x farther right")
  func orientation() throws {
    let (width, height, rgba) = try cells(
      Plot { HeatMap(x: 0...1, y: 0...1, resolution: 8) { x, y in 10 * y + x } })
    #expect((width, height) == (8, 8))
    #expect(lightness(rgba, 0) > lightness(rgba, 56) + 40)
    #expect(lightness(rgba, 7) > lightness(rgba, 0))
  }

  @Test("of a matrix has its first row on top")
  func matrix() throws {
    let (_, _, rgba) = try cells(Plot { HeatMap(matrix: [[0, 1], [0, 0]]) })
    #expect(lightness(rgba, 1) > 80)
    #expect([0, 2, 3].allSatisfy { lightness(rgba, $0) < 20 })
  }

  @Test("grows lighter in even steps from the least value to the greatest")
  func ramp() throws {
    let row = (0..<11).map(Double.init)
    let (_, _, rgba) = try cells(Plot { HeatMap(values: [row], x: 0...11, y: 0...1) })
    let steps = (0..<10).map { lightness(rgba, $0 + 1) - lightness(rgba, $0) }
    #expect(steps.allSatisfy { (4...12).contains($0) })
  }

  @Test("with a centre is lightest there and equally dark at both ends")
  func diverging() throws {
    let row = (0...10).map { Double($0) / 10 }
    let (_, _, rgba) = try cells(
      Plot { HeatMap(values: [row], x: 0...11, y: 0...1, range: 0...1, centre: 0.5) })
    let all = (0...10).map { lightness(rgba, $0) }
    #expect(all[5] > 90 && all.max() == all[5])
    #expect(abs(all[0] - all[10]) < 12)
    #expect(rgba[2] > rgba[0] && rgba[40] > rgba[42])  // blue below, orange above
  }
}
