import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct MultivariateNormalTests {
  static let full = MultivariateNormal(mean: [0.5, -1], covariance: [[2, 0.8], [0.8, 0.7]])

  @Test func theDensityInThePlaneIsTheTextbookFormula() {
    let determinant = 2 * 0.7 - 0.8 * 0.8
    let (x, y) = (1.3 - 0.5, 0.4 + 1)
    let square = (0.7 * x * x - 2 * 0.8 * x * y + 2 * y * y) / determinant
    let expected = -0.5 * square - log(2 * Double.pi) - 0.5 * log(determinant)
    #expect(near(Self.full.logDensity(at: [1.3, 0.4]), expected, 1e-13))
    #expect(near(Self.full.squaredDistance(to: [1.3, 0.4]), square, 1e-13))
  }

  @Test func densitiesIntegrateToOne() {
    for p in [
      Self.full, MultivariateNormal(mean: [-2, 0], deviation: 0.6),
      MultivariateNormal(mean: [0, 1], deviations: [0.5, 1.5]),
    ] {
      let mass = integrate(over: -12...12, -12...12) { x, y in p.density(at: [x, y]) }
      #expect(near(mass.value, 1, 1e-9))
    }
  }

  @Test func oneNumberManyNumbersAndAMatrixMeanTheSame() {
    let round = MultivariateNormal(mean: [1, 2], deviation: 0.5)
    let axes = MultivariateNormal(mean: [1, 2], deviations: [0.5, 0.5])
    let matrix = MultivariateNormal(mean: [1, 2], covariance: [[0.25, 0], [0, 0.25]])
    #expect(round == axes)
    #expect(near(matrix.logDensity(at: [0, 3]), round.logDensity(at: [0, 3]), 1e-14))
    #expect(distance(matrix.covariance, round.covariance) < 1e-16)
    #expect(distance(matrix.deviations, [0.5, 0.5]) < 1e-16)
    let product =
      Normal(mean: 1, deviation: 0.5).logDensity(at: 0)
      + Normal(mean: 2, deviation: 0.5).logDensity(at: 3)
    #expect(near(round.logDensity(at: [0, 3]), product, 1e-14))
  }

  @Test func theCovarianceGivenIsTheCovarianceKept() {
    #expect(distance(Self.full.covariance, [[2, 0.8], [0.8, 0.7]]) < 1e-15)
    var random = SeededGenerator(seed: 1)
    for dimension in [1, 3, 8] {
      let p = MultivariateNormal.random(dimension: dimension, using: &random)
      let again = MultivariateNormal(mean: p.mean, covariance: p.covariance)
      let point = random.normals(dimension)
      #expect(near(again.logDensity(at: point), p.logDensity(at: point), 1e-9))
    }
  }

  @Test func drawsHaveItsMeanAndCovariance() {
    var random = SeededGenerator(seed: 2)
    for p in [Self.full, MultivariateNormal(mean: [3, 1], deviations: [0.2, 2])] {
      let points = p.sample(50_000, using: &random)
      for i in 0..<2 {
        #expect(near(Estimate(of: points.map { $0[i] }), p.mean[i]))
        for j in 0...i {
          let products = points.map { ($0[i] - p.mean[i]) * ($0[j] - p.mean[j]) }
          #expect(near(Estimate(of: products), p.covariance[i][j]))
        }
        let line = Normal(mean: p.mean[i], deviation: p.deviations[i])
        #expect(KolmogorovSmirnov(of: points.map { $0[i] }, against: line).pValue > 1e-3)
      }
      // The squared Mahalanobis distance in two dimensions is exponential with mean 2.
      #expect(near(Estimate(of: points.map { p.squaredDistance(to: $0) }), 2))
    }
  }

  @Test func entropyAndCrossEntropyAreMeansOfTheLogDensity() {
    var random = SeededGenerator(seed: 3)
    for dimension in 1...4 {
      let p = MultivariateNormal.random(dimension: dimension, using: &random)
      let q = MultivariateNormal.random(dimension: dimension, using: &random)
      #expect(near(Entropy.estimate(p, draws: 20_000, using: &random), p.entropy))
      #expect(
        near(CrossEntropy.estimate(p, q, draws: 20_000, using: &random), p.crossEntropy(with: q)))
      #expect(near(p.crossEntropy(with: p), p.entropy, 1e-12))
    }
  }

  @Test func inOneDimensionItIsTheNormal() {
    let (line, space) = (
      Normal(mean: 0.3, deviation: 1.7), MultivariateNormal(mean: [0.3], deviation: 1.7)
    )
    #expect(near(line.logDensity(at: 2), space.logDensity(at: [2]), 1e-15))
    #expect(near(line.entropy, space.entropy, 1e-15))
  }

  @Test func fittingGivesTheMeanAndCovarianceOfThePoints() {
    var random = SeededGenerator(seed: 4)
    let points = Self.full.sample(100, using: &random)
    let fitted = MultivariateNormal(fitting: points)
    #expect(distance(fitted.mean, points.mean()) < 1e-14)
    #expect(distance(fitted.covariance, points.covariance()) < 1e-13)
  }
}
