/// One thing a chapter claims, with the numbers it stands on.
///
/// The running chapter only measures. Whether the claim holds is decided from this value, by `verdict`,
/// so that the page, the terminal and the tests cannot disagree.
public struct Claim: Codable, Sendable, Equatable {
  /// The sentence the chapter claims.
  public var sentence: String
  public var comparison: Comparison
  /// Line of the Markdown file on which the claim is made.
  public var line: Int
  /// A "break it" claim: it must fail, and the page says so.
  public var mustFail: Bool

  public init(_ sentence: String, _ comparison: Comparison, line: Int, mustFail: Bool = false) {
    self.sentence = sentence
    self.comparison = comparison
    self.line = line
    self.mustFail = mustFail
  }

  /// How what was measured is held against what was expected.
  public enum Comparison: Codable, Sendable, Equatable {
    /// |measuredᵢ − expectedᵢ| ≤ tolerance, for every i.
    case near(measured: [Double], expected: [Double], tolerance: Double)
    case less(measured: Double, than: Double)
    case atMost(measured: Double, bound: Double)
    case greater(measured: Double, than: Double)
    case atLeast(measured: Double, bound: Double)
    case inside(measured: Double, lower: Double, upper: Double)
    /// A statement that is true or false.
    case holds(Bool)
  }

  public enum Verdict: Codable, Sendable, Equatable {
    case passed
    case failed(why: String)

    public var hasPassed: Bool { self == .passed }
  }

  /// Whether the claim stands. A claim that must fail stands when its comparison does not.
  public var verdict: Verdict {
    // A comparison that cannot be made at all is a mistake of the claim, and never "fails as it should".
    if let mistake = comparison.mistake { return .failed(why: mistake) }
    let reason = comparison.reasonToFail
    if mustFail {
      // A check that fails on NaN shows nothing about what was broken.
      if comparison.measured.contains(where: \.isNaN) {
        return .failed(why: "expected a number that fails the check, found NaN")
      }
      return reason == nil ? .failed(why: "expected this to fail, found that it holds") : .passed
    }
    return reason.map { .failed(why: $0) } ?? .passed
  }
}

extension Claim.Comparison {
  /// The numbers the claim is about; none for a statement that is true or false.
  public var measured: [Double] {
    switch self {
    case .near(let measured, _, _): measured
    case .less(let measured, _), .atMost(let measured, _), .greater(let measured, _),
      .atLeast(let measured, _), .inside(let measured, _, _):
      [measured]
    case .holds: []
    }
  }

  /// Why the comparison cannot be made, whatever was measured.
  public var mistake: String? {
    switch self {
    case .near(let measured, let expected, let tolerance):
      if measured.count != expected.count {
        return "expected \(expected.count) values, found \(measured.count)"
      }
      if measured.isEmpty { return "nothing was measured: the list is empty" }
      if !(tolerance >= 0) {
        return "the tolerance must be zero or more, found \(tolerance)"
      }
      if tolerance.isInfinite { return "an infinite tolerance can never fail" }
    case .inside(_, let lower, let upper):
      if !(lower <= upper) { return "the range \(lower)...\(upper) is empty" }
    default: break
    }
    return nil
  }

  /// Why the comparison does not hold, or nil when it does. NaN never holds.
  public var reasonToFail: String? {
    func unless(_ holds: Bool, _ reason: @autoclosure () -> String) -> String? {
      holds ? nil : reason()
    }
    switch self {
    case .near(let measured, let expected, let tolerance):
      for (index, (m, e)) in zip(measured, expected).enumerated()
      where !(m == e || abs(m - e) <= tolerance) {
        let place = measured.count > 1 ? " at index \(index)" : ""
        return "expected \(e) ± \(tolerance)\(place), found \(m)"
      }
      return nil
    case .less(let measured, let bound):
      return unless(measured < bound, "expected less than \(bound), found \(measured)")
    case .atMost(let measured, let bound):
      return unless(measured <= bound, "expected at most \(bound), found \(measured)")
    case .greater(let measured, let bound):
      return unless(measured > bound, "expected more than \(bound), found \(measured)")
    case .atLeast(let measured, let bound):
      return unless(measured >= bound, "expected at least \(bound), found \(measured)")
    case .inside(let measured, let lower, let upper):
      return unless(
        lower <= measured && measured <= upper,
        "expected between \(lower) and \(upper), found \(measured)")
    case .holds(let holds):
      return unless(holds, "expected this to hold, found that it does not")
    }
  }

  /// The same comparison with its expected value moved just past the tolerance of what was measured:
  /// a claim that can fail at all must fail this one.
  public var shiftedJustPast: Claim.Comparison {
    switch self {
    case .near(let measured, let expected, let tolerance):
      guard let m = measured.first, let e = expected.first else { return self }
      var past = m + (m >= e ? -1 : 1) * tolerance * 1.000_001
      if abs(past - m) <= tolerance { past = m >= e ? m.nextDown : m.nextUp }
      while abs(past - m) <= tolerance { past = m >= e ? past.nextDown : past.nextUp }
      return .near(
        measured: measured, expected: [past] + expected.dropFirst(), tolerance: tolerance)
    case .less(let measured, _): return .less(measured: measured, than: measured)
    case .atMost(let measured, _): return .atMost(measured: measured, bound: measured.nextDown)
    case .greater(let measured, _): return .greater(measured: measured, than: measured)
    case .atLeast(let measured, _): return .atLeast(measured: measured, bound: measured.nextUp)
    case .inside(let measured, _, let upper):
      return .inside(
        measured: measured, lower: measured.nextUp, upper: max(upper, measured.nextUp))
    case .holds(let holds): return .holds(!holds)
    }
  }
}
