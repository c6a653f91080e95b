/// Writes nodes as MathML Core, spaced as TeX would space them.
struct Writer {
  var out = ""
  let references: [String: String]

  init(references: [String: String]) { self.references = references }

  /// The nodes as one element.
  mutating func single(_ nodes: [Node], _ style: Style) throws(FormulaError) {
    if nodes.count == 1, !nodes[0].isSpace {
      try single(nodes[0], style)
    } else {
      try wrapped(nodes, style)
    }
  }

  /// The node as one element.
  mutating func single(_ node: Node, _ style: Style) throws(FormulaError) {
    switch node {
    case .group(let nodes, _): try single(nodes, style)
    case .delimiter, .symbol: try leaf(node, style, left: 0, right: 0)
    default: try element(node, style)
    }
  }

  /// The nodes in an element that sets them side by side.
  mutating func wrapped(
    _ nodes: [Node], _ style: Style, in element: String = "mrow", _ attributes: String = "",
    between left: AtomClass? = nil, and right: AtomClass? = nil
  ) throws(FormulaError) {
    out += "<\(element)\(attributes)>"
    try row(nodes, style, between: left, and: right)
    out += "</\(element)>"
  }

  /// The nodes side by side.
  ///
  /// The space between two of them is what TeX's rules for their kinds ask for and what was written.
  /// An operator carries it in its attributes; between others it is an element of its own.
  /// `left` and `right` are the kinds of what stands beside the row: they tell a minus from a sign,
  /// and the space towards them is not the row's, unless `isIndented`.
  mutating func row(
    _ nodes: [Node], _ style: Style, between left: AtomClass? = nil, and right: AtomClass? = nil,
    isIndented: Bool = false
  ) throws(FormulaError) {
    var (items, gaps) = items(of: nodes)
    settleSigns(of: &items, between: left, and: right)
    for index in items.indices where index > 0 || isIndented {
      let previous = index > 0 ? items[index - 1].last : left
      gaps[index] += previous?.space(before: items[index].first, style: style) ?? 0
      if index > 0 { gaps[index] -= items[index - 1].node.overhang(style) * 18 }
    }
    var carried = 0.0
    for (index, item) in items.enumerated() {
      if gaps[index] != 0 {
        if index == 0, gaps[0] > 0, item.claim > 0 {
          carried = gaps[0]
        } else {
          separate(gaps[index])
        }
      }
      // The gap after this item belongs to the operator with the better claim to it.
      let next = index + 1 < items.count ? items[index + 1] : nil
      let gap = gaps[index + 1]
      var after = 0.0
      var carriedOn = 0.0
      if gap > 0, max(item.claim, next?.claim ?? 0) > 0 {
        if item.claim >= next?.claim ?? 0 { after = gap } else { carriedOn = gap }
        gaps[index + 1] = 0
      }
      if item.claim > 0 {
        try leaf(item.node, style, left: carried, right: after)
      } else {
        let previous = index > 0 ? items[index - 1].last : left
        try element(item.node, style, between: previous, and: next?.first ?? right)
      }
      carried = carriedOn
    }
    if gaps[items.count] != 0 { separate(gaps[items.count]) }
  }

  private struct Item {
    var node: Node
    var first: AtomClass
    var last: AtomClass

    /// How strong a claim the operator has to the space beside it; zero for what is no operator.
    var claim: Int {
      guard node.isOperator else { return 0 }
      switch first {
      case .relation: return 4
      case .binary: return 3
      case .punctuation: return 2
      default: return 1
      }
    }
  }

  /// The atoms, and the space written before each of them and after the last.
  private func items(of nodes: [Node]) -> ([Item], gaps: [Double]) {
    var items: [Item] = []
    var gaps = [0.0]
    for node in nodes {
      if case .space(let width) = node {
        gaps[items.count] += width
      } else {
        let (first, last) = node.kinds
        items.append(Item(node: node, first: first, last: last))
        gaps.append(0)
      }
    }
    return (items, gaps)
  }

  /// Makes a sign of each binary operator that lacks an operand.
  private func settleSigns(
    of items: inout [Item], between left: AtomClass?, and right: AtomClass?
  ) {
    var previous = left
    for index in items.indices {
      if items[index].first == .binary, items[index].last == .binary {
        let next = index + 1 < items.count ? items[index + 1].first : right
        if AtomClass.isSign(after: previous) || AtomClass.isSign(before: next) {
          (items[index].first, items[index].last) = (.ordinary, .ordinary)
        }
      }
      previous = items[index].last
    }
  }

