/// A plot as SVG.
struct PlotDrawing {
  let plot: Plot
  let layers: [Layer]
  let x: Scale
  let y: Scale

  func svg() throws(FigureError) -> String {
    // Which labels stand in the margin is seen by drawing; the margin then narrows the area.
    let draft = try Layout(request(marginLabels: [], hasBottomNote: false))
    let first = try drawn(on: draft)
    let inMargin = first.flatMap(\.labels).compactMap { label in
      if case .margin = label.place { label.text } else { nil as String? }
    }
    let outside = first.reduce(0) { $0 + $1.dotsOutside }
    let layout = try Layout(request(marginLabels: inMargin, hasBottomNote: outside > 0))
    let layersDrawn = try drawn(on: layout)
    let texts = PlacedTexts(layersDrawn.flatMap(\.labels), on: layout)
    let colorBar = try colorBarSVG(layout)
    return head(layout) + axes(layout) + layersDrawn.map(\.svg).joined() + colorBar + texts.svg
      + note(dotsOutside: outside, layout) + "</svg>"
  }

  // MARK: What the layers share

  private func request(marginLabels: [String], hasBottomNote: Bool) -> Layout.Request {
    let colorBar = layers.lazy.compactMap(\.colorBar).first
    return Layout.Request(
      limit: plot.size ?? (640, plot.hasEqualAspect ? 520 : 360), title: plot.title,
      legend: layers.indices.compactMap { index in
        guard let name = layers[index].name, ![.none, .atLine].contains(layers[index].key) else {
          return nil
        }
        return (name, index)
      },
      x: x, y: y, xTickLabels: layers.lazy.compactMap(\.xTicks).first,
      yTickLabels: layers.lazy.compactMap(\.yTicks).first, xTitle: plot.xTitle,
      hasTopRow: plot.yTitle != nil || colorBar?.name != nil, hasBottomNote: hasBottomNote,
      hasEqualAspect: plot.hasEqualAspect, marginLabels: marginLabels, colorBar: colorBar)
  }

  private func drawn(on layout: Layout) throws(FigureError) -> [Drawn] {
    var drawn: [Drawn] = []
    for canvas in canvases(layout) { drawn.append(try layers[drawn.count].draw(canvas)) }
    return drawn
  }

  private func canvases(_ layout: Layout) -> [Canvas] {
    let slots = layers.filter(\.takesBarSlot).count
    var (series, namedLines, dots, slot) = (0, 0, 0, 0)
    return layers.map { layer in
      let color: Color? =
        switch layer.colorUse {
        case .none: nil
        case .fixed(let color): color
        case .next, .sameAsNext: Color(series: series)
        }
      let isNamedLine = layer.key == .atLine && layer.name != nil
      defer {
        if case .next = layer.colorUse { series += 1 }
        namedLines += isNamedLine ? 1 : 0
        dots += layer.key == .dot ? 1 : 0
        slot += layer.takesBarSlot ? 1 : 0
      }
      return Canvas(
        area: layout.area, x: x, y: y,
        color: color?.css ?? "currentColor",
        dash: isNamedLine ? Color.dash(series: namedLines) : nil,
        isOverCells: layers.contains { $0.colorBar != nil }, dotSeries: dots, slot: slot,
        slots: max(slots, 1))
    }
  }

  // MARK: Parts

  private func head(_ layout: Layout) -> String {
    let (width, height) = (coordinate(layout.width), coordinate(layout.height))
    let phone = coordinate(Layout.fontSize(onPhone: layout.width))
    var text =
      "<svg class=\"plot\" viewBox=\"0 0 \(width) \(height)\" style=\"max-width:\(width)px;--phone:\(phone)px\">"
      + "<style>\(PlotDrawing.style)</style>"
    let size = layout.fontSize
    var baseline = 0.0
    for line in layout.titleLines {
      baseline += 1.35 * size
      text +=
        "<text class=\"title\" y=\"\(coordinate(baseline - 0.3 * size))\">\(escaped(line))</text>"
    }
    let canvases = canvases(layout)
    for row in layout.legendRows {
      baseline += 1.4 * size
      var left = 0.0
      for item in row {
        let middle = baseline - 0.6 * size
        text += swatch(of: layers[item.layer].key, canvases[item.layer], left, middle)
        text +=
          "<text x=\"\(coordinate(left + 24))\" y=\"\(coordinate(middle))\" dy=\".35em\">\(escaped(item.name))</text>"
        left += item.width
      }
    }
    if let title = plot.yTitle {
      text +=
        "<text class=\"quiet\" y=\"\(coordinate(layout.area.top - 0.65 * size))\">\(escaped(title))</text>"
    }
    return text
  }

  private func swatch(
    of key: Layer.Key, _ canvas: Canvas, _ left: Double, _ middle: Double
  ) -> String {
    let y = coordinate(middle)
    switch key {
    case .none, .atLine: return ""
    case .dot:
      let cap = canvas.dotSeries % 2 == 0 ? "round" : "square"
      return
        "<path stroke=\"\(canvas.color)\" stroke-width=\"8\" stroke-linecap=\"\(cap)\" d=\"M\(coordinate(left + 12)) \(y)h0\"/>"
    case .box(let opacity):
      return
        "<path fill=\"\(canvas.color)\" fill-opacity=\"\(shortest(opacity))\" d=\"M\(coordinate(left + 1)) \(coordinate(middle - 6))h17v12h-17z\"/>"
    case .stroke:
      return
        "<path stroke=\"\(canvas.color)\" stroke-width=\"2\" d=\"M\(coordinate(left + 1)) \(y)h17\"/>"
    }
  }

