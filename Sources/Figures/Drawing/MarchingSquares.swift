/// The lines along which a function on a grid takes one value.
///
/// `values[row][column]` at the corners; every cell of four corners is crossed by no, one or two
/// segments, on whose ends the value is interpolated linearly. In a saddle, where two opposite corners
/// lie above, the mean of the corners decides which of them are joined.
package struct MarchingSquares {
  private let values: [[Double]]
  private let rows: Int
  private let columns: Int

  package init(_ values: [[Double]]) {
    self.values = values
    rows = values.count
    columns = values.first?.count ?? 0
  }

  /// Polylines in units of the grid: x along the columns, y along the rows. A closed line ends at the
  /// point it began with.
  package func lines(at level: Double) -> [[Point]] {
    guard rows > 1, columns > 1 else { return [] }
    // An edge is named by its lower corner and its direction; a level line crosses it once at most,
    // and each of the two cells beside it carries the line on to one other edge.
    var next = [[Int]](repeating: [], count: 2 * rows * columns)
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        for (a, b) in segments(row, column, level) {
          next[a].append(b)
          next[b].append(a)
        }
      }
    }
    var isWalked = [Bool](repeating: false, count: next.count)
    func walk(from first: Int) -> [Point] {
      var line = [first]
      isWalked[first] = true
      while let edge = next[line.last!].first(where: { !isWalked[$0] }) {
        isWalked[edge] = true
        line.append(edge)
      }
      if line.count > 2, next[line.last!].contains(first) { line.append(first) }
      return line.map { crossing($0, level) }
    }
    let openEnds = next.indices.filter { next[$0].count == 1 }
    let crossed = next.indices.filter { !next[$0].isEmpty }
    return (openEnds + crossed).compactMap { isWalked[$0] ? nil : walk(from: $0) }
  }

  private func horizontal(_ row: Int, _ column: Int) -> Int { 2 * (row * columns + column) }
  private func vertical(_ row: Int, _ column: Int) -> Int { 2 * (row * columns + column) + 1 }

  private func segments(_ row: Int, _ column: Int, _ level: Double) -> [(Int, Int)] {
    let bottomLeft = values[row][column] >= level
    let bottomRight = values[row][column + 1] >= level
    let topRight = values[row + 1][column + 1] >= level
    let topLeft = values[row + 1][column] >= level
    let bottom = horizontal(row, column)
    let top = horizontal(row + 1, column)
    let left = vertical(row, column)
    let right = vertical(row, column + 1)
    if bottomLeft == topRight && topLeft == bottomRight && bottomLeft != bottomRight {
      let mean =
        (values[row][column] + values[row][column + 1] + values[row + 1][column + 1]
          + values[row + 1][column]) / 4
      let joinsBottomLeft = (mean >= level) == bottomLeft
      return joinsBottomLeft ? [(bottom, right), (top, left)] : [(bottom, left), (top, right)]
    }
    var crossed: [Int] = []
    if bottomLeft != bottomRight { crossed.append(bottom) }
    if bottomRight != topRight { crossed.append(right) }
    if topLeft != topRight { crossed.append(top) }
    if bottomLeft != topLeft { crossed.append(left) }
    return crossed.count == 2 ? [(crossed[0], crossed[1])] : []
  }

  private func crossing(_ edge: Int, _ level: Double) -> Point {
    let (row, column) = (edge / 2).quotientAndRemainder(dividingBy: columns)
    let isVertical = edge % 2 == 1
    let a = values[row][column]
    let b = isVertical ? values[row + 1][column] : values[row][column + 1]
    let share = (level - a) / (b - a)
    return isVertical
      ? Point(x: Double(column), y: Double(row) + share)
      : Point(x: Double(column) + share, y: Double(row))
  }
}
