#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `value` with exactly `digits` digits behind the point, correctly rounded, with a true minus sign.
func rounded(_ value: Double, digits: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
  guard (0...40).contains(digits) else {
    fatalError("expected between 0 and 40 digits, found \(digits)")
  }
  var buffer = [CChar](repeating: 0, count: 400)
  let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.\(digits)f", $0) }
  let text = String(decoding: buffer[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let isZero = text.allSatisfy { "-0.".contains($0) }
  return text.hasPrefix("-") ? (isZero ? "" : "−") + text.dropFirst() : text
}
