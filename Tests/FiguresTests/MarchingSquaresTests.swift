import Figures
import Testing

@Suite("Marching squares")
struct MarchingSquaresTests {
  /// f on a grid of `cells`² cells over −2…2 in both directions.
  private func grid(_ cells: Int, _ f: (Double, Double) -> Double) -> [[Double]] {
    (0...cells).map { row in (0...cells).map { f(at($0, cells), at(row, cells)) } }
  }

  private func at(_ index: Int, _ cells: Int) -> Double { -2 + 4 * Double(index) / Double(cells) }

  private func place(_ point: Point, _ cells: Int) -> Point {
    Point(x: -2 + 4 * point.x / Double(cells), y: -2 + 4 * point.y / Double(cells))
  }

  @Test("find a circle as one closed line on the level set", arguments: [10, 37, 100])
  func circle(cells: Int) {
    let lines = MarchingSquares(grid(cells) { $0 * $0 + $1 * $1 }).lines(at: 1)
    #expect(lines.count == 1)
    #expect(lines[0].first == lines[0].last)
    // Linear interpolation of a square over a cell of width h errs by h²/4 at most, and r by half that.
    let h = 4 / Double(cells)
    var length = 0.0
    for (a, b) in zip(lines[0], lines[0].dropFirst()) {
      let (a, b) = (place(a, cells), place(b, cells))
      let radius = (a.x * a.x + a.y * a.y).squareRoot()
      #expect(abs(radius * radius - 1) <= h * h / 4 + 1e-12)
      length += ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }
    #expect(abs(length - 2 * .pi) < h * h)
  }

  @Test("leave a straight line open at the edges of the grid")
  func straight() {
    let lines = MarchingSquares(grid(8) { x, y in x + 0.5 * y }).lines(at: 0.1)
    #expect(lines.count == 1)
    #expect(lines[0].first != lines[0].last)
    for point in lines[0].map({ place($0, 8) }) {
      #expect(abs(point.x + 0.5 * point.y - 0.1) < 1e-12)
    }
    #expect(Set(lines[0].map(\.y)).isSuperset(of: [0, 8]))
  }

  @Test("pass a saddle without crossing: the mean of the corners decides which are joined")
  func saddle() {
    // Both diagonals differ; the middle is 0.5.
    let cell = [[1.0, 0.0], [0.0, 1.0]]
    let below = MarchingSquares(cell).lines(at: 0.4)
    let above = MarchingSquares(cell).lines(at: 0.6)
    #expect(below.count == 2 && above.count == 2)
    // Below the mean the corners that are 1 are joined, so that each line cuts off a corner that is 0.
    #expect(
      below.allSatisfy { line in
        cutsOff(line, Point(x: 1, y: 0)) || cutsOff(line, Point(x: 0, y: 1))
      })
    #expect(
      above.allSatisfy { line in
        cutsOff(line, Point(x: 0, y: 0)) || cutsOff(line, Point(x: 1, y: 1))
      })
  }

  /// Both ends lie on the two edges that meet in the corner.
  private func cutsOff(_ line: [Point], _ corner: Point) -> Bool {
    line.count == 2 && line.contains { $0.x == corner.x } && line.contains { $0.y == corner.y }
  }

  @Test("join every crossing of a cell's edge into exactly one line")
  func everyCrossing() {
    func wave(_ x: Double, _ y: Double) -> Double { x * x * y - y * y * y / 3 + 0.3 * x * y }
    let values = grid(24, wave)
    for level in [-0.8, -0.1, 0.01, 0.4, 1.3] {
      var crossings = 0
      for row in 0...24 {
        for column in 0...24 {
          let here = values[row][column] >= level
          if column < 24, (values[row][column + 1] >= level) != here { crossings += 1 }
          if row < 24, (values[row + 1][column] >= level) != here { crossings += 1 }
        }
      }
      let lines = MarchingSquares(values).lines(at: level)
      let found = lines.reduce(0) { $0 + $1.count - ($1.first == $1.last ? 1 : 0) }
      #expect(found == crossings)
    }
  }

  @Test("find nothing beyond the values")
  func nothing() {
    #expect(MarchingSquares(grid(5) { x, _ in x }).lines(at: 9).isEmpty)
    #expect(MarchingSquares([]).lines(at: 0).isEmpty)
  }
}
