import Outputs

/// The values of two neighbouring lines at one instance.
struct DerivationPair<Number: DerivationNumber> {
  let before: [Number]
  let here: [Number]
  let largestTerm: Double

  /// For each component, how far beyond what the relation allows the value here lies, on the scale of the
  /// terms. Negative on the allowed side of an inequality; NaN where a value is not finite.
  func excesses(_ relation: DerivationReport.Relation) -> [Double] {
    zip(before, here).map { before, here in
      let difference = here.difference(from: before, largestTerm: largestTerm)
      return switch relation {
      case .start, .equals: abs(difference)
      case .atLeast: difference
      case .atMost: -difference
      }
    }
  }

  /// Both lines say that nothing is there: what cannot be doubled.
  var isZero: Bool {
    zip(before, here).allSatisfy { before, here in
      let size = max(before.magnitude, here.magnitude)
      return before == 0 || here == 0 || size.approximation <= 1e-12 * largestTerm
    }
  }
}

/// One line held against the line before it, over all instances.
struct DerivationStep<Number: DerivationNumber> {
  let relation: DerivationReport.Relation
  let tolerance: Double
  let pairs: [DerivationPair<Number>]
  /// The instance and component that come closest to breaking the relation, or break it most.
  let worst: (trial: Int, component: Int)
  /// NaN where any value is not finite.
  let worstExcess: Double

  init(
    relation: DerivationReport.Relation, tolerance: Double, pairs: [DerivationPair<Number>]
  ) {
    self.relation = relation
    self.tolerance = tolerance
    self.pairs = pairs
    var (worst, worstExcess) = ((trial: 0, component: 0), -Double.infinity)
    for (trial, pair) in pairs.enumerated() {
      for (component, excess) in pair.excesses(relation).enumerated()
      where excess > worstExcess || (excess.isNaN && !worstExcess.isNaN) {
        (worst, worstExcess) = ((trial, component), excess)
      }
    }
    (self.worst, self.worstExcess) = (worst, worstExcess)
  }

  var worstResidual: Double { worstExcess <= 0 ? 0 : worstExcess }

  /// The smallest distance by which an inequality holds; negative where it does not.
  var smallestGap: Double? {
    if relation == .equals { return nil }
    let gaps = pairs.flatMap { pair in
      zip(pair.before, pair.here).map { before, here in
        (relation == .atLeast ? before - here : here - before).approximation
      }
    }
    return gaps.contains(where: \.isNaN) ? .nan : gaps.min()
  }

  var isAlwaysTight: Bool {
    relation != .equals
      && pairs.allSatisfy { $0.excesses(relation).allSatisfy { abs($0) <= tolerance } }
  }

  /// The worst difference is no more than rounding next to what this line is elsewhere.
  var failsByRounding: Bool {
    guard worstResidual > tolerance, !Number.isExact else { return false }
    let pair = pairs[worst.trial]
    let difference = pair.here[worst.component] - pair.before[worst.component]
    let largest = pairs.flatMap(\.here).map(\.magnitude.approximation).max() ?? 0
    return difference.magnitude.approximation <= 1e-14 * largest
  }

  /// Why no instance would notice a fault in this line; nil when one does, or when the line fails anyway.
  var blindness: String? {
    guard worstResidual <= tolerance else { return nil }
    if !pairs.indices.contains(where: { notices(plantingSmallFaultIn($0)) }) {
      return "a value twice the tolerance away would pass at every instance; "
        + "the tolerance \(tolerance) is too large"
    }
    if relation == .equals, !pairs.allSatisfy(\.isZero),
      !pairs.contains(where: { notices($0.doubled) })
    {
      return
        "twice its value would pass at every instance; the tolerance \(tolerance) of the largest "
        + "term is more than the values themselves"
    }
    return nil
  }

  private func notices(_ fault: DerivationPair<Number>) -> Bool {
    !fault.excesses(relation).allSatisfy { $0 <= tolerance }
  }

  /// Moves one component away from the value before by twice what is allowed: onwards for an equality,
  /// to the wrong side for an inequality.
  private func plantingSmallFaultIn(_ trial: Int) -> DerivationPair<Number> {
    let pair = pairs[trial]
    let component = trial % pair.here.count
    let (before, here) = (pair.before[component], pair.here[component])
    let scale = max(before.magnitude.approximation, here.magnitude.approximation, pair.largestTerm)
    let distance = 2 * tolerance * scale
    var faulty = pair.here
    faulty[component] =
      switch relation {
      case .start, .equals: here.moved(by: here < before ? -distance : distance)
      case .atLeast: before.moved(by: distance)
      case .atMost: before.moved(by: -distance)
      }
    return DerivationPair(before: pair.before, here: faulty, largestTerm: pair.largestTerm)
  }
}

extension DerivationPair {
  fileprivate var doubled: DerivationPair {
    DerivationPair(before: before, here: here.map { $0 + $0 }, largestTerm: largestTerm)
  }
}
