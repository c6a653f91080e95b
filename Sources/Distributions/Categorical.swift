import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A distribution over the outcomes 0, 1, …, n − 1, given by the probability of each.
public struct Categorical: Distribution, Hashable {
  public let probabilities: [Double]
  /// Their logarithms; −∞ where a probability is zero.
  public let logProbabilities: [Double]
  /// Running sums of the probabilities, searched by bisection when drawing.
  @usableFromInline let running: [Double]

  /// The distribution with these probabilities, which must not be negative and sum to 1 within 10⁻⁹.
  public init(_ probabilities: [Double]) {
    requireWeights(probabilities, for: "probabilities")
    let sum = probabilities.reduce(0, +)
    if abs(sum - 1) > 1e-9 {
      fail(
        expected: "probabilities that sum to 1", found: "a sum of \(sum)",
        mend: "write Categorical(proportionalTo:) to have them divided by their sum")
    }
    self.init(checked: probabilities, logarithms: probabilities.map { log($0) })
  }

  /// The distribution with pᵢ = wᵢ / Σ w, for weights or counts that are not negative.
  public init(proportionalTo weights: [Double]) {
    requireWeights(weights, for: "weights")
    let sum = weights.reduce(0, +)
    let probabilities = weights.map { $0 / sum }
    self.init(checked: probabilities, logarithms: probabilities.map { log($0) })
  }

  /// The distribution with pᵢ = exp lᵢ / Σ exp lⱼ. A logit of −∞ rules its outcome out.
  public init(logits: [Double]) {
    let normaliser = logSumExp(logits)
    if !normaliser.isFinite {
      fail(
        expected: "logits below +∞, one of them finite", found: "\(logits.prefix(8))",
        mend: "check for a division by zero or an empty list")
    }
    let logarithms = logits.map { $0 - normaliser }
    self.init(checked: logarithms.map { exp($0) }, logarithms: logarithms)
  }

  /// The distribution that gives each of `count` outcomes the same probability.
  public init(uniformOver count: Int) {
    self.init(proportionalTo: [Double](repeating: 1, count: count))
  }

  private init(checked probabilities: [Double], logarithms: [Double]) {
    self.probabilities = probabilities
    logProbabilities = logarithms
    var sum = 0.0
    running = probabilities.map { probability in
      sum += probability
      return sum
    }
  }

  /// How many outcomes there are.
  public var count: Int { probabilities.count }

  /// The first outcome whose running sum exceeds a uniform draw; one of probability zero never does.
  @inlinable
  public func sample(using generator: inout some RandomNumberGenerator) -> Int {
    let threshold = generator.uniform() * running[running.count - 1]
    var low = 0
    var high = running.count - 1
    while low < high {
      let middle = (low + high) / 2
      if running[middle] > threshold { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// log pᵢ; −∞ for a number that is not an outcome.
  @inlinable
  public func logDensity(at outcome: Int) -> Double {
    logProbabilities.indices.contains(outcome) ? logProbabilities[outcome] : -.infinity
  }

  @inlinable
  public func density(at outcome: Int) -> Double {
    probabilities.indices.contains(outcome) ? probabilities[outcome] : 0
  }

  /// E f = Σ pᵢ f(i), over the outcomes that can happen.
  @inlinable
  public func expectation(of f: (Int) -> Double) -> Double {
    var sum = 0.0
    for (outcome, probability) in probabilities.enumerated() where probability > 0 {
      sum += probability * f(outcome)
    }
    return sum
  }

  /// The outcome of largest probability, the first of them where there are several.
  public var mode: Int { probabilities.firstIndex(of: probabilities.max()!)! }

  /// H(p) = −Σ pᵢ log pᵢ nats, with 0 log 0 = 0.
  public var entropy: Double { -expectation { logProbabilities[$0] } }

  /// H(p, q) = −Σ pᵢ log qᵢ nats; +∞ where p allows what q rules out.
  public func crossEntropy(with q: Categorical) -> Double {
    requireSameOutcomes(self, q)
    return -expectation { q.logProbabilities[$0] }
  }

  /// The mixture (1 − t) p + t q of two distributions over the same outcomes.
  public func mixed(with q: Categorical, share t: Double = 0.5) -> Categorical {
    requireSameOutcomes(self, q)
    return Categorical(zip(probabilities, q.probabilities).map { (1 - t) * $0 + t * $1 })
  }
}

func requireSameOutcomes(_ p: Categorical, _ q: Categorical) {
  if p.count != q.count {
    fail(
      expected: "two distributions over the same outcomes",
      found: "\(p.count) outcomes and \(q.count)",
      mend: "give outcomes that cannot happen a probability of 0")
  }
}
