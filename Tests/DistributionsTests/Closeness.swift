import Distributions

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether two numbers agree; NaN agrees with nothing.
func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance }

/// Whether an estimate lies within four standard errors of a number.
func near(_ estimate: Estimate, _ truth: Double) -> Bool {
  abs(estimate.value - truth) <= 4 * estimate.standardError
}

/// The largest difference between the entries of two lists, infinite where their lengths differ.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}

/// The largest difference between the entries of two matrices.
func distance(_ a: [[Double]], _ b: [[Double]]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, distance($1.0, $1.1)) } : .infinity
}
