/// How wide a text will be. The page's font is not known here, so the widths are those of a wide
/// sans-serif (DejaVu Sans): another font leaves a little more room, never less.
enum TextWidth {
  /// In units of the font's size.
  static func ems(of text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  static func ems(ofWidest texts: some Sequence<String>) -> Double {
    texts.map(ems).max() ?? 0
  }

  /// Breaks a text into lines of at most so many ems, between words.
  static func lines(of text: String, atMost ems: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, TextWidth.ems(of: "\(last) \(word)") <= ems {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "|", "'", "ı": 0.3
    case " ", ",", ".", ":", ";", "I", "!": 0.34
    case "f", "t", "r", "(", ")", "[", "]", "/", "-": 0.41
    case "m": 0.98
    case "w", "M", "−", "+", "±", "=", "×", "<", ">", "≤", "≥", "~", "∞": 0.85
    case "W", "%", "…", "—": 1.0
    case "a"..."z", "0"..."9", "α"..."ω": 0.64
    case "⁰"..."⁹", "⁻", "²", "³", "¹": 0.45
    case "A"..."Z", "Α"..."Ω": 0.75
    case "\u{0300}"..."\u{036F}": 0
    case "\u{2E80}"...: 1.0
    default: 0.66
    }
  }
}
