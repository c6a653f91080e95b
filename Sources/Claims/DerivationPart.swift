import Outputs

// The words a derivation is written in. Functions that make one type, so that the compiler checks each line
// by itself: fast, and with its errors where they belong.

/// The first value of a derivation, as TeX and as a computation.
public func from<Instance, Value: DerivationValue>(
  _ tex: String, line: Int = #line, _ value: @escaping (Instance) -> Value
) -> DerivationPart<Instance> {
  .line(.start, tex, "", nil, line, value)
}

/// The line before = this one.
public func equals<Instance, Value: DerivationValue>(
  _ tex: String, because reason: String, within tolerance: Double? = nil, line: Int = #line,
  _ value: @escaping (Instance) -> Value
) -> DerivationPart<Instance> {
  .line(.equals, tex, reason, tolerance, line, value)
}

/// The line before ≥ this one.
public func isAtLeast<Instance, Value: DerivationValue>(
  _ tex: String, because reason: String, within tolerance: Double? = nil, line: Int = #line,
  _ value: @escaping (Instance) -> Value
) -> DerivationPart<Instance> {
  .line(.atLeast, tex, reason, tolerance, line, value)
}

/// The line before ≤ this one.
public func isAtMost<Instance, Value: DerivationValue>(
  _ tex: String, because reason: String, within tolerance: Double? = nil, line: Int = #line,
  _ value: @escaping (Instance) -> Value
) -> DerivationPart<Instance> {
  .line(.atMost, tex, reason, tolerance, line, value)
}

/// An instance to be tried besides the random ones, named where it fails.
public func corner<Instance>(_ name: String, _ instance: Instance) -> DerivationPart<Instance> {
  DerivationPart(kind: .corner(name, instance))
}

/// How large the terms hidden inside the lines are, in the units of the lines: differences then count as
/// rounding on a scale never smaller than this.
public func largestTerm<Instance>(
  _ size: @escaping (Instance) -> Double
) -> DerivationPart<Instance> {
  DerivationPart(kind: .largestTerm(size))
}

/// A line, a corner case or the largest term of a derivation.
public struct DerivationPart<Instance> {
  enum Kind {
    case line(Line)
    case corner(String, Instance)
    case largestTerm((Instance) -> Double)
  }

  struct Line {
    let relation: DerivationReport.Relation
    let tex: String
    let reason: String
    let tolerance: Double?
    let line: Int
    /// The kind of number it computes; nil for whole numbers.
    let number: (any DerivationNumber.Type)?
    let value: (Instance) -> any DerivationValue
  }

  let kind: Kind

  fileprivate static func line<Value: DerivationValue>(
    _ relation: DerivationReport.Relation, _ tex: String, _ reason: String, _ tolerance: Double?,
    _ line: Int, _ value: @escaping (Instance) -> Value
  ) -> DerivationPart {
    let line = Line(
      relation: relation, tex: tex, reason: reason, tolerance: tolerance, line: line,
      number: Value.number, value: value)
    return DerivationPart(kind: .line(line))
  }
}

/// Gathers what stands between the braces of `lines:`.
@resultBuilder
public struct DerivationBuilder<Instance> {
  public static func buildExpression(
    _ part: DerivationPart<Instance>
  ) -> DerivationPart<Instance> { part }

  public static func buildBlock(_ parts: DerivationPart<Instance>...) -> [DerivationPart<Instance>]
  {
    parts
  }
}
