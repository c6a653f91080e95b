/// Where everything on a drawing stands.
///
/// Room is kept for letters as a phone shows them: there the drawing is shrunk to about 350 pixels, and
/// its letters are enlarged so that they stay legible.
struct Layout {
  /// The size of letters on a phone, in pixels of a drawing so wide: ten of the phone's own, or the size
  /// they have elsewhere if that is more.
  static func fontSize(onPhone width: Double) -> Double { max(14, 10 * width / 360) }

  let width: Double
  let height: Double
  let area: Rectangle
  /// The size of letters for which room is kept.
  let fontSize: Double
  let titleLines: [String]
  let legendRows: [[LegendItem]]
  let xTicks: [Scale.Tick]
  let yTicks: [Scale.Tick]
  let hasSlantedTicks: Bool
  let xTitleBaseline: Double
  /// The left edge of the scale of colours.
  let colorBarLeft: Double
  let colorBarTicks: [Scale.Tick]

  struct LegendItem {
    var name: String
    var width: Double
    var layer: Int
  }

  struct Request {
    var limit: (width: Double, height: Double)
    var title: String?
    var legend: [(name: String, layer: Int)]
    var x: Scale
    var y: Scale
    var xTickLabels: [Scale.Tick]?
    var yTickLabels: [Scale.Tick]?
    var xTitle: String?
    var hasTopRow: Bool
    var hasBottomNote: Bool
    var hasEqualAspect: Bool
    var marginLabels: [String]
    var colorBar: ColorBar?
  }

  init(_ request: Request) throws(FigureError) {
    let size = Layout.fontSize(onPhone: request.limit.width)
    func wide(_ text: String) -> Double { TextWidth.ems(of: text) * size }
    func widest(_ ticks: [Scale.Tick]) -> Double { ticks.map { wide($0.text) }.max() ?? 0 }
    func inside(_ ticks: [Scale.Tick], _ scale: Scale) -> [Scale.Tick] {
      ticks.filter { (-1e-9...1 + 1e-9).contains(scale.fraction(of: $0.value)) }
    }

    // The heights do not depend on the widths but for the title and the legend.
    func top(width: Double) -> (title: [String], legend: [[LegendItem]], height: Double) {
      let title = request.title.map { TextWidth.lines(of: $0, atMost: width / size / 1.06) } ?? []
      var rows: [[LegendItem]] = []
      for (name, layer) in request.legend {
        let item = LegendItem(name: name, width: 24 + wide(name) + 18, layer: layer)
        if let row = rows.last, row.reduce(0, { $0 + $1.width }) + item.width <= width + 18 {
          rows[rows.count - 1].append(item)
        } else {
          rows.append([item])
        }
      }
      let height =
        Double(title.count) * 1.35 * size + Double(rows.count) * 1.4 * size
        + (request.hasTopRow ? 1.5 : 0.6) * size + (title.isEmpty && rows.isEmpty ? 0 : 4)
      return (title, rows, height)
    }

    let topHeight = top(width: request.limit.width).height
    // Ticks are first chosen for a likely height, then for the true one.
    func yTicks(height: Double) -> [Scale.Tick] {
      request.yTickLabels.map { inside($0, request.y) }
        ?? request.y.ticks { $0.count < 3 || height / Double($0.count - 1) >= 2.1 * size }
    }
    let barTicks =
      request.colorBar.map { bar in
        Scale(domain: bar.range).ticks { $0.count <= 6 }
      } ?? []
    let likelyHeight = max(40, request.limit.height - topHeight - 3 * size)
    let left = max(8, widest(yTicks(height: likelyHeight)) + 10)
    let labels = request.marginLabels.map(wide).max().map { $0 + 14 } ?? 0
    let bar = request.colorBar == nil ? 0 : 14 + 12 + 6 + widest(barTicks) + 2
    let right = max(12, labels + bar)
    var areaWidth = request.limit.width - left - right

    // Labels that do not fit side by side stand aslant.
    func fits(_ ticks: [Scale.Tick], _ width: Double) -> Bool {
      let ends = ticks.map { tick in
        let middle = request.x.fraction(of: tick.value) * width
        return (middle - wide(tick.text) / 2, middle + wide(tick.text) / 2)
      }
      return zip(ends, ends.dropFirst()).allSatisfy { $0.1 + 0.7 * size <= $1.0 }
    }
    let named = request.xTickLabels.map { inside($0, request.x) }
    let isSlanted = named.map { !fits($0, areaWidth) } ?? false
    let tickHeight = isSlanted ? 0.6 * widest(named ?? []) + 0.9 * size : size
    let hasLastRow = request.xTitle != nil || request.hasBottomNote
    let bottom = 8 + tickHeight + (hasLastRow ? 1.45 * size : 0) + 4
    var areaHeight = request.limit.height - topHeight - bottom
    guard areaWidth >= 40, areaHeight >= 40 else {
      throw .tooSmall(width: request.limit.width, height: request.limit.height)
    }
    if request.hasEqualAspect {
      let across = request.x.domain.upperBound - request.x.domain.lowerBound
      let upwards = request.y.domain.upperBound - request.y.domain.lowerBound
      let unit = min(areaWidth / across, areaHeight / upwards)
      (areaWidth, areaHeight) = (unit * across, unit * upwards)
      guard areaWidth >= 40, areaHeight >= 40 else {
        throw .tooSmall(width: request.limit.width, height: request.limit.height)
      }
    }
    let xTicks =
      named
      ?? request.x.ticks { $0.count < 3 || ($0.count <= 9 && fits($0, areaWidth)) }

    let overhang = xTicks.last.map {
      (request.x.fraction(of: $0.value) - 1) * areaWidth + wide($0.text) / 2
    }
    let margin = max(right, isSlanted ? 0 : (overhang ?? 0) + 2)
    width = min(request.limit.width, (left + areaWidth + margin).rounded(.up))
    let head = top(width: width)
    titleLines = head.title
    legendRows = head.legend
    area = Rectangle(
      left: left, top: head.height,
      right: request.hasEqualAspect ? left + areaWidth : width - margin,
      bottom: head.height + areaHeight)
    height = (area.bottom + bottom).rounded(.up)
    fontSize = size
    self.xTicks = xTicks
    self.yTicks = yTicks(height: areaHeight)
    hasSlantedTicks = isSlanted
    xTitleBaseline = area.bottom + 8 + tickHeight + 1.2 * size
    colorBarLeft = area.right + labels + 14
    colorBarTicks = barTicks
  }
}

/// Moves labels apart, each as little as possible: where several would overlap they are stacked about the
/// mean of their places (pool-adjacent-violators on the places less the room of the labels before).
package func spread(_ places: [Double], apart: Double, within range: ClosedRange<Double>)
  -> [Double]
{
  let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
  var blocks: [(sum: Double, count: Int)] = []
  for (rank, index) in order.enumerated() {
    blocks.append((places[index] - Double(rank) * apart, 1))
    while blocks.count > 1 {
      let (a, b) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
      guard a.sum / Double(a.count) > b.sum / Double(b.count) else { break }
      blocks.removeLast(2)
      blocks.append((a.sum + b.sum, a.count + b.count))
    }
  }
  let room = max(range.lowerBound, range.upperBound - Double(places.count - 1) * apart)
  var moved = places
  var rank = 0
  for block in blocks {
    let start = min(room, max(range.lowerBound, block.sum / Double(block.count)))
    for _ in 0..<block.count {
      moved[order[rank]] = start + Double(rank) * apart
      rank += 1
    }
  }
  return moved
}
