/// About how much room something takes, in em of the style it is set in.
///
/// The browser measures for itself. This estimate decides whether a delimiter must stretch at all, how
/// wide it then is, and how far a tilde has to reach; the constants are those of Latin Modern Math.
struct Extent {
  var ascent: Double
  var descent: Double
  var width: Double

  static let axis = 0.25
  static let empty = Extent(ascent: 0, descent: 0, width: 0)

  /// The height of a delimiter that covers this and is centred on the axis.
  var covering: Double { 2 * max(ascent - Self.axis, descent + Self.axis) }

  func scaled(_ scale: Double) -> Extent {
    Extent(ascent: ascent * scale, descent: descent * scale, width: width * scale)
  }

  static func + (a: Extent, b: Extent) -> Extent {
    Extent(
      ascent: max(a.ascent, b.ascent), descent: max(a.descent, b.descent), width: a.width + b.width)
  }

  init(ascent: Double, descent: Double, width: Double) {
    (self.ascent, self.descent, self.width) = (ascent, descent, width)
  }

  init(of nodes: [Node], _ style: Style) {
    self = nodes.reduce(.empty) { $0 + Extent(of: $1, style) }
  }

  init(of node: Node, _ style: Style) {
    switch node {
    case .identifier(let text, _): self.init(letters: text)
    case .number(let text): self.init(ascent: 0.666, descent: 0, width: 0.5 * Double(text.count))
    case .name(let text, _), .text(let text): self.init(letters: text)
    case .reference: self.init(ascent: 0.75, descent: 0.25, width: 2)
    case .space(let width): self.init(ascent: 0, descent: 0, width: width / 18)
    case .symbol(let symbol): self.init(of: symbol, style)
    case .group(let nodes, _), .coloured(_, let nodes), .drawn(_, let nodes):
      self.init(of: nodes, style)
    case .styled(let inner, let nodes):
      self = Extent(of: nodes, inner).scaled(inner.scale(in: style))
    case .scripts(let scripts): self.init(of: scripts, style)
    case .fraction(let fraction):
      let inner = fraction.style ?? style
      let scale = inner.ofFractions.scale(in: style)
      let top = Extent(of: fraction.numerator, inner.ofFractions).scaled(scale)
      let bottom = Extent(of: fraction.denominator, inner.ofFractions).scaled(scale)
      let (up, down, gap) = inner == .display ? (0.677, 0.686, 0.12) : (0.394, 0.345, 0.04)
      self.init(
        ascent: max(up, Self.axis + gap + top.descent) + top.ascent,
        descent: max(down, gap + bottom.ascent - Self.axis) + bottom.descent,
        width: max(top.width, bottom.width) + 0.2)
    case .root(let radicand, _):
      self.init(of: radicand, style)
      let sign = Self.radicals.first { $0 >= underRadical(style) } ?? underRadical(style)
      ascent += style == .display ? 0.188 : 0.09
      descent = max(descent, sign - ascent)
      width += 0.9
    case .fenced(let fence):
      self = fence.parts.reduce(.empty) { $0 + Extent(of: $1, style) }
      let covering = max(1, self.covering)
      self =
        self
        + Extent(
          ascent: covering / 2 + Self.axis, descent: covering / 2 - Self.axis, width: 0.9)
    case .delimiter(let symbol, let size):
      let (height, room) = Delimiter.size(size, of: symbol.text)
      self.init(
        ascent: height / 2 + Self.axis, descent: height / 2 - Self.axis, width: room?.width ?? 0.4)
    case .accent(let accent, let base):
      self.init(of: base, style)
      ascent += accent.mark == "¯" ? 0.2 : 0.28
    case .overline(let base):
      self.init(of: base, style)
      ascent += 0.16
    case .underline(let base):
      self.init(of: base, style)
      descent += 0.2
    case .stretched(_, let isAbove, let base, _):
      self.init(of: base, style)
      if isAbove { ascent += 0.5 } else { descent += 0.5 }
    case .stack(let base, let above, let below, _):
      self.init(limits: Extent(of: base, style), above: above, below: below, style)
    case .arrow(_, let above, let below):
      let arrow = Extent(ascent: 0.51, descent: 0.01, width: 1)
      self.init(limits: arrow, above: above, below: below, style)
    case .table(let table): self.init(of: table, style)
    case .phantom(let nodes, let keepsWidth, let keepsHeight):
      self.init(of: nodes, style)
      if !keepsWidth { width = 0 }
      if !keepsHeight { (ascent, descent) = (0, 0) }
    case .smashed(let nodes):
      self = Extent(ascent: 0, descent: 0, width: Extent(of: nodes, style).width)
    }
  }

  /// Whether the radical sign over this is a tall one. Browsers make room for the widest of the tall.
  func needsTallRadical(_ style: Style) -> Bool {
    // In doubt a tall one: a little room too much is better than a rule that touches the next letter.
    underRadical(style) > Self.radicals[0] - 0.01
  }

  private func underRadical(_ style: Style) -> Double {
    ascent + descent + (style == .display ? 0.188 : 0.09)
  }

  /// The heights of the font's radical signs.
  private static let radicals = [1.001, 1.201, 1.801, 2.401, 3.001]

  static func hasTail(_ scalar: Unicode.Scalar) -> Bool {
    // Among the alphabets of mathematics, each of them a run of 52 letters or 58 Greek ones.
    switch scalar.value {
    case 0x1D400...0x1D6A3:
      return "gjpqy".utf8.contains { (scalar.value - 0x1D400) % 52 == UInt32($0) - 71 }
    case 0x1D6A8...0x1D7CB:
      let index = (scalar.value - 0x1D6A8) % 58
      return [27, 28, 31, 32, 37, 39, 42, 43, 47, 48, 49, 55, 56].contains(index)
    default: return "gjpqyfβγζηϕφμξρϱςχψ".unicodeScalars.contains(scalar)
    }
  }

