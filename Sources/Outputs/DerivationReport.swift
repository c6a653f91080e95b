/// What checking a derivation found, line by line.
public struct DerivationReport: Codable, Sendable, Equatable {
  public var title: String
  /// How many random instances were tried.
  public var instances: Int
  /// Names of the corner cases tried besides.
  public var corners: [String]
  /// Computed in exact rational arithmetic: equalities then mean equal, not close.
  public var isExact: Bool
  /// Line of the Markdown file on which the derivation begins.
  public var line: Int
  /// A "break it" derivation: one of its lines must fail.
  public var mustFail: Bool
  public var lines: [Line]
  /// What a reader should know though nothing failed: an inequality that is always tight, a chain that
  /// never changes its value.
  public var warnings: [String]

  public init(
    title: String, instances: Int, corners: [String], isExact: Bool, line: Int, mustFail: Bool,
    lines: [Line], warnings: [String] = []
  ) {
    self.title = title
    self.instances = instances
    self.corners = corners
    self.isExact = isExact
    self.line = line
    self.mustFail = mustFail
    self.lines = lines
    self.warnings = warnings
  }

  public enum Relation: String, Codable, Sendable {
    case start = ""
    case equals = "="
    case atLeast = "≥"
    case atMost = "≤"
  }

  public struct Line: Codable, Sendable, Equatable {
    public var relation: Relation
    /// The right-hand side as TeX.
    public var tex: String
    /// Why the line follows from the one before; Markdown with mathematics.
    public var reason: String
    /// Line of the Markdown file.
    public var line: Int
    /// The worst residual seen, relative to the scale of the terms. For ≥ and ≤ the amount by which the
    /// relation was overshot, zero when it never was. NaN when a value was not finite. Zero for the
    /// start.
    public var worstResidual: Double
    /// Largest residual that passes; zero when exact.
    public var tolerance: Double
    /// For ≥ and ≤: the smallest gap seen, in the units of the terms; negative when overshot.
    public var smallestGap: Double?
    /// The instance at which the worst residual was seen.
    public var worst: Instance?
    /// Why this line could not fail: a fault planted in it went unnoticed. Nil when faults are noticed.
    public var blindness: String?

    public init(
      relation: Relation, tex: String, reason: String, line: Int, worstResidual: Double,
      tolerance: Double, smallestGap: Double?, worst: Instance?, blindness: String? = nil
    ) {
      self.relation = relation
      self.tex = tex
      self.reason = reason
      self.line = line
      self.worstResidual = worstResidual
      self.tolerance = tolerance
      self.smallestGap = smallestGap
      self.worst = worst
      self.blindness = blindness
    }

    /// Whether the line follows from the one before. NaN never passes, nor does a line that cannot fail.
    public var hasPassed: Bool {
      relation == .start || (worstResidual <= tolerance && blindness == nil)
    }
  }

  /// One instance, with the two values a line compared there.
  public struct Instance: Codable, Sendable, Equatable {
    /// "instance 17" or the corner case's name.
    public var name: String
    /// The instance itself, as Swift prints it, shortened.
    public var description: String
    public var valueBefore: String
    public var valueHere: String

    public init(name: String, description: String, valueBefore: String, valueHere: String) {
      self.name = name
      self.description = description
      self.valueBefore = valueBefore
      self.valueHere = valueHere
    }
  }

  /// Whether the derivation stands: every line holds, or, when it must fail, one does not.
  public var hasPassed: Bool { failure == nil }

  /// Why the derivation does not stand, naming claim, line, instance and both values; nil when it does.
  public var failure: String? {
    for (index, line) in lines.enumerated() {
      if let blindness = line.blindness { return "\(name(of: index)) cannot fail: \(blindness)" }
    }
    let failed = lines.indices.filter { !lines[$0].hasPassed }
    if mustFail {
      // "Not a number" says that nothing was computed, not that the line is wrong.
      if failed.contains(where: { !lines[$0].worstResidual.isNaN }) { return nil }
      guard let index = failed.first else {
        return "expected a line of “\(title)” to fail, found that all \(lines.count) hold"
      }
      return "expected a line of “\(title)” to be wrong, found only that nothing can be compared: "
        + words(forFailed: index)
    }
    return failed.first.map(words(forFailed:))
  }

  /// For instance: line 3 of “The evidence splits” (=, “insert q”).
  private func name(of index: Int) -> String {
    let line = lines[index]
    return "line \(index + 1) of “\(title)” (\(line.relation.rawValue), “\(line.reason)”)"
  }

  private func words(forFailed index: Int) -> String {
    let line = lines[index]
    let place = line.worst.map { " at \($0.name): \($0.valueBefore) before, \($0.valueHere) here" }
    let found =
      line.worstResidual.isNaN
      ? "a value is not finite" : "residual \(line.worstResidual.inTwoDigits) of the scale"
    let allowed = line.tolerance == 0 ? "must be zero" : "allowed \(line.tolerance.inTwoDigits)"
    let instance = line.worst.map { "; \($0.name) is \($0.description)" }
    return "\(name(of: index)) does not hold\(place ?? ""); \(found), \(allowed)\(instance ?? "")"
  }
}

extension Double {
  /// For instance 6.5e-3, and "less than 1e-308" never as zero.
  fileprivate var inTwoDigits: String {
    guard isFinite, self != 0 else { return "\(self)" }
    var exponent = 0
    var mantissa = abs(self)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    mantissa = (mantissa * 10).rounded() / 10
    if mantissa >= 10 { (mantissa, exponent) = (1, exponent + 1) }
    let digits = mantissa == mantissa.rounded() ? "\(Int(mantissa))" : "\(mantissa)"
    return "\(self < 0 ? "-" : "")\(digits)e\(exponent)"
  }
}
