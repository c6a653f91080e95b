extension Writer {
  /// The node as one element, or as several where it only colours or sizes what is in it.
  mutating func element(
    _ node: Node, _ style: Style, _ attributes: String = "", between left: AtomClass? = nil,
    and right: AtomClass? = nil
  ) throws(FormulaError) {
    switch node {
    case .identifier(let text, let isUpright): mi(text, isUpright: isUpright, attributes)
    case .number(let text): tagged("mn", text)
    case .name(let text, _): mi(text, isUpright: true, attributes)
    case .text(let text): tagged("mtext", text)
    case .symbol(let symbol):
      if symbol.isWrittenAsOperator {
        try leaf(node, style, left: 0, right: 0)
      } else {
        tagged("mi", symbol.text)
      }
    case .delimiter: try leaf(node, style, left: 0, right: 0)
    case .space: try row([node], style)
    case .group(let nodes, _):
      if nodes.count == 1, !nodes[0].isSpace {
        try single(nodes[0], style)
      } else {
        try wrapped(nodes, style)
      }
    case .styled(let inner, let nodes):
      let level = inner.level == style.level ? "" : " scriptlevel=\"\(inner.level)\""
      let attributes = " displaystyle=\"\(inner == .display)\"" + level
      try wrapped(nodes, inner, in: "mstyle", attributes, between: left, and: right)
    case .coloured(let colour, let nodes):
      try wrapped(nodes, style, in: "mrow", " mathcolor=\"\(colour)\"", between: left, and: right)
    case .drawn(let shape, let nodes):
      try wrapped(nodes, style, in: "mrow", " class=\"\(shape)\"")
    case .overline(let nodes): try wrapped(nodes, style, in: "mrow", " class=\"overline\"")
    case .underline(let nodes): try wrapped(nodes, style, in: "mrow", " class=\"underline\"")
    case .scripts(let scripts): try self.scripts(scripts, style)
    case .fraction(let fraction): try self.fraction(fraction, style)
    case .root(let radicand, let index):
      let isTall = Extent(of: radicand, style).needsTallRadical(style)
      let attributes = isTall ? " class=\"tall\"" : ""
      if let index {
        out += "<mroot\(attributes)>"
        try single(radicand, style)
        try single(index, .scriptscript)
        out += "</mroot>"
      } else {
        try wrapped(radicand, style, in: "msqrt", attributes)
      }
    case .fenced(let fence): try self.fence(fence, style)
    case .accent(let accent, let base): try self.accent(accent, base, style, attributes)
    case .stretched(let mark, let isAbove, let nodes, _):
      let element = isAbove ? "mover" : "munder"
      out += isAbove ? "<mover accent=\"true\">" : "<munder accentunder=\"true\">"
      try single(nodes, style)
      mo(mark, " stretchy=\"true\"")
      out += "</\(element)>"
    case .stack(let base, let above, let below, _):
      try limits(above: above, below: below, style) { writer throws(FormulaError) in
        try writer.single(base, style)
      }
    case .arrow(let arrow, let above, let below):
      // The label is a little narrower than the arrow that stretches over it.
      let padded = [Node.space(9)] + above + [.space(9)]
      try limits(
        above: padded, below: below.map { [.space(9)] + $0 + [.space(9)] }, style,
        " class=\"arrow\""
      ) { writer throws(FormulaError) in
        writer.mo(arrow, " stretchy=\"true\" lspace=\"0\" rspace=\"0\"")
      }
    case .table(let table): try self.table(table, style)
    case .phantom(let nodes, let keepsWidth, let keepsHeight):
      let width = keepsWidth ? "" : " width=\"0\""
      let height = keepsHeight ? "" : " height=\"0\" depth=\"0\""
      if !keepsWidth || !keepsHeight { out += "<mpadded\(width)\(height)>" }
      try wrapped(nodes, style, in: "mphantom")
      if !keepsWidth || !keepsHeight { out += "</mpadded>" }
    case .smashed(let nodes):
      try wrapped(nodes, style, in: "mpadded", " height=\"0\" depth=\"0\"")
    case .reference(let label, let isParenthesised, let offset):
      guard let number = references[label] else {
        throw .unknown("label", label, among: references.keys, at: offset)
      }
      tagged("mtext", isParenthesised ? "(\(number))" : number)
    }
  }

  private mutating func tagged(_ name: String, _ text: String) {
    out += "<\(name)>"
    out.appendEscaped(text)
    out += "</\(name)>"
  }

  /// MathML slants a single letter unless told not to, and leaves words upright.
  private mutating func mi(_ text: String, isUpright: Bool, _ attributes: String) {
    let isLetter = text.unicodeScalars.count == 1
    out += isUpright && isLetter ? "<mi mathvariant=\"normal\"" : "<mi"
    out += attributes + ">"
    out.appendEscaped(text)
    out += "</mi>"
  }

  // MARK: Scripts and limits

  private mutating func scripts(_ scripts: Scripts, _ style: Style) throws(FormulaError) {
    let prime = Node.symbol(Symbol(text: "′", kind: .ordinary))
    var above = scripts.above
    if scripts.primes > 0 {
      if scripts.below == nil, above == nil, scripts.base?.isLetter == true {
        // A prime stands at its height in the font already.
        out += "<mrow>"
        if let base = scripts.base { try single(base, style) }
        mo(primes(scripts.primes))
        out += "</mrow>"
        return
      }
      above = [prime] + (above ?? [])
    }
    if above == nil, scripts.below == nil {
      try scriptBase(scripts.base, style)
      return
    }
    if scripts.hasLimits(in: style) {
      try limits(above: above, below: scripts.below, style) { writer throws(FormulaError) in
        try writer.scriptBase(scripts.base, style, hasForcedLimits: style != .display)
      }
      return
    }
    let element = above == nil ? "msub" : scripts.below == nil ? "msup" : "msubsup"
    out += "<\(element)>"
    if let base = scripts.base, scripts.below != nil, base.reachesBelowLine {
      // Browsers hang a subscript from the tail of a letter, where TeX keeps all on one line.
      try self.element(base, style, " class=\"low\"")
    } else {
      try scriptBase(scripts.base, style)
    }
    if let below = scripts.below { try single(below, style.ofScripts) }
    if let above {
      if scripts.primes > 0 {
        let others = above.dropFirst()
        if !others.isEmpty { out += "<mrow>" }
        mo(primes(scripts.primes), " class=\"prime\"")
        if !others.isEmpty {
          try row(Array(others), style.ofScripts)
          out += "</mrow>"
        }
      } else {
        try single(above, style.ofScripts)
      }
    }
    out += "</\(element)>"
  }

  private func primes(_ count: Int) -> String {
    switch count {
    case 1: "′"
    case 2: "″"
    case 3: "‴"
    default: String(repeating: "′", count: count)
    }
  }

  private mutating func scriptBase(
    _ base: Node?, _ style: Style, hasForcedLimits: Bool = false
  ) throws(FormulaError) {
    switch base {
    case nil: out += "<mrow></mrow>"
    case .symbol(let symbol)? where symbol.kind == .operation:
      // Browsers move limits beside the operator in running text unless told otherwise.
      mo(
        symbol.text,
        (hasForcedLimits ? " movablelimits=\"false\"" : "") + " lspace=\"0\" rspace=\"0\"")
    case .delimiter?:
      // Alone under a script it would not stretch: the empty letter makes a row of it.
      out += "<mrow>"
      if let base { try single(base, style) }
      out += "<mi></mi></mrow>"
    case let base?: try single(base, style)
    }
  }

  /// `base` with something above or below it.
  private mutating func limits(
    above: [Node]?, below: [Node]?, _ style: Style, _ attributes: String = "",
    base: (inout Writer) throws(FormulaError) -> Void
  ) throws(FormulaError) {
    let element = above == nil ? "munder" : below == nil ? "mover" : "munderover"
    out += "<\(element)\(attributes)>"
    try base(&self)
    if let below { try single(below, style.ofScripts) }
    if let above { try single(above, style.ofScripts) }
    out += "</\(element)>"
  }

  // MARK: Fractions, fences, accents

  private mutating func fraction(_ fraction: Fraction, _ style: Style) throws(FormulaError) {
    let inner = fraction.style ?? style
    let attributes = fraction.isBinomial ? " linethickness=\"0\"" : ""
    // MathML Core takes a style on the fraction itself; HTML's validators still want it around.
    var styling = ""
    if inner == .display, style != .display || fraction.isContinued {
      styling += " displaystyle=\"true\""
    }
    if inner != .display, style == .display { styling += " displaystyle=\"false\"" }
    if inner.level != style.level { styling += " scriptlevel=\"\(inner.level)\"" }
    if !styling.isEmpty { out += "<mstyle\(styling)>" }
    let parts = inner.ofFractions
    if fraction.isBinomial {
      let height = inner == .display ? 2.39 : 1.15
      out += "<mrow>"
      mo("(", styled(Delimiter.room(for: "(", covering: height)))
    }
    out += "<mfrac\(attributes)>"
    try single(fraction.numerator, parts)
    try single(fraction.denominator, parts)
    out += "</mfrac>"
    if fraction.isBinomial {
      let height = inner == .display ? 2.39 : 1.15
      mo(")", styled(Delimiter.room(for: ")", covering: height)))
      out += "</mrow>"
    }
    if !styling.isEmpty { out += "</mstyle>" }
  }

  private mutating func fence(_ fence: Fence, _ style: Style) throws(FormulaError) {
    let extent = fence.parts.reduce(Extent.empty) { $0 + Extent(of: $1, style) }
    out += "<mrow>"
    for (index, delimiter) in fence.delimiters.enumerated() {
      if let delimiter {
        let isMiddle = index > 0 && index + 1 < fence.delimiters.count
        mo(delimiter, attributes(of: delimiter, covering: extent.covering, isMiddle: isMiddle))
      }
      if index < fence.parts.count {
        try row(fence.parts[index], style, between: .opening, and: .closing)
      }
    }
    out += "</mrow>"
  }

  /// Delimiters around what is no taller than a letter with scripts do not stretch.
  private func attributes(
    of delimiter: String, covering height: Double, isMiddle: Bool = false
  ) -> String {
    let isFence = Symbol(text: delimiter, kind: .opening).isFence
    let space = isMiddle || !isFence ? " lspace=\"0\" rspace=\"0\"" : ""
    if height < 1.5 { return (isFence ? " stretchy=\"false\"" : "") + space }
    let stretch = isFence && !isMiddle ? "" : " stretchy=\"true\" symmetric=\"true\""
    return stretch + space + styled(Delimiter.room(for: delimiter, covering: height))
  }

  private mutating func accent(
    _ accent: Accent, _ base: [Node], _ style: Style, _ attributes: String
  ) throws(FormulaError) {
    out += "<mover accent=\"true\"\(attributes)>"
    try single(base, style)
    if accent.mark == "˜", accent.isWide {
      // The font has wide tildes, but browsers stretch none of its characters into them.
      let reach = max(1, min(4, Extent(of: base, style).width / 0.5))
      let factor = ems(reach).dropLast(2)
      mo(accent.mark, " stretchy=\"false\" style=\"transform:scaleX(\(factor))\"")
    } else {
      mo(accent.mark, " stretchy=\"\(accent.isWide)\"")
    }
    out += "</mover>"
  }

  // MARK: Tables

  private mutating func table(_ table: Table, _ style: Style) throws(FormulaError) {
    let cells = table.cellStyle(in: style)
    let height = Extent(of: .table(table), style).covering
    let delimiters = table.environment.delimiters
    if let delimiters {
      out += "<mrow>"
      if let left = delimiters.left { mo(left, attributes(of: left, covering: height)) }
    }
    var attributes = table.className.map { " class=\"\($0)\"" } ?? ""
    if cells == .display { attributes += " displaystyle=\"true\"" }
    if cells.level != style.level { attributes += " scriptlevel=\"\(cells.level)\"" }
    out += "<mtable\(attributes)>"
    for row in table.rows {
      out += row.isRuledAbove || row.isRuledBelow ? "<mtr class=\"\(row.rules)\">" : "<mtr>"
      for (index, cell) in row.cells.enumerated() {
        let isRight = table.environment.shape == .aligned && index % 2 == 1
        out += "<mtd\(table.attributes(ofCell: index, in: row))>"
        // The right part of an aligned equation begins as if something stood before it.
        try self.row(cell, cells, between: isRight ? .ordinary : nil, isIndented: isRight)
        out += "</mtd>"
      }
      out += "</mtr>"
    }
    out += "</mtable>"
    if let delimiters {
      if let right = delimiters.right { mo(right, self.attributes(of: right, covering: height)) }
      out += "</mrow>"
    }
  }
}

