import Foundation
import Outputs

extension Claim.Comparison {
  /// The value achieved, in words: "0.4998, within 0.002 of 0.5", or "0.61, not within 0.002 of 0.5".
  public var found: String {
    let holds = reasonToFail == nil
    let not = holds ? "" : "not "
    func related(_ measured: Double, _ sign: String, _ opposite: String, _ bound: Double) -> String
    {
      "\(short(measured)) \(measured.isNaN || holds ? sign : opposite) \(short(bound))"
    }
    switch self {
    case .near(let measured, let expected, let tolerance):
      if tolerance == 0 { return "\(list(measured)), \(not)exactly \(list(expected))" }
      return "\(list(measured)), \(not)within \(short(tolerance)) of \(list(expected))"
    case .less(let measured, let bound): return related(measured, "<", "≥", bound)
    case .atMost(let measured, let bound): return related(measured, "≤", ">", bound)
    case .greater(let measured, let bound): return related(measured, ">", "≤", bound)
    case .atLeast(let measured, let bound): return related(measured, "≥", "<", bound)
    case .inside(let measured, let lower, let upper):
      return "\(short(measured)), \(not)between \(short(lower)) and \(short(upper))"
    case .holds(let holds): return holds ? "it holds" : "it does not hold"
    }
  }

  private func list(_ values: [Double]) -> String {
    guard values.count != 1 else { return short(values[0]) }
    let shown = values.prefix(6).map(short).joined(separator: ", ")
    return "[\(shown)\(values.count > 6 ? ", …" : "")]"
  }
}

extension DerivationReport {
  /// "4 lines on 200 random instances and 2 corner cases; worst residual 2.2e-16".
  public var found: String {
    func counted(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    var places: [String] = []
    if instances > 0 { places.append(counted(instances, "random instance")) }
    if !corners.isEmpty { places.append(counted(corners.count, "corner case")) }
    let worst = lines.map(\.worstResidual).max { $0.isNaN ? false : $1.isNaN || $0 < $1 } ?? 0
    let ending = isExact ? "exact" : "worst residual \(short(worst))"
    return "\(counted(lines.count, "line")) on \(places.joined(separator: " and ")); \(ending)"
  }

  /// Line of the Markdown file of the first line that fails.
  public var firstFailingLine: Int? { mustFail ? nil : lines.first { !$0.hasPassed }?.line }
}

/// A number to four digits, as a person would write it, with a true minus sign.
public func short(_ value: Double) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
  if value == value.rounded(), abs(value) < 1e6 {
    return String(Int(value)).replacingOccurrences(of: "-", with: "−")
  }
  let text = String(format: "%.4g", value)
  guard let exponent = text.firstIndex(of: "e") else {
    return text.replacingOccurrences(of: "-", with: "−")
  }
  let mantissa = text[..<exponent].replacingOccurrences(of: "-", with: "−")
  let power = Int(text[text.index(after: exponent)...]) ?? 0
  let raised = String(power).map { superscripts[$0] ?? String($0) }.joined()
  return mantissa == "1" ? "10\(raised)" : "\(mantissa)·10\(raised)"
}

private let superscripts: [Character: String] = [
  "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
  "8": "⁸", "9": "⁹",
]
