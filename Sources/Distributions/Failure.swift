import Failures

/// Checks that a point has the dimension a distribution lives in.
@inlinable @inline(__always)
func requireDimension(_ dimension: Int, of point: [Double], for name: StaticString) {
  if point.count != dimension {
    fail(
      expected: "a point of \(dimension) coordinates for \(name)",
      found: "\(point.count) coordinates", mend: "give one number for each dimension of the mean")
  }
}

/// Checks that every number of a list is finite and not negative, and that one of them is positive.
func requireWeights(_ weights: [Double], for name: String) {
  if weights.isEmpty {
    fail(expected: "at least one of \(name)", found: "none", mend: "give one for each outcome")
  }
  for (index, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
    fail(
      expected: "\(name) that are finite and not negative", found: "\(weight) at index \(index)",
      mend: "check how it was computed")
  }
  if !weights.contains(where: { $0 > 0 }) {
    fail(expected: "\(name) with a positive sum", found: "only zeros", mend: "give one a weight")
  }
}
