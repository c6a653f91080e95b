import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one latent-variable model in which everything has a formula: z ~ N(0, I), x | z ~ N(W z + b, σ² I).
///
/// Infinitely many Gaussians, one for every z, add up to the Gaussian p(x) = N(b, W Wᵀ + σ² I); the
/// posterior of the code is Gaussian too. So a bound on log p(x) can be held against log p(x) itself.
/// Source: Tipping & Bishop, *Probabilistic principal component analysis* (1999).
public struct LinearGaussianModel: Sendable, Hashable {
  /// W: a row for each observed coordinate, a column for each latent one.
  public let weights: [[Double]]
  /// b, a number for each observed coordinate.
  public let bias: [Double]
  /// σ, the standard deviation of the noise; positive.
  public let noise: Double
  /// p(z) = N(0, I).
  public let prior: MultivariateNormal
  /// p(x) = N(b, W Wᵀ + σ² I).
  public let evidence: MultivariateNormal
  /// (I + Wᵀ W / σ²)⁻¹, the covariance of the posterior, the same for every x.
  let posteriorCovariance: [[Double]]

  public init(weights: [[Double]], bias: [Double], noise: Double) {
    if weights.count != bias.count {
      fail(
        expected: "a row of weights for each of \(bias.count) biases",
        found: "\(weights.count) rows", mend: "weights are observed × latent")
    }
    guard noise > 0, noise.isFinite else {
      fail(
        expected: "a positive, finite noise for LinearGaussianModel", found: "\(noise)",
        mend: "give the standard deviation σ of x about W z + b")
    }
    let latent = weights.commonDimension()
    let variance = noise * noise
    let evidenceCovariance = weights.indices.map { i in
      weights.indices.map { j in dot(weights[i], weights[j]) + (i == j ? variance : 0) }
    }
    let posteriorPrecision = (0..<latent).map { i in
      (0..<latent).map { j in
        weights.reduce(i == j ? 1 : 0) { $0 + $1[i] * $1[j] / variance }
      }
    }
    guard let factor = Cholesky(posteriorPrecision) else {
      fail(expected: "finite weights", found: "\(weights)", mend: "check how they were computed")
    }
    self.weights = weights
    self.bias = bias
    self.noise = noise
    prior = .standard(latent)
    evidence = MultivariateNormal(mean: bias, covariance: evidenceCovariance)
    posteriorCovariance = factor.inverseOfMatrix
  }

  /// W z + b, the mean of x given the code z.
  public func decode(_ z: [Double]) -> [Double] {
    requireDimension(prior.dimension, of: z, for: "the code of LinearGaussianModel")
    return zip(weights, bias).map { dot($0, z) + $1 }
  }

  /// p(x | z) = N(W z + b, σ² I).
  public func likelihood(given z: [Double]) -> MultivariateNormal {
    MultivariateNormal(mean: decode(z), deviation: noise)
  }

  /// log p(x), exactly.
  public func logEvidence(at x: [Double]) -> Double { evidence.logDensity(at: x) }

  /// p(z | x) = N(S Wᵀ (x − b) / σ², S) with S = (I + Wᵀ W / σ²)⁻¹, exactly.
  public func posterior(given x: [Double]) -> MultivariateNormal {
    requireDimension(bias.count, of: x, for: "the observation of LinearGaussianModel")
    let pull = prior.mean.indices.map { k in
      x.indices.reduce(0) { $0 + weights[$1][k] * (x[$1] - bias[$1]) / (noise * noise) }
    }
    let mean = posteriorCovariance.map { dot($0, pull) }
    return MultivariateNormal(mean: mean, covariance: posteriorCovariance)
  }

  /// A code from the prior, and an observation given it.
  public func sample(
    using generator: inout some RandomNumberGenerator
  ) -> (code: [Double], observation: [Double]) {
    let code = prior.sample(using: &generator)
    return (code, likelihood(given: code).sample(using: &generator))
  }

  /// E_q log p(x | z): how well codes drawn from q rebuild x, in nats summed over its coordinates.
  ///
  ///     −½ (D log 2πσ² + (‖x − W m − b‖² + tr W Σ Wᵀ) / σ²)   with q = N(m, Σ).
  public func reconstruction(at x: [Double], using q: MultivariateNormal) -> Double {
    let spread = q.covariance
    let trace = weights.reduce(0) { sum, row in sum + dot(row, spread.map { dot($0, row) }) }
    return likelihood(given: q.mean).logDensity(at: x) - 0.5 * trace / (noise * noise)
  }

  /// E_q log p(x, z) = E_q log p(x | z) + E_q log p(z), where
  /// E_q log p(z) = −½ (d log 2π + ‖m‖² + tr Σ).
  public func expectedLogJoint(at x: [Double], using q: MultivariateNormal) -> Double {
    let spread = q.covariance
    let squares = dot(q.mean, q.mean) + spread.indices.reduce(0) { $0 + spread[$1][$1] }
    let logPrior = -0.5 * (Double(q.dimension) * log(2 * Double.pi) + squares)
    return reconstruction(at: x, using: q) + logPrior
  }

  /// E_q log p(x | z) − KL(q ‖ p(z)): the evidence lower bound as reconstruction minus divergence.
  ///
  /// It also equals E_q log p(x, z) + H(q), which is `expectedLogJoint(at:using:) + q.entropy`; and it
  /// falls short of log p(x) by exactly KL(q ‖ p(z | x)).
  public func evidenceLowerBound(at x: [Double], using q: MultivariateNormal) -> Double {
    reconstruction(at: x, using: q) - KL.divergence(q, prior)
  }

  /// Weights and biases from N(0, 1), noise between ½ and 1.
  public static func random(
    latent: Int, observed: Int, using generator: inout some RandomNumberGenerator
  ) -> LinearGaussianModel {
    LinearGaussianModel(
      weights: (0..<observed).map { _ in generator.normals(latent) },
      bias: generator.normals(observed), noise: generator.uniform(from: 0.5, to: 1))
  }
}

/// Σ aᵢ bᵢ.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for k in 0..<min(a.count, b.count) { sum += a[k] * b[k] }
  return sum
}
