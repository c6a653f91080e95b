#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers as a book prints them: a true minus, no negative zero, commas from ten thousand on,
/// correctly rounded from the exact binary value.
package enum NumberText {
  /// With so many digits after the point.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    tidy(printed("%.*f", decimals, value))
  }

  /// With at most so many significant digits (but the whole part is never cut) and no trailing
  /// zeros; powers of ten for the very large and the very small.
  package static func significant(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
    let parts = printed("%.*e", digits - 1, value).split(separator: "e")
    let exponent = Int(parts[1])!
    if value == 0 || (-4..<7).contains(exponent) {
      let decimals = max(0, digits - 1 - exponent)
      return tidy(withoutTrailingZeros(printed("%.*f", decimals, value)))
    }
    return "\(tidy(withoutTrailingZeros(String(parts[0]))))×\(powerOfTen(exponent))"
  }

  /// 10⁻³ and the like.
  package static func powerOfTen(_ exponent: Int) -> String {
    let raised: [Character: Character] = [
      "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
      "8": "⁸", "9": "⁹",
    ]
    return "10" + String("\(exponent)".map { raised[$0]! })
  }

  private static func printed(_ format: String, _ digits: Int, _ value: Double) -> String {
    withVaList([Int32(digits), value]) { arguments in
      // The longest double has 309 digits before its point.
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400 + digits) { buffer in
        _ = vsnprintf(buffer.baseAddress!, buffer.count, format, arguments)
        return String(cString: buffer.baseAddress!)
      }
    }
  }

  private static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = Substring(text)
    while kept.last == "0" { kept.removeLast() }
    if kept.last == "." { kept.removeLast() }
    return String(kept)
  }

  private static func tidy(_ text: String) -> String {
    let digits = text.drop { $0 == "-" }
    let isZero = !digits.contains { ("1"..."9").contains($0) }
    let whole = digits.prefix { $0 != "." }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if whole.count > 4, index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return (text.first == "-" && !isZero ? "−" : "") + grouped + digits.dropFirst(whole.count)
  }
}
