import Foundation
import Outputs

/// Measured numbers in words.
enum Quantity {
  /// "0.8 s", "12 s", "2 min 5 s".
  static func seconds(_ seconds: Double) -> String {
    if seconds < 9.95 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  /// "38 MB".
  static func bytes(_ bytes: Int) -> String {
    let megabytes = Double(bytes) / 1_000_000
    return megabytes < 1000
      ? String(format: "%.0f MB", megabytes) : String(format: "%.1f GB", megabytes / 1000)
  }

  /// "12 claims", "1 claim".
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count.grouped) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Two digits: 0.0031, 1.1 × 10⁻¹⁶.
  static func small(_ value: Double) -> HTML {
    if value == 0 { return "0" }
    if !value.isFinite { return value.isNaN ? "not a number" : "∞" }
    let magnitude = abs(value)
    if magnitude >= 0.001 && magnitude < 1000 {
      return .text(String(format: "%.2g", value).plain(value).withMinusSigns)
    }
    let parts = String(format: "%.1e", value).split(separator: "e")
    let exponent = "\(Int(parts[1])!)".withMinusSigns
    return "\(String(parts[0]).withMinusSigns) × 10<sup>\(exponent)</sup>"
  }
}

extension String {
  /// C writes 120 as 1.2e+02 when asked for two digits.
  fileprivate func plain(_ value: Double) -> String {
    contains("e") ? String(format: "%.0f", value) : self
  }
}
