import Outputs
public import Randomness

/// A derivation whose every line is computed, over many random instances and named corner cases.
///
///     show(
///       Derivation("The evidence splits into bound and gap") { random in
///         (x: Double.random(in: -2...2, using: &random), q: Normal.random(using: &random))
///       } lines: {
///         corner("q is the prior", (x: 0.5, q: Normal(mean: 0, deviation: 1)))
///         from(#"\log p(x)"#) { model.logEvidence($0.x) }
///         equals(#"\mathcal L(q) + \mathrm{KL}(q\,\|\,p)"#, because: "q integrates to one") {
///           model.bound($0.x, $0.q) + model.gap($0.x, $0.q)
///         }
///         isAtLeast(#"\mathcal L(q)"#, because: "a KL is never negative") {
///           model.bound($0.x, $0.q)
///         }
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
  var lines: [DerivationPart<Instance>.Line] = []
  var corners: [(name: String, instance: Instance)] = []
  var largestTerm: ((Instance) -> Double)?

  /// - Parameters:
  ///   - instances: how many random instances are tried.
  ///   - tolerance: the largest residual that passes, 10⁻¹² if not given; a line may have its own.
  ///   - makeInstance: draws one instance from the generator it is given.
  ///   - lines: `from`, then `equals`, `isAtLeast` and `isAtMost`; any number of `corner`s; perhaps a
  ///     `largestTerm`.
  public init(
    _ title: String, instances: Int = 200, within tolerance: Double? = nil, line: Int = #line,
    _ makeInstance: @escaping (_ random: inout SeededGenerator) -> Instance,
    @DerivationBuilder<Instance> lines: () -> [DerivationPart<Instance>]
  ) {
    self.title = title
    self.instances = instances
    self.tolerance = tolerance
    self.line = line
    self.makeInstance = makeInstance
    for part in lines() {
      switch part.kind {
      case .line(let line): self.lines.append(line)
      case .corner(let name, let instance): corners.append((name, instance))
      case .largestTerm(let size): largestTerm = size
      }
    }
    requireSense()
  }

  /// Ends the program, with words, where the derivation makes no sense whatever its values.
  private func requireSense() {
    func stop(_ words: String, at place: Int) -> Never { fatalError("line \(place): \(words)") }
    if title.isBlank { stop("a Derivation needs a title that says what it shows", at: line) }
    if instances < 0 {
      stop("“\(title)” needs zero or more instances, found \(instances)", at: line)
    }
    if instances == 0 && corners.isEmpty {
      stop("“\(title)” has no instances and no corner to be checked at", at: line)
    }
    if corners.contains(where: \.name.isBlank) {
      stop("a corner of “\(title)” needs a name", at: line)
    }
    if lines.count < 2 {
      stop("“\(title)” needs at least two lines, found \(lines.count)", at: line)
    }
    for (index, line) in lines.enumerated() {
      let name = "line \(index + 1) of “\(title)”"
      if (index == 0) != (line.relation == .start) {
        stop(
          index == 0 ? "“\(title)” must begin with from" : "\(name) begins again with from",
          at: line.line)
      }
      if line.tex.isBlank { stop("\(name) has empty TeX", at: line.line) }
      if index > 0, line.reason.isBlank {
        stop("\(name) gives no reason: say why it follows", at: line.line)
      }
    }
    let turns = lines.filter { $0.relation == .atLeast || $0.relation == .atMost }
    if let turn = turns.first(where: { $0.relation != turns[0].relation }) {
      stop(
        "“\(title)” turns from \(turns[0].relation.rawValue) to \(turn.relation.rawValue), which says "
          + "nothing about its ends; make two derivations of it", at: turn.line)
    }
    let kinds = lines.compactMap { line in line.number.map { (kind: $0, line: line.line) } }
    if let other = kinds.first(where: { $0.kind != kinds[0].kind }) {
      stop(
        "“\(title)” computes \(kinds[0].kind) before and \(other.kind) here; compute all lines alike",
        at: other.line)
    }
    let tolerances = [(tolerance, line)] + lines.map { ($0.tolerance, $0.line) }
    for case (let tolerance?, let line) in tolerances {
      if isExact { stop("“\(title)” is computed exactly; take away its tolerance", at: line) }
      if !(tolerance >= 0 && tolerance.isFinite) {
        stop(
          "the tolerance of “\(title)” must be zero or more, and finite; found \(tolerance)",
          at: line)
      }
    }
    if isExact, largestTerm != nil {
      stop("“\(title)” is computed exactly; take away its largestTerm", at: line)
    }
  }

  /// The kind of number the lines compute; where all are whole numbers, an exact one.
  var number: any DerivationNumber.Type { lines.lazy.compactMap(\.number).first ?? Rational.self }
  private var isExact: Bool { number.isExact }
}

/// Checks a derivation and puts it on the page: its lines, their reasons and worst residuals.
///
/// Inside `expectFailure` at least one of its lines must fail.
public func show<Instance>(_ derivation: Derivation<Instance>) {
  var report = derivation.check()
  if let breakIt = BreakIt.current {
    report.title = breakIt.name(report.title)
    report.mustFail = true
  }
  Output.say(.derivation(report))
}
