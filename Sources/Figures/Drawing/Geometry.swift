/// A place on the drawing, in its own pixels, y downwards.
package struct Point: Equatable, Sendable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The point a share `t` of the way to another.
  func toward(_ other: Point, _ t: Double) -> Point {
    Point(x: x + t * (other.x - x), y: y + t * (other.y - y))
  }
}

struct Rectangle: Equatable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }

  func contains(_ point: Point, slack: Double = 0.05) -> Bool {
    point.x >= left - slack && point.x <= right + slack && point.y >= top - slack
      && point.y <= bottom + slack
  }

  func overlaps(_ other: Rectangle) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  /// The pieces of a polyline that lie inside (Liang and Barsky's test, segment by segment).
  func clip(_ line: [Point]) -> [[Point]] {
    guard line.count > 1 else { return line.allSatisfy { contains($0) } ? [line] : [] }
    var pieces: [[Point]] = []
    var piece: [Point] = []
    for (a, b) in zip(line, line.dropFirst()) {
      guard let (enter, leave) = portionInside(from: a, to: b) else {
        if !piece.isEmpty { pieces.append(piece) }
        piece = []
        continue
      }
      if piece.isEmpty { piece = [nearest(to: a.toward(b, enter))] }
      piece.append(nearest(to: a.toward(b, leave)))
      if leave < 1 {
        pieces.append(piece)
        piece = []
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  /// A point of the rectangle. Cutting a line whose end is astronomically far away loses all digits.
  private func nearest(to point: Point) -> Point {
    Point(x: min(max(point.x, left), right), y: min(max(point.y, top), bottom))
  }

  /// Where, as shares of its length, a segment enters and leaves.
  func portionInside(from a: Point, to b: Point) -> (enter: Double, leave: Double)? {
    var (enter, leave) = (0.0, 1.0)
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    for (step, room) in [
      (-dx, a.x - left), (dx, right - a.x), (-dy, a.y - top), (dy, bottom - a.y),
    ] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        enter = max(enter, room / step)
      } else {
        leave = min(leave, room / step)
      }
    }
    return enter <= leave ? (enter, leave) : nil
  }

  /// The part of a polygon that lies inside (Sutherland and Hodgman's cuts, edge by edge).
  func clip(polygon: [Point]) -> [Point] {
    func cut(_ points: [Point], _ depth: (Point) -> Double) -> [Point] {
      points.indices.flatMap { index in
        let (a, b) = (points[index], points[(index + 1) % points.count])
        let (inA, inB) = (depth(a), depth(b))
        let kept = inA >= 0 ? [a] : []
        return (inA >= 0) == (inB >= 0) ? kept : kept + [a.toward(b, inA / (inA - inB))]
      }
    }
    return cut(
      cut(cut(cut(polygon) { $0.x - left }) { right - $0.x }) { $0.y - top }
    ) { bottom - $0.y }
  }
}

/// Leaves out the points of a line that nobody could see: within a pixel's column all but the first,
/// lowest, highest and last; then those nearer than a tenth of a pixel to the line without them.
func simplified(_ line: [Point], tolerance: Double = 0.1) -> [Point] {
  withoutInvisible(inColumns(line), tolerance)
}

private func inColumns(_ line: [Point]) -> [Point] {
  let runsRightwards = zip(line, line.dropFirst()).allSatisfy { $0.x <= $1.x }
  guard runsRightwards, line.count > 1_000 else { return line }
  var kept: [Point] = []
  var start = 0
  while start < line.count {
    let column = line[start].x.rounded(.down)
    var (low, high, end) = (start, start, start)
    while end + 1 < line.count, line[end + 1].x.rounded(.down) == column {
      end += 1
      if line[end].y < line[low].y { low = end }
      if line[end].y > line[high].y { high = end }
    }
    for index in Set([start, low, high, end]).sorted() { kept.append(line[index]) }
    start = end + 1
  }
  return kept
}

/// Douglas and Peucker's way, with its own stack.
private func withoutInvisible(_ line: [Point], _ tolerance: Double) -> [Point] {
  guard line.count > 2 else { return line }
  var keeps = [Bool](repeating: false, count: line.count)
  keeps[0] = true
  keeps[line.count - 1] = true
  var open = [(0, line.count - 1)]
  while let (first, last) = open.popLast() {
    var (worst, distance) = (first, tolerance)
    for index in first + 1..<max(last, first + 1) {
      let away = separation(of: line[index], from: line[first], line[last])
      if away > distance { (worst, distance) = (index, away) }
    }
    if worst != first {
      keeps[worst] = true
      open.append((first, worst))
      open.append((worst, last))
    }
  }
  return line.indices.filter { keeps[$0] }.map { line[$0] }
}

private func separation(of point: Point, from a: Point, _ b: Point) -> Double {
  let (dx, dy) = (b.x - a.x, b.y - a.y)
  let length = dx * dx + dy * dy
  let share =
    length == 0 ? 0 : min(1, max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length))
  let foot = a.toward(b, share)
  return ((point.x - foot.x) * (point.x - foot.x) + (point.y - foot.y) * (point.y - foot.y))
    .squareRoot()
}