  private init(letters text: String) {
    self.init(ascent: 0, descent: 0, width: 0)
    for scalar in text.unicodeScalars {
      let isLow = "acegmnopqrsuvwxyzαγεηικμνοπρςστυχωϵ".unicodeScalars.contains(scalar)
      let hasTail = Self.hasTail(scalar)
      let isNarrow = "ijltfrsI".unicodeScalars.contains(scalar)
      let isBroad = ("A"..."Z").contains(scalar) || "mwω".unicodeScalars.contains(scalar)
      ascent = max(ascent, isLow ? 0.442 : 0.694)
      descent = max(descent, hasTail ? 0.2 : 0)
      width += isNarrow ? 0.38 : isBroad ? 0.75 : 0.53
    }
  }

  private init(of symbol: Symbol, _ style: Style) {
    switch (symbol.kind, symbol.limits) {
    case (.operation, .never?):
      self =
        style == .display
        ? Extent(ascent: 1.36, descent: 0.86, width: 1)
        : Extent(ascent: 0.8, descent: 0.3, width: 0.6)
    case (.operation, _):
      self =
        style == .display
        ? Extent(ascent: 0.95, descent: 0.45, width: 1.44)
        : Extent(ascent: 0.75, descent: 0.25, width: 1.05)
    case (.opening, _), (.closing, _): self.init(ascent: 0.75, descent: 0.25, width: 0.39)
    case (.relation, _), (.binary, _):
      let isLow = "−=∼→←".contains(symbol.text)
      self.init(ascent: isLow ? 0.4 : 0.58, descent: isLow ? 0 : 0.083, width: 1.25)
    case (.punctuation, _): self.init(ascent: 0.1, descent: 0.2, width: 0.45)
    default: self.init(ascent: 0.7, descent: Delimiter.isKnown(symbol.text) ? 0.25 : 0, width: 0.6)
    }
  }

  private init(of scripts: Scripts, _ style: Style) {
    let base = scripts.base.map { Extent(of: $0, style) } ?? .empty
    if scripts.hasLimits(in: style) {
      self.init(limits: base, above: scripts.above, below: scripts.below, style)
      return
    }
    self = base
    let scale = style.ofScripts.scale(in: style)
    let above = Extent(of: scripts.above ?? [], style.ofScripts).scaled(scale)
    let below = Extent(of: scripts.below ?? [], style.ofScripts).scaled(scale)
    if scripts.above != nil {
      ascent = max(ascent, max(0.363, base.ascent - 0.25) + above.ascent)
    }
    if scripts.below != nil {
      descent = max(
        descent, max(0.247, base.descent > 0.3 ? base.descent + 0.2 : 0) + below.descent)
    }
    width += max(above.width, below.width) + 0.25 * Double(scripts.primes)
  }

  private init(limits base: Extent, above: [Node]?, below: [Node]?, _ style: Style) {
    let scale = style.ofScripts.scale(in: style)
    let top = Extent(of: above ?? [], style.ofScripts).scaled(scale)
    let bottom = Extent(of: below ?? [], style.ofScripts).scaled(scale)
    self = base
    if above != nil { ascent += 0.2 + top.ascent + top.descent }
    if below != nil { descent += 0.17 + bottom.ascent + bottom.descent }
    width = max(base.width, top.width, bottom.width)
  }

  private init(of table: Table, _ style: Style) {
    let cells = table.cellStyle(in: style)
    let scale = cells.scale(in: style)
    // As the stylesheet has it.
    let padding =
      switch table.environment.shape {
      case .matrix, .array: 0.44
      case .aligned, .gathered, .equation: 0.6
      case .cases: 0.4
      case .small: 0.2
      case .substack: 0.08
      }
    var height = 0.0
    var widths: [Double] = []
    for row in table.rows {
      var extent = Extent.empty
      for (index, cell) in row.cells.enumerated() {
        let cell = Extent(of: cell, cells)
        extent = extent + cell
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], cell.width)
      }
      height += (extent.ascent + extent.descent + padding) * scale + row.spaceBelow
    }
    let width = widths.reduce(0.5) { $0 + $1 + 0.8 } * scale
    self.init(ascent: height / 2 + Self.axis, descent: height / 2 - Self.axis, width: width)
  }
}

extension Node {
  /// How far the box of an integral with a subscript reaches beyond what is seen, in em: the
  /// subscript is drawn to the left, by the slant of the integral, and its room is not.
  func overhang(_ style: Style) -> Double {
    guard case .scripts(let scripts) = self, !scripts.hasLimits(in: style),
      case .symbol(let symbol)? = scripts.base, symbol.limits == .never
    else { return 0 }
    let scale = style.ofScripts.scale(in: style)
    let below = Extent(of: scripts.below ?? [], style.ofScripts).width * scale
    let above = Extent(of: scripts.above ?? [], style.ofScripts).width * scale
    return min(style == .display ? 0.591 : 0.332, max(0, below - above))
  }

  /// Whether the node is a letter or word that reaches below the line.
  var reachesBelowLine: Bool {
    switch self {
    case .identifier(let text, _), .name(let text, _):
      text.unicodeScalars.contains(where: Extent.hasTail)
    case .accent(_, let base): base.count == 1 && base[0].reachesBelowLine
    default: false
    }
  }
}
