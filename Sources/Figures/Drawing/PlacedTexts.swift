/// The texts that belong to places of a plot, set so that they do not cover each other.
struct PlacedTexts {
  private(set) var svg = ""
  private let layout: Layout
  private var taken: [Rectangle] = []

  init(_ texts: [PlacedText], on layout: Layout) {
    self.layout = layout
    var inMargin: [(text: PlacedText, end: Point)] = []
    // Where an author has put a text it stays; the others make way.
    for text in texts {
      if case .centred(let point) = text.place { setCentred(text, point) }
    }
    var above: [(text: PlacedText, point: Point)] = []
    for text in texts {
      switch text.place {
      case .centred: break
      case .margin(let end): inMargin.append((text, end))
      case .above(let point): above.append((text, point))
      case .besideUpright(let x): setBeside(text, x)
      }
    }
    // The highest first: of two names over each other the higher belongs to the higher line.
    for (text, point) in above.sorted(by: { $0.point.y < $1.point.y }) { setAbove(text, point) }
    setInMargin(inMargin)
  }

  private var lineHeight: Double { 1.25 * layout.fontSize }

  private func width(_ text: PlacedText) -> Double {
    TextWidth.ems(of: text.text) * layout.fontSize
  }

  private mutating func setCentred(_ text: PlacedText, _ point: Point) {
    guard layout.area.contains(point) else { return }
    let half = width(text) / 2
    let area = layout.area
    let x = max(area.left + half, min(area.right - half, point.x))
    let y = max(area.top + 0.6 * lineHeight, min(area.bottom - 0.6 * lineHeight, point.y))
    add(text, x: x, y: y, anchor: "middle")
    taken.append(box(left: x - half, middle: y, width: 2 * half))
  }

  /// Above the point if there is room, else the nearest free row.
  private mutating func setAbove(_ text: PlacedText, _ point: Point) {
    let half = width(text) / 2
    let area = layout.area
    let x = max(area.left + half, min(area.right - half, point.x))
    let start = max(point.y - 0.8 * layout.fontSize, area.top + 0.5 * lineHeight)
    let y = free(left: x - half, width: 2 * half, start: start)
    add(text, x: x, y: y, anchor: "middle")
    taken.append(box(left: x - half, middle: y, width: 2 * half))
  }

  private mutating func setBeside(_ text: PlacedText, _ x: Double) {
    let width = width(text)
    let isLeft = x + 6 + width > layout.area.right
    let left = isLeft ? x - 6 - width : x + 6
    let y = free(left: left, width: width, start: layout.area.top + 0.5 * lineHeight)
    add(text, x: isLeft ? x - 6 : x + 6, y: y, anchor: isLeft ? "end" : nil)
    taken.append(box(left: left, middle: y, width: width))
  }

  private mutating func setInMargin(_ texts: [(text: PlacedText, end: Point)]) {
    let area = layout.area
    let heights = spread(
      texts.map(\.end.y), apart: lineHeight,
      within: area.top...max(area.top, area.bottom))
    for ((text, end), y) in zip(texts, heights) {
      if abs(y - end.y) > 3 {
        var leader = Path()
        leader.line(through: [
          Point(x: area.right + 1, y: end.y), Point(x: area.right + 7, y: y),
        ])
        svg +=
          "<path fill=\"none\" stroke=\"\(text.color)\" stroke-opacity=\".6\" d=\"\(leader.data)\"/>"
      }
      add(text, x: area.right + 10, y: y, anchor: nil, hasHalo: false)
    }
  }

  /// The middle of the free row nearest to `start`, rows upwards tried first.
  private func free(left: Double, width: Double, start: Double) -> Double {
    for step in 0..<20 {
      for y in [start - Double(step) * lineHeight, start + Double(step) * lineHeight] {
        let box = box(left: left, middle: y, width: width)
        let isInside = box.top >= layout.area.top - 1 && box.bottom <= layout.area.bottom + 1
        if isInside && !taken.contains(where: box.overlaps) { return y }
      }
    }
    return start
  }

  private func box(left: Double, middle: Double, width: Double) -> Rectangle {
    Rectangle(
      left: left, top: middle - lineHeight / 2, right: left + width,
      bottom: middle + lineHeight / 2)
  }

  private mutating func add(
    _ text: PlacedText, x: Double, y: Double, anchor: String?, hasHalo: Bool = true
  ) {
    let halo = hasHalo ? " class=\"halo\"" : ""
    let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    let color = text.color == "currentColor" ? "" : " style=\"fill:\(text.color)\""
    svg +=
      "<text\(halo)\(anchor) x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" dy=\".35em\"\(color)>"
      + "\(escaped(text.text))</text>"
  }
}
