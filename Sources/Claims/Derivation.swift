import Outputs
public import Randomness

/// A derivation whose every line is computed, over many random instances and named corner cases.
///
///     show(
///       Derivation("The evidence splits into bound and gap") { random in
///         (x: Double.random(in: -2...2, using: &random), q: Normal.random(using: &random))
///       }
///       .corner("q is the prior", (x: 0.5, q: Normal(mean: 0, deviation: 1)))
///       .from(#"\log p(x)"#) { model.logEvidence($0.x) }
///       .equals(#"\mathcal L(q) + \mathrm{KL}(q\,\|\,p)"#, because: "q integrates to one") {
///         model.bound($0.x, $0.q) + model.gap($0.x, $0.q)
///       }
///       .isAtLeast(#"\mathcal L(q)"#, because: "a KL is never negative") {
///         model.bound($0.x, $0.q)
///       })
///
/// Each line is held against the one before it. With b the value before, h the value here,
///
///     residual = |b − h| / max(|b|, |h|)
///
/// and zero where b equals h; for ≥ and ≤ only the part on the wrong side counts. It passes up to the
/// tolerance. The definition is strict on purpose: probabilities of 10⁻⁶ are compared as closely as
/// numbers near one. Where a line subtracts larger terms, so that their rounding is all that is left
/// (a KL of two equal densities), say how large they are with `largestTerm`, which then joins the maximum.
/// A value that is not finite fails. `Rational` values are exact, and their tolerance is zero.
///
/// A line that could not fail is itself a failure: in the same run two faults are planted in each line, one
/// of twice the tolerance and one that doubles the value, and each must be noticed.
///
/// The random instances come from generators seeded by the title, so that no other draw of the chapter
/// moves.
public struct Derivation<Instance> {
  let title: String
  let instances: Int
  let tolerance: Double?
  let line: Int
  let makeInstance: (inout SeededGenerator) -> Instance
  private(set) var corners: [(name: String, instance: Instance)] = []
  private(set) var largestTerm: ((Instance) -> Double)?

  /// - Parameters:
  ///   - instances: how many random instances are tried.
  ///   - tolerance: the largest residual that passes, 10⁻¹² if not given; a line may have its own.
  ///   - makeInstance: draws one instance from the generator it is given.
  public init(
    _ title: String, instances: Int = 200, within tolerance: Double? = nil, line: Int = #line,
    _ makeInstance: @escaping (_ random: inout SeededGenerator) -> Instance
  ) {
    if title.isBlank {
      fatalError("line \(line): a Derivation needs a title that says what it shows, found none")
    }
    if instances < 0 {
      fatalError("line \(line): “\(title)” needs zero or more instances, found \(instances)")
    }
    if let tolerance { require(tolerance: tolerance, of: "“\(title)”", line: line) }
    self.title = title
    self.instances = instances
    self.tolerance = tolerance
    self.line = line
    self.makeInstance = makeInstance
  }

  /// Tries this instance too, and names it where it fails.
  public func corner(_ name: String, _ instance: Instance) -> Derivation {
    if name.isBlank {
      fatalError("line \(line): a corner of “\(title)” needs a name, found none")
    }
    var derivation = self
    derivation.corners.append((name, instance))
    return derivation
  }

  /// Says how large the terms hidden inside the lines are, in the units of the lines: the scale on which
  /// differences count as rounding is then never smaller.
  public func largestTerm(_ size: @escaping (Instance) -> Double) -> Derivation {
    var derivation = self
    derivation.largestTerm = size
    return derivation
  }

  /// Begins the derivation with its first value.
  public func from<Value>(
    _ tex: String, line: Int = #line, _ value: @escaping (Instance) -> Value
  ) -> Chain<Value> {
    if tex.isBlank { fatalError("line \(line): “\(title)” begins with empty TeX") }
    return Chain(
      derivation: self,
      lines: [.init(relation: .start, tex: tex, reason: "", line: line, value: value)])
  }

  /// The lines of a derivation, in order; `show` checks them.
  public struct Chain<Value: DerivationValue> {
    let derivation: Derivation
    private(set) var lines: [Line]

    struct Line {
      let relation: DerivationReport.Relation
      let tex: String
      let reason: String
      let line: Int
      var tolerance: Double?
      let value: (Instance) -> Value
    }

    /// The line before = this one.
    public func equals(
      _ tex: String, because reason: String, within tolerance: Double? = nil, line: Int = #line,
      _ value: @escaping (Instance) -> Value
    ) -> Chain {
      adding(.equals, tex, reason, tolerance, line, value)
    }

    /// The line before ≥ this one.
    public func isAtLeast(
      _ tex: String, because reason: String, within tolerance: Double? = nil, line: Int = #line,
      _ value: @escaping (Instance) -> Value
    ) -> Chain {
      adding(.atLeast, tex, reason, tolerance, line, value)
    }

    /// The line before ≤ this one.
    public func isAtMost(
      _ tex: String, because reason: String, within tolerance: Double? = nil, line: Int = #line,
      _ value: @escaping (Instance) -> Value
    ) -> Chain {
      adding(.atMost, tex, reason, tolerance, line, value)
    }

    private func adding(
      _ relation: DerivationReport.Relation, _ tex: String, _ reason: String,
      _ tolerance: Double?, _ line: Int, _ value: @escaping (Instance) -> Value
    ) -> Chain {
      let name = "line \(lines.count + 1) of “\(derivation.title)”"
      if tex.isBlank { fatalError("line \(line): \(name) has empty TeX") }
      if reason.isBlank {
        fatalError("line \(line): \(name) gives no reason: say why it follows")
      }
      if let tolerance { require(tolerance: tolerance, of: name, line: line) }
      let opposite: DerivationReport.Relation? =
        relation == .atLeast ? .atMost : relation == .atMost ? .atLeast : nil
      if let opposite, lines.contains(where: { $0.relation == opposite }) {
        fatalError(
          "line \(line): \(name) turns from \(opposite.rawValue) to \(relation.rawValue), which says "
            + "nothing about the ends; make two derivations of it")
      }
      var chain = self
      chain.lines.append(
        Line(
          relation: relation, tex: tex, reason: reason, line: line, tolerance: tolerance,
          value: value))
      return chain
    }
  }
}

/// Checks a derivation and puts it on the page: its lines, their reasons and worst residuals.
///
/// Inside `expectFailure` at least one of its lines must fail.
public func show<Instance, Value>(_ derivation: Derivation<Instance>.Chain<Value>) {
  var report = derivation.check()
  if let breakIt = BreakIt.current {
    report.title = breakIt.name(report.title)
    report.mustFail = true
  }
  Output.say(.derivation(report))
}

private func require(tolerance: Double, of name: String, line: Int) {
  if !(tolerance >= 0 && tolerance.isFinite) {
    fatalError(
      "line \(line): the tolerance of \(name) must be a finite number, zero or more; found "
        + "\(tolerance)")
  }
}
