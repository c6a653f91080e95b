/// The alphabets of mathematics. Unicode has letters of their own for each, which every browser
/// draws alike, unlike MathML's `mathvariant`.
enum Alphabet: Sendable {
  case roman, italic, bold, boldItalic, script, boldScript, fraktur, doubleStruck
  case sansSerif, typewriter

  /// Whether neighbouring letters make one word: "KL" in `\mathrm{KL}`, but not "Wx" in `\mathbf{Wx}`.
  var makesWords: Bool {
    switch self {
    case .roman, .italic, .sansSerif, .typewriter: true
    default: false
    }
  }

  /// The character in this alphabet, or the character itself where the alphabet lacks it.
  func letter(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1,
      let mapped = mapped(scalar)
    else { return String(character) }
    return String(Character(mapped))
  }

  private func mapped(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if let exception = exceptions[scalar] { return exception }
    func shifted(_ first: Unicode.Scalar, to start: UInt32?) -> Unicode.Scalar? {
      start.flatMap { Unicode.Scalar($0 + scalar.value - first.value) }
    }
    switch scalar {
    case "A"..."Z": return shifted("A", to: capitals)
    case "a"..."z": return shifted("a", to: capitals.map { $0 + 26 })
    case "0"..."9": return shifted("0", to: digits)
    case "Α"..."Ω": return shifted("Α", to: greekCapitals)
    case "α"..."ω": return shifted("α", to: greekCapitals.map { $0 + 26 })
    default: break
    }
    // The variants of Greek letters follow omega, in this order.
    let variants: [Unicode.Scalar] = ["∂", "ϵ", "ϑ", "ϰ", "ϕ", "ϱ", "ϖ"]
    guard let greekCapitals else { return nil }
    if scalar == "∇" { return Unicode.Scalar(greekCapitals + 25) }
    return variants.firstIndex(of: scalar).flatMap {
      Unicode.Scalar(greekCapitals + 51 + UInt32($0))
    }
  }

  private var capitals: UInt32? {
    switch self {
    case .roman: nil
    case .bold: 0x1D400
    case .italic: 0x1D434
    case .boldItalic: 0x1D468
    case .script: 0x1D49C
    case .boldScript: 0x1D4D0
    case .fraktur: 0x1D504
    case .doubleStruck: 0x1D538
    case .sansSerif: 0x1D5A0
    case .typewriter: 0x1D670
    }
  }

  private var digits: UInt32? {
    switch self {
    case .bold, .boldItalic: 0x1D7CE
    case .doubleStruck: 0x1D7D8
    case .sansSerif: 0x1D7E2
    case .typewriter: 0x1D7F6
    default: nil
    }
  }

  private var greekCapitals: UInt32? {
    switch self {
    case .bold: 0x1D6A8
    case .italic: 0x1D6E2
    case .boldItalic: 0x1D71C
    default: nil
    }
  }

  /// Letters that Unicode had before it had the alphabets, and keeps in their old places.
  private var exceptions: [Unicode.Scalar: Unicode.Scalar] {
    switch self {
    case .italic: Self.italicExceptions
    case .script: Self.scriptExceptions
    case .fraktur: Self.frakturExceptions
    case .doubleStruck: Self.doubleStruckExceptions
    default: [:]
    }
  }

  private static let italicExceptions: [Unicode.Scalar: Unicode.Scalar] = ["h": "ℎ"]
  private static let scriptExceptions: [Unicode.Scalar: Unicode.Scalar] = [
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
    "g": "ℊ", "o": "ℴ",
  ]
  private static let frakturExceptions: [Unicode.Scalar: Unicode.Scalar] = [
    "C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ",
  ]
  private static let doubleStruckExceptions: [Unicode.Scalar: Unicode.Scalar] = [
    "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
  ]
}
