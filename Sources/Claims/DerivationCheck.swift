public import Outputs
import Randomness

extension Derivation {
  /// Computes every line at every instance and holds it against the line before.
  public func check() -> DerivationReport { check(in: number) }

  private func check<Number: DerivationNumber>(in: Number.Type) -> DerivationReport {
    DerivationCheck<Instance, Number>(self).report
  }
}

/// A derivation with the values of all its lines at all its instances.
private struct DerivationCheck<Instance, Number: DerivationNumber> {
  let derivation: Derivation<Instance>
  let trials: [Trial]
  let steps: [DerivationStep<Number>]

  /// One instance with the value of every line there.
  struct Trial {
    let name: String
    let instance: Instance
    let term: Double
    let values: [[Number]]
  }

  init(_ derivation: Derivation<Instance>) {
    let trials = Self.trials(of: derivation)
    let usual = Number.isExact ? 0 : derivation.tolerance ?? 1e-12
    self.derivation = derivation
    self.trials = trials
    steps = derivation.lines.enumerated().dropFirst().map { index, line in
      DerivationStep(
        relation: line.relation, tolerance: line.tolerance ?? usual,
        pairs: trials.map {
          DerivationPair(
            before: $0.values[index - 1], here: $0.values[index], largestTerm: $0.term)
        })
    }
  }

  private static func trials(of derivation: Derivation<Instance>) -> [Trial] {
    var hasDrawn = derivation.instances == 0
    var trials: [Trial] = []
    for index in 0..<derivation.instances {
      let fresh = SeededGenerator(seed: fingerprint(of: derivation.title) &+ UInt64(index))
      var random = fresh
      let instance = derivation.makeInstance(&random)
      trials.append(trial("instance \(index + 1)", instance, of: derivation))
      hasDrawn = hasDrawn || random != fresh
    }
    if !hasDrawn {
      fatalError(
        "line \(derivation.line): “\(derivation.title)” draws nothing from the generator its "
          + "instances are given, so that all \(derivation.instances) may be the same; draw from it, "
          + "or say instances: 0 and name a corner")
    }
    return trials + derivation.corners.map { trial($0.name, $0.instance, of: derivation) }
  }

  private static func trial(
    _ name: String, _ instance: Instance, of derivation: Derivation<Instance>
  ) -> Trial {
    let term = derivation.largestTerm.map { abs($0(instance)) } ?? 0
    if !term.isFinite {
      fatalError(
        "line \(derivation.line): the largestTerm of “\(derivation.title)” must be finite, found "
          + "\(term) at \(name)")
    }
    let values = derivation.lines.map { $0.value(instance).numbers(as: Number.self) }
    for (index, value) in values.enumerated()
    where value.isEmpty || value.count != values[0].count {
      fatalError(
        "line \(derivation.lines[index].line): line \(index + 1) of “\(derivation.title)” has "
          + "\(value.count) components at \(name), where line 1 has \(values[0].count)")
    }
    return Trial(name: name, instance: instance, term: term, values: values)
  }

  var report: DerivationReport {
    let start = derivation.lines[0]
    let first = DerivationReport.Line(
      relation: .start, tex: start.tex, reason: "", line: start.line, worstResidual: 0,
      tolerance: 0, smallestGap: nil, worst: nil)
    return DerivationReport(
      title: derivation.title, instances: derivation.instances,
      corners: derivation.corners.map(\.name), isExact: Number.isExact, line: derivation.line,
      mustFail: false, lines: [first] + zip(derivation.lines.dropFirst(), steps).map(report(on:_:)),
      warnings: warnings)
  }

  private func report(
    on line: DerivationPart<Instance>.Line, _ step: DerivationStep<Number>
  ) -> DerivationReport.Line {
    let trial = trials[step.worst.trial]
    let pair = step.pairs[step.worst.trial]
    let index = step.worst.component
    let place = pair.here.count > 1 ? " at index \(index)" : ""
    return DerivationReport.Line(
      relation: line.relation, tex: line.tex, reason: line.reason, line: line.line,
      worstResidual: step.worstResidual, tolerance: step.tolerance, smallestGap: step.smallestGap,
      worst: .init(
        name: trial.name, description: "\(trial.instance)".shortened(to: 200),
        valueBefore: "\(pair.before[index])".shortened(to: 60) + place,
        valueHere: "\(pair.here[index])".shortened(to: 60) + place),
      blindness: step.blindness)
  }

  private var warnings: [String] {
    var warnings: [String] = []
    for (index, step) in steps.enumerated() {
      let name = "line \(index + 2) (\(step.relation.rawValue))"
      if step.isAlwaysTight {
        warnings.append("\(name) is tight at every instance: perhaps it is an equality")
      }
      if step.failsByRounding {
        warnings.append(
          "\(name) fails by what is rounding beside its values at other instances: if it subtracts "
            + "larger terms, say how large with largestTerm { … }")
      }
    }
    let constant = trials[0].values[0]
    if trials.count > 1, trials.allSatisfy({ $0.values.allSatisfy { $0 == constant } }) {
      warnings.append(
        "every line is \("\(constant[0])".shortened(to: 60)) at every instance: does any line look at "
          + "its instance?")
    }
    return warnings
  }
}

extension String {
  fileprivate func shortened(to length: Int) -> String {
    count > length ? prefix(length - 1) + "…" : self
  }
}
