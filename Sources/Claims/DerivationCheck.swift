public import Outputs
import Randomness

extension Derivation.Chain {
  /// Computes every line at every instance and holds it against the line before.
  public func check() -> DerivationReport {
    let title = derivation.title
    if lines.count < 2 {
      fatalError(
        "line \(derivation.line): “\(title)” needs at least two lines, found \(lines.count)")
    }
    if Value.Number.isExact, derivation.tolerance != nil || derivation.largestTerm != nil {
      fatalError(
        "line \(derivation.line): “\(title)” is computed in rationals and is exact; take away "
          + "its tolerance and largest term")
    }
    let trials = trials()
    let steps = lines.indices.dropFirst().map { index in
      Step(
        relation: lines[index].relation, tolerance: tolerance(of: lines[index]),
        pairs: trials.map { Pair(before: $0.values[index - 1], here: $0.values[index], $0.term) })
    }
    let first = DerivationReport.Line(
      relation: .start, tex: lines[0].tex, reason: "", line: lines[0].line, worstResidual: 0,
      tolerance: 0, smallestGap: nil, worst: nil)
    return DerivationReport(
      title: title, instances: derivation.instances, corners: derivation.corners.map(\.name),
      isExact: Value.Number.isExact, line: derivation.line, mustFail: false,
      lines: [first] + zip(lines.dropFirst(), steps).map { report($0, $1, trials) },
      warnings: warnings(steps, trials))
  }

  /// One instance with the value of every line there.
  private struct Trial {
    let name: String
    let instance: Instance
    let term: Double
    let values: [[Value.Number]]
  }

  private typealias Pair = DerivationPair<Value.Number>
  private typealias Step = DerivationStep<Value.Number>

  private func trials() -> [Trial] {
    let (title, line) = (derivation.title, derivation.line)
    if derivation.instances == 0 && derivation.corners.isEmpty {
      fatalError("line \(line): “\(title)” has no instances and no corner to be checked on")
    }
    var hasDrawn = derivation.instances == 0
    var trials: [Trial] = []
    for index in 0..<derivation.instances {
      let fresh = SeededGenerator(seed: fingerprint(of: title) &+ UInt64(index))
      var random = fresh
      trials.append(trial("instance \(index + 1)", derivation.makeInstance(&random)))
      hasDrawn = hasDrawn || random != fresh
    }
    if !hasDrawn {
      fatalError(
        "line \(line): “\(title)” draws nothing from the generator its instances are given, so "
          + "that all \(derivation.instances) may be the same; draw from it, or say instances: 0 "
          + "and name a corner")
    }
    return trials + derivation.corners.map { trial($0.name, $0.instance) }
  }

  private func trial(_ name: String, _ instance: Instance) -> Trial {
    let term = derivation.largestTerm.map { abs($0(instance)) } ?? 0
    if !term.isFinite {
      fatalError(
        "line \(derivation.line): the largest term of “\(derivation.title)” must be finite, found "
          + "\(term) at \(name)")
    }
    let values = lines.map { $0.value(instance).numbers }
    for (index, value) in values.enumerated()
    where value.isEmpty || value.count != values[0].count {
      fatalError(
        "line \(lines[index].line): line \(index + 1) of “\(derivation.title)” has "
          + "\(value.count) components, line 1 has \(values[0].count), at \(name)")
    }
    return Trial(name: name, instance: instance, term: term, values: values)
  }

  private func tolerance(of line: Line) -> Double {
    if Value.Number.isExact {
      if line.tolerance == nil { return 0 }
      fatalError(
        "line \(line.line): “\(derivation.title)” is computed in rationals and is exact; take away "
          + "the tolerance of this line")
    }
    return line.tolerance ?? derivation.tolerance ?? 1e-12
  }

  private func report(_ line: Line, _ step: Step, _ trials: [Trial]) -> DerivationReport.Line {
    let (trial, component) = step.worst
    let pair = step.pairs[trial]
    let place = pair.here.count > 1 ? " at index \(component)" : ""
    return DerivationReport.Line(
      relation: line.relation, tex: line.tex, reason: line.reason, line: line.line,
      worstResidual: step.worstResidual, tolerance: step.tolerance, smallestGap: step.smallestGap,
      worst: .init(
        name: trials[trial].name, description: "\(trials[trial].instance)".shortened(to: 200),
        valueBefore: "\(pair.before[component])".shortened(to: 60) + place,
        valueHere: "\(pair.here[component])".shortened(to: 60) + place),
      blindness: step.blindness)
  }

  private func warnings(_ steps: [Step], _ trials: [Trial]) -> [String] {
    var warnings: [String] = []
    for (index, step) in steps.enumerated() {
      let name = "line \(index + 2) (\(step.relation.rawValue))"
      if step.isAlwaysTight {
        warnings.append("\(name) is tight at every instance: perhaps it is an equality")
      }
      if step.failsByRounding {
        warnings.append(
          "\(name) fails by what is rounding beside its values at other instances: if it subtracts "
            + "larger terms, say how large with .largestTerm { … }")
      }
    }
    let constant = trials[0].values[0]
    if trials.count > 1, trials.allSatisfy({ $0.values.allSatisfy { $0 == constant } }) {
      warnings.append(
        "every line is \("\(trials[0].values[0][0])".shortened(to: 60)) at every instance: does any "
          + "line look at its instance?")
    }
    return warnings
  }
}

extension String {
  fileprivate func shortened(to length: Int) -> String {
    count > length ? prefix(length - 1) + "…" : self
  }
}
