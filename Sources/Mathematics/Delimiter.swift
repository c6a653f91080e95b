/// The sizes in which Latin Modern Math draws a delimiter.
///
/// Chromium makes room for the largest of them around every one that stretches, which leaves gaps; the
/// width is therefore written down. Heights and widths are those of the font, in em.
struct Delimiter {
  var sizes: [(height: Double, width: Double)]
  /// The width of what is put together from pieces to be taller still.
  var assembledWidth: Double?

  /// The room a delimiter takes: its own width, and what it needs besides on its right.
  struct Room: Equatable {
    var width: Double
    var after = 0.0
  }

  static func isKnown(_ text: String) -> Bool { shapes[text] != nil }

  /// The room for the size that browsers choose to cover `height`.
  static func room(for text: String, covering height: Double) -> Room? {
    guard let shape = shapes[text], let smallest = shape.sizes.first,
      let largest = shape.sizes.last, smallest.width != largest.width
    else { return nil }
    if let size = shape.sizes.first(where: { $0.height >= height }) {
      return Room(width: size.width)
    }
    guard let assembled = shape.assembledWidth else { return Room(width: largest.width) }
    // Chromium draws the pieces where the smallest size would be, in the middle of the room.
    return Room(width: smallest.width, after: assembled - smallest.width)
  }

  /// The size nearest to that of `\big`, `\Big`, `\bigg` or `\Bigg`: 1 to 4.
  static func size(_ size: Int, of text: String) -> (height: Double, room: Room?) {
    let wanted = 0.6 * Double(size) + 0.6
    guard let sizes = shapes[text]?.sizes, !sizes.isEmpty else { return (wanted, nil) }
    let nearest = sizes.min { abs($0.height - wanted) < abs($1.height - wanted) } ?? sizes[0]
    let isUniform = sizes.first?.width == sizes.last?.width
    return (nearest.height, isUniform ? nil : Room(width: nearest.width))
  }

  private static let shapes: [String: Delimiter] = {
    let parentheses = Delimiter(
      sizes: [
        (0.997, 0.389), (1.095, 0.422), (1.195, 0.458), (1.445, 0.523), (1.793, 0.597),
        (2.093, 0.663), (2.393, 0.736), (2.991, 0.875),
      ], assembledWidth: 0.875)
    let brackets = Delimiter(
      sizes: [
        (1.001, 0.278), (1.101, 0.34), (1.201, 0.417), (1.451, 0.444), (1.801, 0.472),
        (2.101, 0.499), (2.401, 0.528), (3.001, 0.667),
      ], assembledWidth: 0.667)
    let braces = Delimiter(
      sizes: [
        (1.001, 0.5), (1.101, 0.54), (1.201, 0.583), (1.451, 0.624), (1.801, 0.667), (2.101, 0.707),
        (2.401, 0.75), (3.001, 0.902),
      ], assembledWidth: 0.902)
    let angles = Delimiter(sizes: [
      (1.001, 0.389), (1.101, 0.428), (1.201, 0.472), (1.451, 0.537), (1.801, 0.611),
      (2.101, 0.677), (2.401, 0.75), (3.001, 0.908),
    ])
    let floors = Delimiter(
      sizes: [
        (1.001, 0.444), (1.101, 0.458), (1.201, 0.472), (1.451, 0.499), (1.801, 0.528),
        (2.101, 0.555), (2.401, 0.583), (3.001, 0.623),
      ], assembledWidth: 0.667)
    let slashes = Delimiter(sizes: [
      (1.001, 0.5), (1.311, 0.617), (1.717, 0.768), (2.249, 0.964), (2.945, 1.222),
    ])
    let doubleBrackets = Delimiter(
      sizes: [
        (1.001, 0.41), (1.101, 0.444), (1.201, 0.48), (1.451, 0.555), (1.801, 0.66), (2.101, 0.75),
        (2.401, 0.838), (3.001, 1.007),
      ], assembledWidth: 1.007)
    let bars = Delimiter(sizes: [
      (1.001, 0.278), (1.203, 0.278), (1.735, 0.278), (2.503, 0.278), (3.005, 0.278),
    ])
    let doubleBars = Delimiter(sizes: [
      (1.001, 0.398), (1.203, 0.354), (1.735, 0.372), (2.503, 0.396), (3.005, 0.41),
    ])
    // As wide at every height.
    let others = Delimiter(sizes: [])
    return [
      "(": parentheses, ")": parentheses, "[": brackets, "]": brackets, "{": braces, "}": braces,
      "⟨": angles, "⟩": angles, "⌊": floors, "⌋": floors, "⌈": floors, "⌉": floors,
      "/": slashes, "\\": slashes, "⟦": doubleBrackets, "⟧": doubleBrackets, "|": bars,
      "‖": doubleBars, "∣": bars, "∥": doubleBars, "⟮": others, "⟯": others, "↑": others,
      "↓": others, "↕": others, "⇑": others, "⇓": others, "⇕": others, "⌜": others, "⌝": others,
    ]
  }()
}
