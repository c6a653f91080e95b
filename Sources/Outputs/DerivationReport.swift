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

  public init(
    title: String, instances: Int, corners: [String], isExact: Bool, line: Int, mustFail: Bool,
    lines: [Line]
  ) {
    self.title = title
    self.instances = instances
    self.corners = corners
    self.isExact = isExact
    self.line = line
    self.mustFail = mustFail
    self.lines = lines
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
    /// relation was overshot, zero when it never was. NaN when a value was NaN. Zero for the start.
    public var worstResidual: Double
    /// Largest residual that passes; zero when exact.
    public var tolerance: Double
    /// For ≥ and ≤: the smallest gap seen, in the units of the terms.
    public var smallestGap: Double?
    /// The instance at which the worst residual was seen.
    public var worst: Instance?

    public init(
      relation: Relation, tex: String, reason: String, line: Int, worstResidual: Double,
      tolerance: Double, smallestGap: Double?, worst: Instance?
    ) {
      self.relation = relation
      self.tex = tex
      self.reason = reason
      self.line = line
      self.worstResidual = worstResidual
      self.tolerance = tolerance
      self.smallestGap = smallestGap
      self.worst = worst
    }

    /// NaN never passes.
    public var hasPassed: Bool { relation == .start || worstResidual <= tolerance }
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
  public var hasPassed: Bool { lines.allSatisfy(\.hasPassed) != mustFail }
}
