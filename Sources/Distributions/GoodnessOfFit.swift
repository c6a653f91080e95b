import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Kolmogorov and Smirnov's test: could these draws have come from that distribution?
///
/// The statistic is the largest distance between the two cumulative distributions. The p-value is the
/// chance of a distance at least as large were the answer yes; it comes from Kolmogorov's limit with
/// Stephens's correction (1970), good to about 0.01 for ten draws and better for more.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// sup |F_n(x) − F(x)|.
  public let statistic: Double
  public let pValue: Double

  /// Draws against a continuous distribution on the line.
  public init(of draws: [Double], against distribution: some UnivariateDistribution) {
    draws.requireElements("Kolmogorov–Smirnov statistic")
    let n = Double(draws.count)
    var largest = 0.0
    for (index, x) in draws.sorted().enumerated() {
      let probability = distribution.cumulative(at: x)
      largest = max(largest, probability - Double(index) / n, Double(index + 1) / n - probability)
    }
    statistic = largest
    pValue = Self.tail(of: largest, size: n)
  }

  /// Draws against other draws.
  public init(of draws: [Double], against others: [Double]) {
    draws.requireElements("Kolmogorov–Smirnov statistic")
    others.requireElements("Kolmogorov–Smirnov statistic")
    let (a, b) = (draws.sorted(), others.sorted())
    let (n, m) = (Double(a.count), Double(b.count))
    var (i, j, largest) = (0, 0, 0.0)
    while i < a.count && j < b.count {
      let x = min(a[i], b[j])
      while i < a.count && a[i] <= x { i += 1 }
      while j < b.count && b[j] <= x { j += 1 }
      largest = max(largest, abs(Double(i) / n - Double(j) / m))
    }
    statistic = largest
    pValue = Self.tail(of: largest, size: n * m / (n + m))
  }

  /// P(D ≥ statistic) for draws from the distribution itself.
  private static func tail(of statistic: Double, size: Double) -> Double {
    let root = size.squareRoot()
    let x = statistic * (root + 0.12 + 0.11 / root)
    if x < 0.2 { return 1 }
    // Two series for the same function: one converges fast for small x, the other for large.
    var sum = 0.0
    if x < 1.18 {
      for k in 1...20 {
        let odd = Double(2 * k - 1)
        sum += exp(-odd * odd * Double.pi * Double.pi / (8 * x * x))
      }
      return 1 - (2 * Double.pi).squareRoot() / x * sum
    }
    for k in 1...20 {
      sum += (k % 2 == 1 ? 2 : -2) * exp(-2 * Double(k * k) * x * x)
    }
    return sum
  }
}

/// Pearson's χ² test: do counts agree with the probabilities they should follow?
public struct ChiSquared: Sendable, Hashable {
  /// Σ (observed − expected)² / expected.
  public let statistic: Double
  /// The number of outcomes that can happen, less one.
  public let degreesOfFreedom: Int
  /// The chance of a statistic at least as large, had the counts followed the probabilities. Trust it
  /// where the expected counts are about five or more.
  public let pValue: Double

  /// Counts against the distribution they should follow. An outcome seen that cannot happen gives a
  /// p-value of 0.
  public init(counts: [Int], against distribution: Categorical) {
    if counts.count != distribution.count {
      fail(
        expected: "a count for each of \(distribution.count) outcomes",
        found: "\(counts.count) counts", mend: "give 0 for an outcome that was not seen")
    }
    let total = Double(counts.reduce(0, +))
    var sum = 0.0
    var possible = 0
    for (count, probability) in zip(counts, distribution.probabilities) {
      if probability > 0 {
        let expected = total * probability
        sum += (Double(count) - expected) * (Double(count) - expected) / expected
        possible += 1
      } else if count > 0 {
        sum = .infinity
      }
    }
    if possible < 2 || total == 0 {
      fail(
        expected: "some counts over two or more possible outcomes",
        found: "\(Int(total)) counts over \(possible)", mend: "draw more, or test something else")
    }
    statistic = sum
    degreesOfFreedom = possible - 1
    pValue = Self.tail(of: sum, degreesOfFreedom: possible - 1)
  }

  /// How often each outcome was drawn, against the distribution it was drawn from.
  public init(of draws: [Int], against distribution: Categorical) {
    var counts = [Int](repeating: 0, count: distribution.count)
    for draw in draws {
      guard counts.indices.contains(draw) else {
        fail(
          expected: "draws among the outcomes 0..<\(distribution.count)", found: "\(draw)",
          mend: "check what they were drawn from")
      }
      counts[draw] += 1
    }
    self.init(counts: counts, against: distribution)
  }

  /// P(χ² ≥ x) with k degrees of freedom: the regularised incomplete gamma function Q(k/2, x/2).
  public static func tail(of x: Double, degreesOfFreedom k: Int) -> Double {
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    return upperIncompleteGamma(0.5 * Double(k), 0.5 * x)
  }
}

/// Q(a, x) = ∫_x^∞ tᵃ⁻¹ e⁻ᵗ dt / Γ(a), for a > 0 and x > 0: by its power series below a + 1, by its
/// continued fraction above (Abramowitz & Stegun 6.5.29 and 6.5.31).
func upperIncompleteGamma(_ a: Double, _ x: Double) -> Double {
  let front = exp(a * log(x) - x - lgamma(a))
  if x < a + 1 {
    var term = 1 / a
    var sum = term
    var n = a
    while abs(term) > 1e-17 * sum {
      n += 1
      term *= x / n
      sum += term
    }
    return 1 - front * sum
  }
  // The fraction 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))), from the front by Lentz's recurrence.
  var b = x + 1 - a
  var c = Double.infinity
  var d = 1 / b
  var fraction = d
  for n in 1...10_000 {
    let coefficient = -Double(n) * (Double(n) - a)
    b += 2
    d = 1 / (b + coefficient * d)
    c = b + coefficient / c
    let change = c * d
    fraction *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return front * fraction
}
