import Figures
import Foundation
import Outputs
import Testing

@Suite("A figure that cannot be shown")
struct RefusalTests {
  private func refusal(of figure: some Showable) -> String {
    do {
      _ = try figure.content()
      return "nothing was refused"
    } catch { return "\(error)" }
  }

  private func refusal(_ mark: some Mark) -> String { refusal(of: Plot { mark }) }

  @Test("says what is wrong with a line's values")
  func line() {
    #expect(
      refusal(Line("training", x: [1, 2, 3], y: [1.0, 2]))
        == "Line \"training\": expected as many values in x as in y, found 3 and 2")
    #expect(
      refusal(Line(x: [1, 2], y: [1, .nan]))
        == "Line: expected finite numbers, found y[1] = NaN; "
        + "leave such values out, or narrow the range")
    #expect(
      refusal(Line([[1, 2], [3, 4, 5]]))
        == "Line: expected rows [x, y], found 3 numbers in row 1; choose the two coordinates to plot"
    )
    #expect(
      refusal(Dots([[Double]]()))
        == "Dots: expected at least one value, found none; check what the data are made from")
    #expect(refusal(Dots([[0, 0]], every: 0)) == "Dots, every: expected at least 1, found 0")
  }

  @Test("says where a function is not finite")
  func function() {
    #expect(
      refusal(Curve("log", over: 0...1, samples: 3) { log($0) })
        == "Curve \"log\": expected finite values, found −∞ at x = 0; narrow the range over:")
    #expect(
      refusal(Curve(over: 1...1) { $0 })
        == "Curve: expected a finite range with lower < upper, found 1.0...1.0")
    #expect(refusal(Contours(of: { $0 / $1 }, x: 0...1, y: 0...1)).contains("values[0][0] = NaN"))
  }

  @Test("says which mark disagrees with the axes")
  func axes() {
    #expect(
      refusal(of: Plot { Line(x: [0, 1], y: [1, 2]) }.logarithmic(.x))
        == "logarithmic x axis: expected positive values, found 0.0; "
        + "leave out what is not positive, give a range, or use a linear axis")
    #expect(
      refusal(of: Plot { HeatMap(x: -4...4, y: 0...1) { $0 + $1 } }.x(-2...2))
        == "HeatMap: expected its x range -4.0...4.0 to lie inside the axis, which shows -2.0...2.0; "
        + "give the heat map that range or widen the axis")
    #expect(
      refusal(of: Plot { Line(x: [0, 1], y: [1, 2]) }.y(3...3))
        == "y axis: expected a finite range with lower < upper, found 3.0...3.0")
    #expect(refusal(of: Plot {}).hasPrefix("expected at least one mark in the plot, found none"))
    #expect(
      refusal(of: Plot { Line(x: [0, 1], y: [1, 2]) }.size(50, 30))
        .hasPrefix("expected room for the drawing beside its labels, found 50.0 × 30.0"))
  }

  @Test("says what is wrong with bars, matrices, arrows and histograms")
  func others() {
    #expect(
      refusal(Bars(labels: ["a"], heights: [1, 2]))
        == "Bars: expected as many values in labels as in heights, found 1 and 2")
    #expect(
      refusal(HeatMap(matrix: [[1, 2], [3]]))
        == "HeatMap: expected 1 numbers in every row, found 2 in row 1"
        || refusal(HeatMap(matrix: [[1, 2], [3]]))
          == "HeatMap: expected 2 numbers in every row, found 1 in row 1"
    )
    #expect(
      refusal(HeatMap(matrix: [[1, 2]], rows: ["a", "b"]))
        == "HeatMap: expected as many values in rows as in the matrix, found 2 and 1")
    #expect(
      refusal(Arrows(from: [[0, 0]], to: [[1, 1], [2, 2]]))
        == "Arrows: expected as many values in from as in to, found 1 and 2")
    #expect(
      refusal(Histogram(of: [1.0], bins: 0)) == "Histogram, bins: expected at least 1, found 0")
  }

  @Test("says which pixel of which image is wrong")
  func images() {
    #expect(
      refusal(of: ImageGrid(images: [[0, 1], [0, 1, 0]], height: 1, width: 2))
        == "image 1: expected 1 × 2 = 2 grey values or 6 red-green-blue values, found 3")
    #expect(
      refusal(of: ImageGrid(images: [[0, .nan]], height: 1, width: 2))
        == "image 0: expected pixels in 0...1, found nan at pixel 1")
    #expect(
      refusal(of: ImageGrid(images: [[0, 255]], height: 1, width: 2))
        == "image 0: expected pixels in 0...1, found 255.0 at pixel 1; divide by 255 if they are bytes"
    )
    #expect(
      refusal(of: ImageGrid(images: [[0], [1, 0, 0]], height: 1, width: 1))
        == "image 1: expected all images grey or all in colour, found both")
  }

  @Test("says which row has too many or too few pictures")
  func rows() {
    #expect(
      refusal(
        of: ImageGrid(
          rows: ["seen": [[0.1], [0.2]], "rebuilt": [[0.3]]], height: 1, width: 1))
        == "ImageGrid: expected as many pictures in row “rebuilt” as in “seen”, 2, found 1")
    #expect(
      refusal(of: ImageGrid(rows: ["none": [[Double]]()], height: 1, width: 1))
        == "ImageGrid: expected at least one value, found none; check what the data are made from")
  }

  private func map(
    _ firsts: [Double] = [0, 1, 2], _ seconds: [Double] = [0, 1], images: [[Double]]? = nil,
    opensAt start: (Double, Double)? = nil
  ) -> PictureMap {
    let count = firsts.count * seconds.count
    return PictureMap(
      "z₁", over: firsts, "z₂", over: seconds,
      images: images ?? Array(repeating: [0.5], count: count), height: 1, width: 1, opensAt: start)
  }

  @Test("says what is wrong with the codes of a picture map")
  func pictureMap() {
    #expect(
      refusal(of: map(images: Array(repeating: [0.5], count: 5)))
        == "PictureMap: expected an image for each of 3 × 2 = 6 codes (3 values of z₁, 2 of z₂), "
        + "found 5; for each z₂ decode all z₁")
    #expect(
      refusal(of: map(opensAt: (1, 1.6)))
        == "PictureMap, opensAt: expected a value of z₂ from 0 to 1, found 1.6")
    #expect(
      refusal(of: map([])) == "PictureMap, values of z₁: expected at least 2, found 0")
    #expect(
      refusal(of: map([0, 1], [3])) == "PictureMap, values of z₂: expected at least 2, found 1")
    #expect(
      refusal(of: map([0, 1, 3]))
        == "PictureMap, z₁: expected values that rise in even steps, found a step of 2 before value 2 "
        + "where the first is 1; make them as in (-5...5).map { Double($0) / 5 }")
    #expect(
      refusal(of: map([0, 1], [1, 0.5]))
        == "PictureMap, z₂: expected values that rise in even steps, found a step of −0.5 before value 1 "
        + "where the first is −0.5; make them as in (-5...5).map { Double($0) / 5 }")
    #expect(
      refusal(of: map([0, .infinity]))
        == "PictureMap: expected finite numbers, found z₁[1] = ∞; "
        + "leave such values out, or narrow the range")
    #expect(
      refusal(of: map([0, 1], images: [[0], [0], [0], [255]]))
        == "image 3: expected pixels in 0...1, found 255.0 at pixel 0; divide by 255 if they are bytes"
    )
    #expect(
      refusal(
        of: PictureMap(
          "a", over: [0, 1], "b", over: [0, 1], images: [[0.0], [], [], []], height: 0, width: 1))
        == "PictureMap, height: expected at least 1, found 0")
    #expect(
      refusal(of: Frames("step", over: [1, 2]) { _ in map() })
        == "frame \"step = 1\": expected a plot, pictures, a table or verses, found a picture map, "
        + "which has sliders of its own; show it by itself")
  }

  @Test("says which verse has no words")
  func verses() {
    #expect(
      refusal(of: Verses([]))
        == "Verses: expected at least one value, found none; check what the data are made from")
    #expect(
      refusal(of: Verses([Verse("白日依山尽。"), Verse("，。")]))
        == "Verses: expected words in every verse, found none in verse 1")
    let frames = Frames("n", over: [1, 2]) { n in
      Verses(Array(repeating: Verse("白日"), count: n))
    }
    #expect(
      refusal(of: frames)
        == "frame \"n = 2\": expected the same kind and size as the first frame, "
        + "1 verses, found 2 verses")
  }

  @Test("says which frame differs and which row of a table is uneven")
  func framesAndTables() {
    let frames = Frames("n", over: [1, 2]) { n in
      ImageGrid(images: Array(repeating: [0.5], count: n), height: 1, width: 1)
    }
    #expect(
      refusal(of: frames)
        == "frame \"n = 2\": expected the same kind and size as the first frame, "
        + "a picture of 1 × 1 at scale 8, found a picture of 3 × 1 at scale 8")
    #expect(
      refusal(
        of: Table(["a", "b"]) {
          Row("x", 1)
          Row("y")
        })
        == "table: expected 2 cells in every row, as there are headings, found 1 in row 1")
  }

  @Test("stops the chapter when it has no caption")
  func noCaption() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      show(Plot { Line(x: [0, 1], y: [0, 1]) }, caption: " ", alt: "A rising line.")
    }
    let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      words.contains(
        "expected a caption of at least a few words, found none; say what the reader should see"))
    #expect(words.contains("RefusalTests.swift:"))
  }

  @Test("stops the chapter when it has no alt text")
  func noAlternative() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      show(Plot { Line(x: [0, 1], y: [0, 1]) }, caption: "A line rises.", alt: "")
    }
    let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(words.contains("expected an alt text, found none"))
  }

  @Test("stops the chapter when it is over its budget, and is shown when the budget is raised")
  func budget() async {
    let over = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      show(RefusalTests.heavy, caption: "Many dots.", alt: "Dots.")
    }
    let words = String(decoding: over?.standardErrorContent ?? [], as: UTF8.self)
    #expect(words.contains("expected at most 60000 bytes of SVG, found "))
    #expect(words.contains("thin the dots with every:, use a HeatMap instead of many marks"))
    await #expect(processExitsWith: .success) {
      show(RefusalTests.heavy, caption: "Many dots.", alt: "Dots.", budget: 400_000)
    }
  }

  static var heavy: Plot { Plot { Dots(Gallery.scattered(20_000)) } }

  @Test("is said on the channel with its words and its line when nothing is wrong")
  func said() async throws {
    let result = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        #sourceLocation(file:"Chapters/03-divergences.md",line:42)
        show(
          Table(["quantity", "exact", "estimate"]) {
            Row("KL", 0.443_147_18, "0.44 ± 0.01")
            for n in [10, 20_000] { Row("n", n, Float(0.5)) }
          }, caption: "They agree.", line: 42)
      })
    let bytes = result.standardOutputContent
    let start = try #require(bytes.lastIndex(of: Output.recordSeparator))
    let record = try Record(json: bytes[(start + 1)...].prefix { $0 != 0x0A })
    guard case .figure(let figure) = record, case .table(let table) = figure.content else {
      Issue.record("expected a table, found \(record)")
      return
    }
    #expect(figure.line == 42)
    #expect(figure.caption == "They agree.")
    #expect(
      table.rows == [
        ["KL", "0.4431", "0.44 ± 0.01"], ["n", "10", "0.5"], ["n", "20,000", "0.5"],
      ])
    #expect(table.columns.map(\.isNumeric) == [false, true, true])
  }
}
