import Figures
import Outputs
import Testing

@Suite("A drawing")
struct DrawingTests {
  private func drawing(_ plot: Plot) throws -> Outputs.Figure.Drawing {
    guard case .drawing(let drawing) = try plot.content() else {
      throw FigureError.noMarks
    }
    return drawing
  }

  @Test(
    "is well-formed, has no ids, no title of its own and no colour that ignores the theme",
    arguments: Gallery.plots.indices)
  func wellFormed(index: Int) throws {
    let svg = try drawing(Gallery.plots[index].plot).svg
    let reading = SVGReading(svg)
    #expect(reading.problem == nil)
    #expect(reading.elements[0].name == "svg")
    #expect(reading.elements[0].attributes["width"] == nil)
    #expect(!reading.elements.contains { ["title", "desc", "script"].contains($0.name) })
    for element in reading.elements {
      #expect(element.attributes["id"] == nil)
      for paint in ["fill", "stroke"] {
        let colour = element.attributes[paint] ?? "none"
        #expect(colour == "none" || colour == "currentColor" || colour.hasPrefix("var(--"))
      }
    }
    #expect(!svg.contains("nan") && !svg.contains("inf"))
  }

  @Test("draws nothing beyond its edges", arguments: Gallery.plots.indices)
  func inside(index: Int) throws {
    let reading = SVGReading(try drawing(Gallery.plots[index].plot).svg)
    let (width, height) = reading.size
    for element in reading.elements where element.name == "path" {
      for point in SVGReading.pieces(of: element.attributes["d"]!).joined() {
        #expect((0...width).contains(point.x) && (0...height).contains(point.y))
      }
    }
    for element in reading.elements where element.name == "text" {
      // Letters are a little more than half as wide as high; the smallest estimate must fit.
      let wide = 0.4 * 14 * Double(element.text.count)
      let anchor = element.attributes["text-anchor"] ?? element.inherited["text-anchor"]
      let x = Double(element.attributes["x"] ?? "0")!
      let y = Double(element.attributes["y"] ?? "0")!
      let left = anchor == "end" ? x - wide : anchor == "middle" ? x - wide / 2 : x
      guard element.attributes["transform"] == nil else { continue }
      #expect(left >= -1 && left + wide <= width + 1, "\(element.text)")
      #expect((7...height).contains(y), "\(element.text)")
    }
  }

