import Distributions
import Randomness
import Tensors
import Testing

@Suite("Batches of independent normals")
struct DiagonalNormalTests {
  private static func pair() -> (DiagonalNormal, DiagonalNormal) {
    var random = SeededGenerator(seed: 5)
    func draw() -> Tensor { Tensor.normal([4, 3], precision: .float64, using: &random) }
    return (
      DiagonalNormal(mean: draw(), logVariance: draw()),
      DiagonalNormal(mean: draw(), logVariance: draw())
    )
  }

  /// The normals of one row, on their own.
  private static func normals(_ batch: DiagonalNormal, row: Int) -> [Normal] {
    zip(batch.mean.rows[row], batch.deviation.rows[row]).map { Normal(mean: $0, deviation: $1) }
  }

  @Test("the log-density of a row is the sum of its coordinates' log-densities")
  func density() {
    let (p, q) = Self.pair()
    let found = p.logDensity(of: q.mean).scalars
    for row in 0..<4 {
      let wanted = zip(Self.normals(p, row: row), q.mean.rows[row])
        .reduce(0) { $0 + $1.0.logDensity(at: $1.1) }
      #expect(abs(found[row] - wanted) < 1e-12)
    }
  }

  @Test("the divergence of a row is the integral of its definition, coordinate by coordinate")
  func divergence() {
    let (p, q) = Self.pair()
    let found = p.divergence(from: q).scalars
    let standard = p.divergenceFromStandard().scalars
    for row in 0..<4 {
      let (own, other) = (Self.normals(p, row: row), Self.normals(q, row: row))
      func integral(_ other: [Normal]) -> Double {
        zip(own, other).reduce(0) { sum, pair in
          let (a, b) = pair
          return sum
            + integrate(over: (a.mean - 12 * a.deviation)...(a.mean + 12 * a.deviation)) {
              a.density(at: $0) * (a.logDensity(at: $0) - b.logDensity(at: $0))
            }.value
        }
      }
      #expect(abs(found[row] - integral(other)) < 1e-8)
      let plain = [Normal](repeating: Normal(mean: 0, deviation: 1), count: 3)
      #expect(abs(standard[row] - integral(plain)) < 1e-8)
    }
  }

  @Test("draws have the mean and deviation they were asked for")
  func draws() {
    var random = SeededGenerator(seed: 6)
    let one = DiagonalNormal(
      mean: Tensor(repeating: 1.5, shape: [20_000, 1]),
      logVariance: Tensor(repeating: -1, shape: [20_000, 1]))
    let draws = one.sample(using: &random)
    let deviation = 0.6065306597  // e^(−1/2)
    #expect(abs(draws.mean().scalar - 1.5) < 5 * deviation / 20_000.0.squareRoot())
    #expect(
      abs(draws.variance().scalar / (deviation * deviation) - 1) < 5 * (2.0 / 20_000).squareRoot())
  }

  @Test("gradients flow through a draw to mean and log-variance")
  func reparameterised() {
    let (p, _) = Self.pair()
    var random = SeededGenerator(seed: 7)
    let noise = Tensor.normal([4, 3], precision: .float64, using: &random)
    let (mean, logVariance) = gradient(at: p.mean, p.logVariance) { mean, logVariance in
      var again = SeededGenerator(seed: 7)
      return DiagonalNormal(mean: mean, logVariance: logVariance).sample(using: &again).sum()
    }
    for (found, (noise, deviation)) in zip(
      logVariance.scalars, zip(noise.scalars, p.deviation.scalars))
    {
      #expect(abs(found - 0.5 * deviation * noise) < 1e-12)
    }
    #expect(mean.scalars.allSatisfy { $0 == 1 })
  }
}