  /// Space as an element. MathML knows no negative widths, but style sheets know negative margins.
  private mutating func separate(_ width: Double) {
    out +=
      width > 0
      ? "<mspace width=\"\(ems(width / 18))\"/>"
      : "<mspace style=\"margin-left:\(ems(width / 18))\"/>"
  }

  /// An operator or delimiter with the space on its sides, in mu.
  mutating func leaf(
    _ node: Node, _ style: Style, left: Double, right: Double
  ) throws(FormulaError) {
    switch node {
    case .symbol(let symbol) where symbol.isWrittenAsOperator:
      var attributes = symbol.isFence || symbol.isArrow ? " stretchy=\"false\"" : ""
      attributes += spacing(of: symbol, left: left, right: right)
      mo(symbol.text, attributes)
    case .delimiter(let symbol, let size):
      let (height, room) = Delimiter.size(size, of: symbol.text)
      let length = ems(height - 0.005)
      let hasSide = symbol.kind == .opening || symbol.kind == .closing
      var attributes =
        symbol.isFence && (hasSide || !symbol.isBar) ? "" : " stretchy=\"true\" symmetric=\"true\""
      attributes += " minsize=\"\(length)\" maxsize=\"\(length)\""
      attributes += spacing(of: symbol, left: left, right: right)
      mo(symbol.text, attributes + styled(room))
    default: try element(node, style)
    }
  }

  /// The room as properties that the stylesheet applies where a browser needs them.
  func styled(_ room: Delimiter.Room?) -> String {
    guard let room else { return "" }
    let after = room.after == 0 ? "" : ";--after:\(ems(room.after))"
    return " style=\"--width:\(ems(room.width))\(after)\""
  }

  mutating func mo(_ text: String, _ attributes: String = "") {
    out += "<mo\(attributes)>"
    out.appendEscaped(text)
    out += "</mo>"
  }

  /// The attributes that make the space what it must be, where the browser's would be another.
  private func spacing(of symbol: Symbol, left: Double, right: Double) -> String {
    let usual = symbol.usualSpace
    if let usual, usual == (left, right) { return "" }
    if left == 0, right == 0 {
      if symbol.canBeSign || symbol.isBar && symbol.kind == .opening { return " form=\"prefix\"" }
      if symbol.isBar, symbol.kind == .closing { return " form=\"postfix\"" }
    }
    var attributes = ""
    if usual?.left != left { attributes += " lspace=\"\(ems(left / 18))\"" }
    if usual?.right != right { attributes += " rspace=\"\(ems(right / 18))\"" }
    return attributes
  }

  /// A length in em with at most four decimals and nothing that could be left out.
  func ems(_ value: Double) -> String {
    let tenThousandths = Int((value * 10_000).rounded())
    if tenThousandths == 0 { return "0" }
    let whole = abs(tenThousandths) / 10_000
    var decimals = String(abs(tenThousandths) % 10_000 + 10_000).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    let sign = tenThousandths < 0 ? "-" : ""
    return sign + (whole > 0 ? String(whole) : "") + (decimals.isEmpty ? "" : "." + decimals) + "em"
  }
}

extension Symbol {
  /// Signs that are letters to MathML: it would put space around them or stretch them.
  var isWrittenAsOperator: Bool {
    switch kind {
    case .ordinary: "|‖/\\′″‵".contains(text)
    case .inner: false
    default: true
    }
  }

  /// Whether browsers stretch the operator as tall as its row unless told not to.
  var isFence: Bool {
    switch text {
    case "(", ")", "[", "]", "{", "}", "|", "‖", "⟨", "⟩", "⌊", "⌋", "⌈", "⌉", "⟦", "⟧", "⟮", "⟯":
      true
    default: false
    }
  }

  /// A delimiter that looks the same on either side.
  var isBar: Bool { text == "|" || text == "‖" }

  var isArrow: Bool { "↑↓↕⇑⇓⇕".contains(text) }

  var canBeSign: Bool { "+−±∓".contains(text) }

  /// The space that browsers put around the operator of themselves, in mu, where all agree.
  var usualSpace: (left: Double, right: Double)? {
    if isFence {
      return !isBar && (kind == .opening || kind == .closing) ? (0, 0) : nil
    }
    switch text {
    case "+", "−", "±", "∓", "∪", "∩", "∧", "∨": return (4, 4)
    case ",", ";": return (0, 3)
    case "∣", "∥", ":", "∤", "∦": return nil
    case "′", "″", "‵", "!": return (0, 0)
    default: return kind == .relation && text.unicodeScalars.count == 1 && !isArrow ? (5, 5) : nil
    }
  }
}