extension Table {
  func cellStyle(in style: Style) -> Style {
    switch environment.shape {
    case .small: .script
    case .substack: style
    default: environment.isDisplayed ? .display : style.ofCells
    }
  }

  /// The stylesheet's class for the table.
  var className: String? {
    switch environment.shape {
    case .matrix: nil
    case .array: "array"
    case .small: "small"
    case .cases: "cases"
    case .aligned: "aligned"
    case .gathered: "gathered"
    case .substack: "substack"
    case .equation: nil
    }
  }

  fileprivate func attributes(ofCell index: Int, in row: Row) -> String {
    var attributes = ""
    if index < columns.count {
      let column = columns[index]
      var classes: [String] = []
      if column.alignment == "l" { classes.append("left") }
      if column.alignment == "r" { classes.append("right") }
      if column.hasBarBefore { classes.append("bar") }
      if column.hasBarAfter { classes.append("bar-after") }
      if !classes.isEmpty { attributes += " class=\"\(classes.joined(separator: " "))\"" }
    }
    if index == 0, row.spaceBelow != 0 {
      let space = Writer(references: [:]).ems(row.spaceBelow + 0.22)
      attributes += " style=\"padding-bottom:\(space)\""
    }
    return attributes
  }
}

extension Table.Row {
  /// The stylesheet's classes for the lines above and below.
  fileprivate var rules: String {
    [isRuledAbove ? "ruled" : nil, isRuledBelow ? "ruled-below" : nil].compactMap(\.self)
      .joined(separator: " ")
  }
}
