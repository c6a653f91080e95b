/// TeX's eight kinds of atoms. The space between two neighbours follows from their kinds alone
/// (Knuth, The TeXbook, chapter 18).
enum AtomClass: Int, Sendable {
  case ordinary, operation, binary, relation, opening, closing, punctuation, inner

  /// The space after `self` and before `next`, in mu (1/18 em).
  func space(before next: AtomClass, style: Style) -> Double {
    let entry = Self.spaces[rawValue][next.rawValue]
    return style.isScript && entry < 0 ? 0 : Double(abs(entry))
  }

  /// Thin 3, medium 4 and thick 5 mu; negative where scripts close the gap.
  private static let spaces: [[Int]] = [
    // ord  op bin rel open close punct inner
    [0, 3, -4, -5, 0, 0, 0, -3],
    [3, 3, 0, -5, 0, 0, 0, -3],
    [-4, -4, 0, 0, -4, 0, 0, -4],
    [-5, -5, 0, 0, -5, 0, 0, -5],
    [0, 0, 0, 0, 0, 0, 0, 0],
    [0, 3, -4, -5, 0, 0, 0, -3],
    [-3, -3, 0, -3, -3, -3, -3, -3],
    [-3, 3, -4, -5, -3, 0, -3, -3],
  ]

  /// A binary operator needs an operand on its left; without one it is a sign.
  static func isSign(after previous: AtomClass?) -> Bool {
    switch previous {
    case nil, .binary, .operation, .relation, .opening, .punctuation: true
    default: false
    }
  }

  /// … and one on its right.
  static func isSign(before next: AtomClass?) -> Bool {
    switch next {
    case nil, .relation, .closing, .punctuation: true
    default: false
    }
  }
}

/// TeX's four styles: how large a formula is set and whether its operators spread out.
enum Style: Int, Sendable {
  case display, text, script, scriptscript

  var isScript: Bool { self == .script || self == .scriptscript }
  /// MathML's scriptlevel.
  var level: Int { max(0, rawValue - 1) }
  /// The style of a subscript or superscript.
  var ofScripts: Style { isScript ? .scriptscript : .script }
  /// The style of a numerator or denominator.
  var ofFractions: Style { Style(rawValue: rawValue + 1) ?? .scriptscript }
  /// The style of a cell of a matrix.
  var ofCells: Style { self == .display ? .text : self }
  /// The size of this style's letters, in those of `outer`.
  func scale(in outer: Style) -> Double { Self.sizes[level] / Self.sizes[outer.level] }

  private static let sizes = [1, 0.7, 0.5]
}