  @Test("puts the points of a line where its axes say")
  func places() throws {
    let y = [0.0, 1, 0.25, 0.75, 0]
    let reading = SVGReading(
      try drawing(Plot { Line(x: 0..<5, y: y) }.x(0...4).y(0...1)).svg)
    let line = try #require(reading.paths(class: "line").first?.first)
    let axis = try #require(reading.paths(class: "axis").first?.last)
    let (left, right, bottom) = (axis[0].x, axis[1].x, axis[0].y)
    let grid = try #require(reading.paths(class: "grid").first)
    let top = try #require(grid.map { $0[0].y }.min())
    try #require(line.count == 5)
    for (index, point) in line.enumerated() {
      #expect(
        abs((point.x - left) / (right - left) - Double(index) / 4) < 0.1 / (right - left) + 1e-9)
      #expect(abs((bottom - point.y) / (bottom - top) - y[index]) < 0.1 / (bottom - top) + 1e-9)
    }
  }

  @Test("cuts a line at the edge of its axes, however far away it goes on")
  func diverging() throws {
    for far in [10, 1e18, 1e300] {
      let plot = Plot { Line(x: [0.0, 1, 2], y: [0.5, far, 0.5]) }.x(0...2).y(0...1)
      let reading = SVGReading(try drawing(plot).svg)
      let grid = try #require(reading.paths(class: "grid").first)
      let heights = grid.map { $0[0].y }
      for point in reading.paths(class: "line").joined().joined() {
        #expect(point.y >= heights.min()! - 0.1 && point.y <= heights.max()! + 0.1, "\(far)")
      }
    }
  }

  @Test("keeps a line of many steps within a tenth of a pixel")
  func thinned() throws {
    // A parabola of 20,001 points; between kept points the line may leave it by a tenth of a pixel, and
    // rounding adds a twentieth.
    let x = evenly(0, 1, 20_001)
    let svg = try drawing(Plot { Line(x: x, y: x.map { $0 * $0 }) }.x(0...1).y(0...1)).svg
    let reading = SVGReading(svg)
    let line = try #require(reading.paths(class: "line").first?.first)
    let (first, last) = (line[0], line[line.count - 1])
    let (width, height) = (last.x - first.x, first.y - last.y)
    #expect(line.count < 200)
    for (a, b) in zip(line, line.dropFirst()) {
      for share in [0.25, 0.5, 0.75] {
        let at = ((1 - share) * a.x + share * b.x - first.x) / width
        let found = first.y - ((1 - share) * a.y + share * b.y)
        #expect(abs(found - at * at * height) < 0.35)
      }
    }
  }

  @Test("keeps the peaks and the troughs of a noisy line")
  func peaks() throws {
    var y = (0..<30_000).map { Double(($0 * 7919) % 997) / 997 }
    y[17_123] = 9
    y[9_001] = -9
    let drawing = try drawing(Plot { Line(x: 0..<30_000, y: y) }.y(-10...10))
    #expect(drawing.svg.utf8.count < 60_000)
    let reading = SVGReading(drawing.svg)
    let grid = try #require(reading.paths(class: "grid").first).map { $0[0].y }
    let line = reading.paths(class: "line").joined().joined().map(\.y)
    let (top, bottom) = (try #require(grid.min()), try #require(grid.max()))
    // The gridlines at the ends stand at 10 and −10.
    #expect(abs(try #require(line.min()) - (top + 0.05 * (bottom - top))) < 0.2)
    #expect(abs(try #require(line.max()) - (bottom - 0.05 * (bottom - top))) < 0.2)
  }

  @Test("draws every dot once, translucent dots too")
  func dots() throws {
    for opacity in [0.3, 1] {
      let svg = try drawing(Plot { Dots(Gallery.points, opacity: opacity) }).svg
      let groups = SVGReading(svg).elements.filter {
        $0.name == "path" && $0.inherited["stroke-opacity"] != nil
      }
      let dots = groups.flatMap { SVGReading.pieces(of: $0.attributes["d"]!) }
      #expect(dots.count == 400)
      #expect(groups.count == (opacity < 1 ? 8 : 1))
    }
  }

  @Test("says how many dots its axes leave out")
  func outside() throws {
    let svg = try drawing(Plot { Dots(x: [0, 1, 2, 3], y: [0, 1, 2, 3]) }.x(0...1).y(0...1)).svg
    #expect(SVGReading(svg).texts.contains("2 dots lie outside"))
  }

  @Test("is the same bytes for the same data", arguments: Gallery.plots.indices)
  func deterministic(index: Int) throws {
    let plot = Gallery.plots[index].plot
    #expect(try drawing(plot) == drawing(plot))
  }

  @Test("of two thousand dots on contours fits the budget of a page")
  func compact() throws {
    let points = Gallery.scattered(2_000)
    let svg = try drawing(
      Plot {
        Contours(of: { Gallery.bump($0, 0) * Gallery.bump($1, 0) }, x: -2...4, y: -2...2)
        Dots(points, opacity: 0.3)
      }
    ).svg
    #expect(svg.utf8.count < 40_000)
  }

  @Test("opens a slider on its last frame where that is asked for")
  func lastFrame() throws {
    let frames = Frames("n", over: 1...3, opensAtLast: true) { n in
      Plot { Rule(x: Double(n)) }.x(0...4).y(0...1)
    }
    guard case .frames(_, _, let start) = try frames.content() else {
      Issue.record("expected a slider")
      return
    }
    #expect(start == 2)
  }

  @Test("shares its axes with the other frames of a slider")
  func frames() throws {
    let frames = Frames("d", over: [0.0, 2.5, 5]) { d in
      Plot { Curve("p", over: -2...8) { (1 + d) * Gallery.bump($0, d) } }
    }
    guard case .frames(let all, let control, 0) = try frames.content() else {
      Issue.record("expected a slider that opens on its first frame")
      return
    }
    #expect(control == "d")
    #expect(all.map(\.label) == ["d = 0", "d = 2.5", "d = 5"])
    let axes = try all.map { frame in
      guard case .drawing(let drawing) = frame.content else { throw FigureError.noMarks }
      return SVGReading(drawing.svg)
    }
    let ticks = axes.map { $0.texts.filter { $0 != "p" } }
    #expect(ticks[0] == ticks[1] && ticks[1] == ticks[2])
    #expect(ticks[0].contains("6"))
  }

  @Test("lists its values, evenly thinned to forty rows, and says so")
  func values() throws {
    let values = try #require(
      try drawing(
        Plot { Line("loss", x: 0..<1000, y: (0..<1000).map { 1 / Double($0 + 1) }) }
          .axes(x: "step", y: "x_1 *")
      ).values)
    #expect(values.columns.map(\.heading) == ["series (40 of 1000 rows)", "step", "x\\_1 \\*"])
    #expect(values.columns.map(\.isNumeric) == [false, true, true])
    #expect(values.rows.count == 40)
    #expect(values.rows.first == ["loss", "0", "1"])
    #expect(values.rows.last == ["loss", "999", "0.001"])
    let few = try #require(
      try drawing(Plot { Bars(labels: ["a", "b"], heights: [1, 2.5]) }).values)
    #expect(few.rows == [["bars", "a", "1"], ["bars", "b", "2.5"]])
    #expect(few.columns[0].heading == "series")
    let none = try drawing(Plot { HeatMap(x: 0...1, y: 0...1) { $0 + $1 } }).values
    #expect(none == nil)
  }

  @Test("counts every value of a histogram once")
  func histogram() throws {
    let plot = Plot { Histogram(of: [0, 0.5, 1, 1, 2, 3, 3.999, 4], bins: 4) }
    let counts = try #require(try drawing(plot).values).rows.map { $0[2] }
    #expect(counts == ["2", "2", "1", "3"])
    let density = Plot { Histogram(of: [0, 0.5, 1, 4], bins: 2, height: .density) }
    #expect(try #require(try drawing(density).values).rows.map { $0[2] } == ["0.375", "0.125"])
  }

  private func evenly(_ lower: Double, _ upper: Double, _ count: Int) -> [Double] {
    (0..<count).map { lower + (upper - lower) * Double($0) / Double(count - 1) }
  }
}
