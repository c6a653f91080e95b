#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The colours of a heat map: even steps of lightness in OKLCh (Björn Ottosson, "A perceptual color
/// space for image processing", 2020), so that equal differences look equal, on light pages and dark.
enum ColorRamp {
  static let length = 256

  /// From dark blue by green to light yellow.
  static let sequential = palette { t in
    (lightness: 0.22 + 0.71 * t, chroma: 0.085 + 0.06 * t, hue: 285 - 180 * t)
  }

  /// Blue below the centre, orange above it, light grey at it.
  static let diverging = palette { t in
    let away = abs(2 * t - 1)
    return (
      lightness: 0.95 - 0.5 * away, chroma: 0.135 * away.squareRoot(), hue: t < 0.5 ? 250 : 50
    )
  }

  private static func palette(
    _ color: (Double) -> (lightness: Double, chroma: Double, hue: Double)
  ) -> [UInt8] {
    (0..<length).flatMap { index in
      var (lightness, chroma, hue) = color(Double(index) / Double(length - 1))
      hue *= .pi / 180
      // What a screen cannot show becomes greyer, not lighter or darker.
      while true {
        let rgb = linear(lightness, chroma * cos(hue), chroma * sin(hue))
        if chroma <= 0 || rgb.allSatisfy({ (-1e-4...1.0001).contains($0) }) {
          return rgb.map(byte)
        }
        chroma -= 0.002
      }
    }
  }

  /// From OKLab to linear red, green and blue.
  private static func linear(_ lightness: Double, _ a: Double, _ b: Double) -> [Double] {
    let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    return [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
  }

  private static func byte(_ linear: Double) -> UInt8 {
    let value = min(1, max(0, linear))
    let encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
    return UInt8((255 * encoded).rounded())
  }
}

/// The scale of a heat map, shown beside it.
struct ColorBar {
  var name: String?
  var range: ClosedRange<Double>
  var palette: [UInt8]

  /// A strip one pixel wide, the greatest value at the top.
  func strip() throws(FigureError) -> [UInt8] {
    let pixels = (0..<64).map { UInt8(255 - $0 * 255 / 63) }
    return try PNG.encode(pixels, width: 1, height: 64, format: .indexed(palette: palette))
  }
}
