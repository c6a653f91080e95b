#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An f-divergence, D_f(p ‖ q) = Σ q f(p/q), for a convex f with f(1) = 0.
///
/// Each comes with its derivative f′ and its Fenchel conjugate f*(t) = sup_u (u t − f(u)), which turn
/// it into a game: for any function T, E_p T − E_q f*(T) ≤ D_f(p ‖ q), with equality at T = f′(p/q).
/// Source: Nowozin, Cseke & Tomioka, *f-GAN* (2016), tables 1, 2 and 5.
public struct FDivergence: Sendable {
  public let name: String
  /// f(u) for u > 0.
  public let generator: @Sendable (Double) -> Double
  /// f′(u) for u > 0; where f has a kink, one of its subgradients.
  public let derivative: @Sendable (Double) -> Double
  /// f*(t); +∞ outside its domain.
  public let conjugate: @Sendable (Double) -> Double
  /// f(0), the limit at zero: what q pays for an outcome that p rules out.
  public let atZero: Double
  /// lim f(u)/u as u → ∞: what p pays for an outcome that q rules out.
  public let growth: Double

  /// Σ q f(p/q), with q f(p/q) → p · growth where q = 0.
  public func callAsFunction(_ p: Categorical, _ q: Categorical) -> Double {
    requireSameOutcomes(p, q)
    var sum = 0.0
    for (p, q) in zip(p.probabilities, q.probabilities) {
      switch (p > 0, q > 0) {
      case (true, true): sum += q * generator(p / q)
      case (false, true): sum += q * atZero
      case (true, false): sum += p * growth
      case (false, false): break
      }
    }
    return sum
  }

  /// The eight divergences of this table.
  public static let all = [
    kullbackLeibler, reverseKullbackLeibler, jensenShannon, pearson, neyman, squaredHellinger,
    totalVariation, jeffreys,
  ]

  /// f(u) = u log u: KL(p ‖ q).
  public static let kullbackLeibler = FDivergence(
    name: "Kullback–Leibler",
    generator: { $0 * log($0) }, derivative: { log($0) + 1 }, conjugate: { exp($0 - 1) },
    atZero: 0, growth: .infinity)

  /// f(u) = −log u: KL(q ‖ p).
  public static let reverseKullbackLeibler = FDivergence(
    name: "reverse Kullback–Leibler",
    generator: { -log($0) }, derivative: { -1 / $0 },
    conjugate: { $0 < 0 ? -1 - log(-$0) : .infinity },
    atZero: .infinity, growth: 0)

  /// f(u) = ½ (u log u − (u + 1) log ½(u + 1)): JS(p, q).
  public static let jensenShannon = FDivergence(
    name: "Jensen–Shannon",
    generator: { 0.5 * ($0 * log($0) - ($0 + 1) * log(0.5 * ($0 + 1))) },
    derivative: { 0.5 * log(2 * $0 / ($0 + 1)) },
    conjugate: { 2 * $0 < log(2.0) ? -0.5 * log(2 - exp(2 * $0)) : .infinity },
    atZero: 0.5 * log(2.0), growth: 0.5 * log(2.0))

  /// f(u) = u log u − (u + 1) log(u + 1): 2 JS(p, q) − log 4, what a GAN's generator minimises.
  ///
  /// Here f(1) = −log 4 and not 0, so it is an f-divergence only after log 4 is added.
  public static let gan = FDivergence(
    name: "GAN",
    generator: { $0 * log($0) - ($0 + 1) * log($0 + 1) },
    derivative: { log($0 / ($0 + 1)) },
    conjugate: { $0 < 0 ? -log(-expm1($0)) : .infinity },
    atZero: 0, growth: 0)

  /// f(u) = (u − 1)²: Pearson's χ² = Σ (p − q)²/q.
  public static let pearson = FDivergence(
    name: "Pearson χ²",
    generator: { ($0 - 1) * ($0 - 1) }, derivative: { 2 * ($0 - 1) },
    conjugate: { $0 >= -2 ? $0 + 0.25 * $0 * $0 : -1 },
    atZero: 1, growth: .infinity)

  /// f(u) = (u − 1)²/u: Neyman's χ² = Σ (p − q)²/p.
  public static let neyman = FDivergence(
    name: "Neyman χ²",
    generator: { ($0 - 1) * ($0 - 1) / $0 }, derivative: { 1 - 1 / ($0 * $0) },
    conjugate: { $0 <= 1 ? 2 - 2 * (1 - $0).squareRoot() : .infinity },
    atZero: .infinity, growth: 1)

  /// f(u) = (√u − 1)²: Σ (√p − √q)², between 0 and 2.
  public static let squaredHellinger = FDivergence(
    name: "squared Hellinger",
    generator: { ($0.squareRoot() - 1) * ($0.squareRoot() - 1) },
    derivative: { 1 - 1 / $0.squareRoot() },
    conjugate: { $0 < 1 ? $0 / (1 - $0) : .infinity },
    atZero: 1, growth: 1)

  /// f(u) = ½ |u − 1|: the total variation distance.
  public static let totalVariation = FDivergence(
    name: "total variation",
    generator: { 0.5 * abs($0 - 1) }, derivative: { $0 == 1 ? 0 : ($0 > 1 ? 0.5 : -0.5) },
    conjugate: { $0 <= 0.5 ? max($0, -0.5) : .infinity },
    atZero: 0.5, growth: 0.5)

  /// f(u) = (u − 1) log u: KL(p ‖ q) + KL(q ‖ p).
  ///
  /// With v the solution of v + log v = 1 − t, the conjugate is v + 1/v + t − 2.
  public static let jeffreys = FDivergence(
    name: "Jeffreys",
    generator: { ($0 - 1) * log($0) }, derivative: { log($0) + 1 - 1 / $0 },
    conjugate: { t in
      let v = exp(logarithmOfLambert(1 - t))
      return v + 1 / v + t - 2
    },
    atZero: .infinity, growth: .infinity)

  /// The s with s + exp s = x, the logarithm of Lambert's W(exp x), by Newton's method.
  ///
  /// s + exp s is convex and rises, so Newton started right of the root comes down to it.
  private static func logarithmOfLambert(_ x: Double) -> Double {
    var s = x > 1 ? log(x) : x
    for _ in 0..<50 {
      let step = (s + exp(s) - x) / (1 + exp(s))
      s -= step
      if abs(step) <= 1e-16 * (1 + abs(s)) { break }
    }
    return s
  }
}
