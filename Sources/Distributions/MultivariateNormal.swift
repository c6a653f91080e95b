import Failures
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The normal distribution in d dimensions, N(μ, Σ):
/// p(x) = exp(−½ (x − μ)ᵀ Σ⁻¹ (x − μ)) / √((2π)ᵈ det Σ).
///
/// Σ is σ² I, a diagonal or a full matrix; a full one is kept as its Cholesky factor, Σ = L Lᵀ.
public struct MultivariateNormal: Distribution, Hashable {
  @usableFromInline
  enum Shape: Hashable, Sendable {
    case diagonal(deviations: [Double])
    case full(Cholesky)
  }

  /// μ, one number per dimension.
  public let mean: [Double]
  @usableFromInline let shape: Shape
  /// −½ log((2π)ᵈ det Σ), the log-density at the mean.
  @usableFromInline let logPeak: Double

  /// N(μ, σ² I): the same standard deviation σ in every direction.
  public init(mean: [Double], deviation: Double) {
    self.init(mean: mean, deviations: [Double](repeating: deviation, count: mean.count))
  }

  /// N(μ, diag σ²): one standard deviation for each dimension, and no correlation.
  public init(mean: [Double], deviations: [Double]) {
    Self.requireMean(mean)
    requireDimension(mean.count, of: deviations, for: "the deviations of MultivariateNormal")
    for (index, deviation) in deviations.enumerated() where !(deviation > 0 && deviation.isFinite) {
      fail(
        expected: "positive, finite deviations for MultivariateNormal",
        found: "\(deviation) at index \(index)",
        mend: "give standard deviations σ, the square roots of the variances")
    }
    self.init(mean: mean, shape: .diagonal(deviations: deviations), scales: deviations)
  }

  /// N(μ, Σ) with a full covariance matrix, which must be symmetric and positive definite.
  public init(mean: [Double], covariance: [[Double]]) {
    Self.requireMean(mean)
    if covariance.count != mean.count {
      fail(
        expected: "a covariance of \(mean.count) rows, as many as the mean has coordinates",
        found: "\(covariance.count) rows", mend: "give a d × d matrix for a mean of d numbers")
    }
    requireSymmetric(covariance, for: "the covariance of MultivariateNormal")
    guard let factor = Cholesky(covariance) else {
      fail(
        expected: "a positive definite covariance for MultivariateNormal",
        found: "a smallest eigenvalue of \(SymmetricEigen(covariance).values.last!)",
        mend: "add a small multiple of the identity, or use more points than dimensions")
    }
    let scales = (0..<mean.count).map { factor.lower[$0 * mean.count + $0] }
    self.init(mean: mean, shape: .full(factor), scales: scales)
  }

  private init(mean: [Double], shape: Shape, scales: [Double]) {
    self.mean = mean
    self.shape = shape
    logPeak = scales.reduce(-0.5 * Double(mean.count) * log(2 * Double.pi)) { $0 - log($1) }
  }

  /// The distribution of the same shape as `other` about another mean.
  init(mean: [Double], like other: MultivariateNormal) {
    Self.requireMean(mean)
    requireDimension(other.dimension, of: mean, for: "MultivariateNormal")
    self.mean = mean
    shape = other.shape
    logPeak = other.logPeak
  }

  private static func requireMean(_ mean: [Double]) {
    if mean.isEmpty || !mean.allSatisfy(\.isFinite) {
      fail(
        expected: "a mean of one or more finite numbers for MultivariateNormal", found: "\(mean)",
        mend: "check how it was computed")
    }
  }

  /// N(0, I) in `dimension` dimensions.
  public static func standard(_ dimension: Int) -> MultivariateNormal {
    MultivariateNormal(mean: [Double](repeating: 0, count: dimension), deviation: 1)
  }

  public var dimension: Int { mean.count }

  /// Σ.
  public var covariance: [[Double]] {
    let columns = (0..<dimension).map(factorColumn)
    return (0..<dimension).map { i in
      (0..<dimension).map { j in columns.reduce(0) { $0 + $1[i] * $1[j] } }
    }
  }

  /// The square root of each variance on the diagonal of Σ.
  public var deviations: [Double] {
    switch shape {
    case .diagonal(let deviations): return deviations
    case .full: return covariance.enumerated().map { $1[$0].squareRoot() }
    }
  }

  /// μ + L e, with e ~ N(0, I).
  @inlinable
  public func sample(using generator: inout some RandomNumberGenerator) -> [Double] {
    var point = mean
    switch shape {
    case .diagonal(let deviations):
      for i in 0..<point.count { point[i] += deviations[i] * generator.normal() }
    case .full(let factor):
      let n = point.count
      for j in 0..<n {
        let noise = generator.normal()
        for i in j..<n { point[i] += factor.lower[i * n + j] * noise }
      }
    }
    return point
  }

  @inlinable
  public func logDensity(at point: [Double]) -> Double {
    logPeak - 0.5 * squaredDistance(to: point)
  }

  /// (x − μ)ᵀ Σ⁻¹ (x − μ), Mahalanobis's squared distance.
  @inlinable
  public func squaredDistance(to point: [Double]) -> Double {
    requireDimension(mean.count, of: point, for: "MultivariateNormal")
    return whitenedSquaredNorm { point[$0] - mean[$0] }
  }

  /// vᵀ Σ⁻¹ v = ‖L⁻¹ v‖².
  @inlinable @inline(__always)
  func whitenedSquaredNorm(of v: (Int) -> Double) -> Double {
    var sum = 0.0
    switch shape {
    case .diagonal(let deviations):
      for i in 0..<deviations.count {
        let z = v(i) / deviations[i]
        sum += z * z
      }
    case .full(let factor):
      let n = factor.dimension
      for i in 0..<n {
        var z = 0.0
        for j in 0...i { z += factor.inverse[i * n + j] * v(j) }
        sum += z * z
      }
    }
    return sum
  }

  /// ½ log((2πe)ᵈ det Σ) nats, over all dimensions together.
  public var entropy: Double { 0.5 * Double(dimension) - logPeak }

  /// E_p[−log q] = ½ (tr Σ_q⁻¹ Σ_p + (μ_p − μ_q)ᵀ Σ_q⁻¹ (μ_p − μ_q) + log((2π)ᵈ det Σ_q)), over all
  /// dimensions together.
  public func crossEntropy(with q: MultivariateNormal) -> Double {
    0.5 * (q.traceOfPrecision(times: self) + q.squaredDistance(to: mean)) - q.logPeak
  }

  /// tr Σ⁻¹ Σ_p = ‖L⁻¹ L_p‖², summed column by column.
  func traceOfPrecision(times p: MultivariateNormal) -> Double {
    requireDimension(dimension, of: p.mean, for: "MultivariateNormal")
    return (0..<dimension).reduce(0) { sum, j in
      let column = p.factorColumn(j)
      return sum + whitenedSquaredNorm { column[$0] }
    }
  }

  /// Column j of L.
  func factorColumn(_ j: Int) -> [Double] {
    switch shape {
    case .diagonal(let deviations):
      return (0..<dimension).map { $0 == j ? deviations[j] : 0 }
    case .full(let factor):
      return (0..<dimension).map { factor.lower[$0 * dimension + j] }
    }
  }
}
