/// A piece of a page. What is interpolated into it is escaped, unless it is a piece of a page itself:
/// this is the one place where text becomes HTML.
struct HTML: ExpressibleByStringInterpolation, Equatable {
  private(set) var source: String

  /// Takes over text that is HTML already.
  init(trusted source: String) { self.source = source }
  init(stringLiteral source: String) { self.source = source }
  init(stringInterpolation interpolation: StringInterpolation) { source = interpolation.source }

  var isEmpty: Bool { source.isEmpty }

  static func text(_ text: some StringProtocol) -> HTML { HTML(trusted: escaped(text)) }
  static func + (a: HTML, b: HTML) -> HTML { HTML(trusted: a.source + b.source) }
  static func += (a: inout HTML, b: HTML) { a.source += b.source }

  static func escaped(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + interpolationCount * 16)
    }
    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ html: HTML) { source += html.source }
    mutating func appendInterpolation(_ text: some StringProtocol) {
      source += HTML.escaped(text)
    }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
  }
}

extension Sequence<HTML> {
  func joined(separator: HTML = "") -> HTML {
    HTML(trusted: map(\.source).joined(separator: separator.source))
  }
}