  private func axes(_ layout: Layout) -> String {
    let area = layout.area
    var (grid, ticks) = (Path(), Path())
    func across(_ value: Double) -> Double { area.left + x.fraction(of: value) * area.width }
    func height(_ value: Double) -> Double { area.bottom - y.fraction(of: value) * area.height }
    let isPlanar = layers.contains(where: \.isPlanar)
    let hasNamedRows = layers.contains { $0.yTicks != nil }
    for tick in layout.yTicks where !hasNamedRows {
      let y = height(tick.value)
      grid.line(through: [Point(x: area.left, y: y), Point(x: area.right, y: y)])
    }
    for tick in layout.xTicks {
      let x = across(tick.value)
      if isPlanar && !hasNamedRows {
        grid.line(through: [Point(x: x, y: area.bottom), Point(x: x, y: area.top)])
      }
      ticks.line(through: [Point(x: x, y: area.bottom), Point(x: x, y: area.bottom + 4)])
    }
    let floor =
      layers.contains(where: \.takesBarSlot) && y.domain.contains(0) ? height(0) : area.bottom
    ticks.line(through: [Point(x: area.left, y: floor), Point(x: area.right, y: floor)])
    let text = "<path class=\"grid\" d=\"\(grid.data)\"/><path class=\"axis\" d=\"\(ticks.data)\"/>"
    return text + tickTexts(layout, across, height)
  }

  private func tickTexts(
    _ layout: Layout, _ across: (Double) -> Double, _ height: (Double) -> Double
  ) -> String {
    let (area, size) = (layout.area, layout.fontSize)
    var text = "<g text-anchor=\"end\">"
    for tick in layout.yTicks {
      text +=
        "<text x=\"\(coordinate(area.left - 7))\" y=\"\(coordinate(height(tick.value)))\" dy=\".35em\">\(escaped(tick.text))</text>"
    }
    text += layout.hasSlantedTicks ? "" : "</g><g text-anchor=\"middle\">"
    for tick in layout.xTicks {
      let x = coordinate(across(tick.value))
      if layout.hasSlantedTicks {
        let y = coordinate(area.bottom + 10)
        text +=
          "<text transform=\"translate(\(x) \(y)) rotate(-36)\" dy=\".6em\">\(escaped(tick.text))</text>"
      } else {
        text +=
          "<text x=\"\(x)\" y=\"\(coordinate(area.bottom + 7 + 0.85 * size))\">\(escaped(tick.text))</text>"
      }
    }
    text += "</g>"
    if let title = plot.xTitle {
      text +=
        "<text class=\"quiet\" text-anchor=\"end\" x=\"\(coordinate(area.right))\" y=\"\(coordinate(layout.xTitleBaseline))\">\(escaped(title))</text>"
    }
    return text
  }

  private func note(dotsOutside: Int, _ layout: Layout) -> String {
    guard dotsOutside > 0 else { return "" }
    let words = dotsOutside == 1 ? "1 dot lies" : "\(dotsOutside) dots lie"
    return
      "<text class=\"quiet\" x=\"\(coordinate(layout.area.left))\" y=\"\(coordinate(layout.xTitleBaseline))\">\(words) outside</text>"
  }

  private func colorBarSVG(_ layout: Layout) throws(FigureError) -> String {
    guard let bar = layers.lazy.compactMap(\.colorBar).first else { return "" }
    let (area, left) = (layout.area, layout.colorBarLeft)
    var text =
      "<image x=\"\(coordinate(left))\" y=\"\(coordinate(area.top))\" width=\"12\""
      + " height=\"\(coordinate(area.height))\" preserveAspectRatio=\"none\""
      + " href=\"\(PNG.dataAddress(try bar.strip()))\"/>"
    let scale = Scale(domain: bar.range)
    for tick in layout.colorBarTicks {
      let y = area.bottom - scale.fraction(of: tick.value) * area.height
      text +=
        "<text x=\"\(coordinate(left + 18))\" y=\"\(coordinate(y))\" dy=\".35em\">\(escaped(tick.text))</text>"
    }
    if let name = bar.name {
      text +=
        "<text class=\"quiet\" text-anchor=\"end\" x=\"\(coordinate(layout.width))\" y=\"\(coordinate(area.top - 0.65 * layout.fontSize))\">\(escaped(name))</text>"
    }
    return text
  }

  /// Classes, never ids: there are many figures on a page.
  private static let style =
    ".plot{font-size:14px}@media(max-width:480px){.plot{font-size:var(--phone)}}"
    + ".plot text{fill:currentColor}.plot .title{font-weight:600}.plot .quiet{opacity:.8}"
    + ".plot .line{fill:none;stroke-linejoin:round;stroke-linecap:round}.plot path.line{stroke-width:2}"
    + ".plot .grid{stroke:var(--grid,#88888840)}.plot .axis{stroke:currentColor;opacity:.55}"
    + ".plot .rule{stroke:currentColor;opacity:.7;stroke-dasharray:3 3}"
    + ".plot .cells{image-rendering:pixelated}"
    + ".plot .over{filter:drop-shadow(0 0 1px var(--paper,Canvas))}"
    + ".plot .halo{paint-order:stroke;stroke:var(--paper,Canvas);stroke-width:4px;stroke-linejoin:round}"
}
