#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An arrow from each point to its partner.
public struct Arrows: Mark {
  private let name: String?
  private let tails: Points
  private let heads: Points
  private let color: Color?

  /// - Parameters:
  ///   - tails: Rows [x, y].
  ///   - heads: Rows [x, y], as many.
  public init(
    _ name: String? = nil, from tails: [[Double]], to heads: [[Double]], color: Color? = nil
  ) {
    self.name = name
    self.tails = Points(rows: tails)
    self.heads = Points(rows: heads)
    self.color = color
  }

  public var layer: Layer {
    get throws(FigureError) {
      let mark = described("Arrows", name)
      let tails = try tails.checked(for: "\(mark), from")
      let heads = try heads.checked(for: "\(mark), to")
      if tails.x.count != heads.x.count {
        throw .lengths(
          mark: mark, first: "from", tails.x.count, second: "to", heads.x.count)
      }
      var layer = Layer { canvas in
        var path = Path()
        for (tail, head) in zip(canvas.places(tails), canvas.places(heads)) {
          draw(from: tail, to: head, on: canvas, into: &path)
        }
        return Drawn(
          svg: path.isEmpty
            ? ""
            : "<path class=\"line\" stroke=\"\(canvas.color)\" stroke-width=\"1.4\""
              + " d=\"\(path.data)\"/>")
      }
      layer.name = name
      layer.x = .loose((tails.x + heads.x).bounds)
      layer.y = .loose((tails.y + heads.y).bounds)
      layer.colorUse = Layer.ColorUse(color)
      layer.key = .stroke
      layer.isPlanar = true
      layer.series = [
        ValueSeries("\(name ?? "arrows"), from", x: tails.x, y: tails.y),
        ValueSeries("\(name ?? "arrows"), to", x: heads.x, y: heads.y),
      ]
      return layer
    }
  }
}

/// The shaft, cut at the edges of the area, and two barbs where the head is seen. A head in its own
/// path rather than an SVG marker: markers need names, which would clash between figures.
private func draw(from tail: Point, to head: Point, on canvas: Canvas, into path: inout Path) {
  let pieces = canvas.area.clip([tail, head])
  for piece in pieces { path.line(through: piece) }
  let (dx, dy) = (head.x - tail.x, head.y - tail.y)
  let length = (dx * dx + dy * dy).squareRoot()
  guard length > 1, canvas.area.contains(head) else { return }
  let barb = min(7, max(2.5, 0.4 * length))
  func end(_ angle: Double) -> Point {
    Point(
      x: head.x - barb * (cos(angle) * dx - sin(angle) * dy) / length,
      y: head.y - barb * (sin(angle) * dx + cos(angle) * dy) / length)
  }
  path.line(through: [end(0.45), head, end(-0.45)])
}
