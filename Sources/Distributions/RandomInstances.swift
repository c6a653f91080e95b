import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Random instances, for checking an identity on many of them.

extension Categorical {
  /// Probabilities drawn evenly from the simplex (Dirichlet(1)): exponential draws over their sum.
  public static func random(
    outcomes: Int, using generator: inout some RandomNumberGenerator
  ) -> Categorical {
    Categorical(proportionalTo: (0..<outcomes).map { _ in generator.exponential() })
  }
}

extension Normal {
  /// Mean from N(0, 1), deviation between ⅓ and 3, evenly in its logarithm.
  public static func random(using generator: inout some RandomNumberGenerator) -> Normal {
    Normal(mean: generator.normal(), deviation: generator.scale())
  }
}

extension MultivariateNormal {
  /// Mean from N(0, I), deviations between ⅓ and 3 along axes that are themselves random.
  ///
  /// The covariance is A Aᵀ/d + ε I of a random matrix A, rows scaled by the deviations; the small ε
  /// keeps it well away from singular.
  public static func random(
    dimension: Int, using generator: inout some RandomNumberGenerator
  ) -> MultivariateNormal {
    let mean = generator.normals(dimension)
    let rows = (0..<dimension).map { _ in generator.normals(dimension) }
    let scales = (0..<dimension).map { _ in generator.scale() }
    let covariance = (0..<dimension).map { i in
      (0..<dimension).map { j in
        let product = zip(rows[i], rows[j]).reduce(0) { $0 + $1.0 * $1.1 } / Double(dimension)
        return scales[i] * scales[j] * (product + (i == j ? 0.1 : 0))
      }
    }
    return MultivariateNormal(mean: mean, covariance: covariance)
  }
}

extension Mixture where Component == Normal {
  /// Random weights over random normals, their means spread over N(0, 3²).
  public static func random(
    components: Int, using generator: inout some RandomNumberGenerator
  ) -> Mixture {
    let choice = Categorical.random(outcomes: components, using: &generator)
    return Mixture(
      choice: choice,
      components: (0..<components).map { _ in
        let component = Normal.random(using: &generator)
        return Normal(mean: 3 * component.mean, deviation: component.deviation)
      })
  }
}

extension Mixture where Component == MultivariateNormal {
  /// Random weights over random normals in `dimension` dimensions.
  public static func random(
    components: Int, dimension: Int, using generator: inout some RandomNumberGenerator
  ) -> Mixture {
    let choice = Categorical.random(outcomes: components, using: &generator)
    return Mixture(
      choice: choice,
      components: (0..<components).map { _ in
        MultivariateNormal.random(dimension: dimension, using: &generator)
      })
  }
}

extension RandomNumberGenerator {
  /// A positive number between ⅓ and 3, evenly drawn in its logarithm.
  fileprivate mutating func scale() -> Double {
    exp(uniform(from: -log(3.0), to: log(3.0)))
  }
}
