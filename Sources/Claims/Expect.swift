import Outputs

// A chapter's claims. Each measures and says a record; whether it holds is decided from the record, by
// `Claim.verdict`, and NaN never holds. A claim is a whole sentence: it stands on the page with the
// figure achieved.

/// Claims |measured − expected| ≤ tolerance.
///
/// The tolerance of an estimate comes from its standard error: `within: 4 * estimate.standardError`.
public func expect(
  _ claim: String, _ measured: Double, near expected: Double, within tolerance: Double,
  line: Int = #line
) {
  expect(claim, [measured], near: [expected], within: tolerance, line: line)
}

/// Claims |measuredᵢ − expectedᵢ| ≤ tolerance for every i; lists of different length fail.
public func expect(
  _ claim: String, _ measured: [Double], near expected: [Double], within tolerance: Double,
  line: Int = #line
) {
  make(claim, .near(measured: measured, expected: expected, tolerance: tolerance), line: line)
}

/// Claims measured ≤ bound.
public func expect(
  _ claim: String, _ measured: Double, atMost bound: Double, line: Int = #line
) {
  make(claim, .atMost(measured: measured, bound: bound), line: line)
}

/// Claims measured ≥ bound.
public func expect(
  _ claim: String, _ measured: Double, atLeast bound: Double, line: Int = #line
) {
  make(claim, .atLeast(measured: measured, bound: bound), line: line)
}

/// Claims measured < bound.
public func expect(
  _ claim: String, _ measured: Double, lessThan bound: Double, line: Int = #line
) {
  make(claim, .less(measured: measured, than: bound), line: line)
}

/// Claims measured > bound.
public func expect(
  _ claim: String, _ measured: Double, greaterThan bound: Double, line: Int = #line
) {
  make(claim, .greater(measured: measured, than: bound), line: line)
}

/// Claims lower ≤ measured ≤ upper.
public func expect(
  _ claim: String, _ measured: Double, inside range: ClosedRange<Double>, line: Int = #line
) {
  make(
    claim, .inside(measured: measured, lower: range.lowerBound, upper: range.upperBound),
    line: line)
}

/// Claims that a statement is true.
public func expect(_ claim: String, _ holds: Bool, line: Int = #line) {
  make(claim, .holds(holds), line: line)
}

private func make(_ sentence: String, _ comparison: Claim.Comparison, line: Int) {
  if sentence.isBlank {
    fatalError("line \(line): expect needs a sentence that says what is claimed, found none")
  }
  let breakIt = BreakIt.current
  let claim = Claim(
    breakIt?.name(sentence) ?? sentence, comparison, line: line, mustFail: breakIt != nil)
  Output.say(.claim(claim))
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
