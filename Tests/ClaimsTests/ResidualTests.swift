import Claims
import Outputs
import Testing

@Suite("The residual of a line")
struct ResidualTests {
  /// before REL here, at corner cases alone.
  func report(
    _ values: [(before: Double, here: Double)],
    _ relation: DerivationReport.Relation = .equals, within tolerance: Double = 1e-12,
    largestTerm term: Double = 0
  ) -> DerivationReport {
    typealias Values = (before: Double, here: Double)
    func derivation(
      _ line: DerivationPart<Values>, _ corners: [(before: Double, here: Double)]
    ) -> Derivation<Values> {
      Derivation("t", instances: 0, within: tolerance) { _ in
        values[0]
      } lines: {
        corner("first", values[0])
        corner("last", values[values.count - 1])
        largestTerm { _ in term }
        from("b") { $0.before }
        line
      }
    }
    let line: DerivationPart<Values> =
      switch relation {
      case .atLeast: isAtLeast("h", because: "r") { $0.here }
      case .atMost: isAtMost("h", because: "r") { $0.here }
      default: equals("h", because: "r") { $0.here }
      }
    return derivation(line, values).check()
  }

  func residual(_ before: Double, _ here: Double, largestTerm term: Double = 0) -> Double {
    report([(before, here)], largestTerm: term).lines[1].worstResidual
  }

  @Test("is the difference over the larger of the two values")
  func definition() {
    #expect(residual(2, 5) == 0.6)
    #expect(residual(5, 2) == 0.6)
    #expect(residual(-1, 1) == 2)
    #expect(residual(0, 0) == 0)
    #expect(residual(0, 1e-300) == 1)
  }

  @Test("is not blind where values are small: a probability of 1e-6, wrong in its tenth digit")
  func small() {
    #expect(report([(1e-6, 1e-6 * (1 + 1e-10))]).failure != nil)
    #expect(report([(1e-300, 1.000_001e-300)]).failure != nil)
    #expect(report([(1e-6, 1e-6 * (1 + 1e-13))]).failure == nil)
  }

  @Test("is strict where values are the rounding of larger terms, until those are named")
  func cancellation() {
    let rounding = (0.1 + 0.2) - 0.3  // 5.6e-17, where 0 is meant
    #expect(report([(rounding, 0)]).failure != nil)
    #expect(report([(rounding, 0)], largestTerm: 0.3).failure == nil)
    #expect(report([(1e-9, 0)], largestTerm: 0.3).failure != nil)
    #expect(residual(0.25, 0.5, largestTerm: 4) == 0.0625)
    #expect(residual(0.25, 0.5, largestTerm: -4) == 0.0625)
    #expect(residual(2, 5, largestTerm: 1) == 0.6)
  }

  @Test("that is only rounding beside other instances brings a hint")
  func hint() {
    let hint =
      "line 2 (=) fails by what is rounding beside its values at other instances: if it subtracts larger "
      + "terms, say how large with largestTerm { … }"
    #expect(report([(3, 3), (5.6e-17, 0)]).warnings == [hint])
    #expect(report([(3, 3), (1e-9, 0)]).warnings == [])
    #expect(report([(3, 4)]).warnings == [])
  }

  @Test(
    "never passes a value that is not finite",
    arguments: [
      (Double.nan, 1.0), (1, .nan), (.nan, .nan), (.infinity, .infinity), (.infinity, 1),
      (1, -.infinity),
    ], [DerivationReport.Relation.equals, .atLeast, .atMost])
  func notFinite(_ values: (Double, Double), _ relation: DerivationReport.Relation) {
    let report = report([(2, 2), values], relation, within: 0.1)
    #expect(report.lines[1].worstResidual.isNaN)
    #expect(report.lines[1].worst?.name == "last")
    #expect(report.failure?.contains("a value is not finite") == true)
  }

  @Test("of an inequality is what it is overshot by, and its smallest gap is kept")
  func inequalities() {
    let holds = report([(5, 2), (5, 4)], .atLeast)
    #expect(holds.failure == nil)
    #expect(holds.lines[1].worstResidual == 0)
    #expect(holds.lines[1].smallestGap == 1)
    #expect(holds.lines[1].worst?.name == "last")
    let overshot = report([(5, 2), (4, 5)], .atLeast)
    #expect(overshot.lines[1].worstResidual == 0.2)
    #expect(overshot.lines[1].smallestGap == -1)
    #expect(
      overshot.failure
        == "line 2 of “t” (≥, “r”) does not hold at last: 4.0 before, 5.0 here; residual 2e-1 of the "
        + "scale, allowed 1e-12; last is (before: 4.0, here: 5.0)")
    #expect(report([(2, 5), (4, 5)], .atMost).failure == nil)
    #expect(report([(2, 5), (4, 5)], .atMost).lines[1].smallestGap == 1)
    #expect(report([(2, 2), (4, 5)], .atMost).lines[1].worstResidual.sign == .plus)
    #expect(report([(2, 5), (5, 4)], .atMost).failure != nil)
    #expect(report([(1, 1 + 1e-13), (5, 2)], .atLeast).failure == nil)
  }

  @Test("warns of an inequality that is always tight")
  func tight() {
    #expect(
      report([(5, 5), (4, 4)], .atLeast).warnings == [
        "line 2 (≥) is tight at every instance: perhaps it is an equality"
      ])
    #expect(report([(5, 5), (4, 3)], .atLeast).warnings == [])
  }

  @Test("warns of lines that are one number at every instance")
  func constant() {
    let warning = "every line is 1.0 at every instance: does any line look at its instance?"
    #expect(report([(1, 1), (1, 1)]).warnings == [warning])
    #expect(report([(1, 1), (2, 2)]).warnings == [])
    #expect(report([(1, 1), (1, 1 + 1e-15)]).warnings == [])
  }

  @Test("of a line that cannot fail is itself a failure")
  func blindness() {
    #expect(
      report([(1, 1), (2, 2.5)], within: 0.9).failure
        == "line 2 of “t” (=, “r”) cannot fail: a value twice the tolerance away would pass at every "
        + "instance; the tolerance 0.9 is too large")
    #expect(
      report([(3, 1), (2, 1)], .atLeast, within: 2).failure
        == "line 2 of “t” (≥, “r”) cannot fail: a value twice the tolerance away would pass at every "
        + "instance; the tolerance 2.0 is too large")
    #expect(
      report([(1, 1), (2, 2.0001)], within: 1e-6, largestTerm: 1e9).failure
        == "line 2 of “t” (=, “r”) cannot fail: twice its value would pass at every instance; the "
        + "tolerance 1e-06 of the largest term is more than the values themselves")
    #expect(report([(1, 1), (2, 2)], within: 1e-6, largestTerm: 10).failure == nil)
    #expect(report([(1e-17, 0), (2e-17, 0)], largestTerm: 10).failure == nil)
  }

  @Test("that is always zero can still be noticed to be wrong")
  func zero() {
    #expect(report([(0, 0)]).failure == nil)
    #expect(report([(0, .leastNonzeroMagnitude)]).failure != nil)
    #expect(report([(1, 1)], within: 0).failure == nil)
    #expect(report([(1, 1.0.nextUp)], within: 0).failure != nil)
  }
}
