import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct StatisticsTests {
  @Test func momentsOfAListDivideByItsLength() {
    #expect([1.0, 2, 3, 6].mean() == 3)
    #expect([1.0, 2, 3, 6].variance() == 3.5)
    #expect([1.0, 5].standardDeviation() == 2)
  }

  @Test func quantilesLieOnTheLineBetweenOrderedNumbers() {
    let numbers = [4.0, 1, 3, 2]
    #expect(numbers.quantile(0) == 1 && numbers.quantile(1) == 4)
    #expect(numbers.median() == 2.5)
    #expect(near(numbers.quantile(0.1), 1.3, 1e-15))
  }

  @Test func momentsOfACloudAreTakenByCoordinate() {
    let cloud = [[1.0, 0], [3, 4]]
    #expect(cloud.mean() == [2, 2])
    #expect(cloud.covariance() == [[1, 2], [2, 4]])
  }

  @Test func anEstimateCarriesTheStandardErrorOfItsMean() {
    let estimate = Estimate(of: [1, 2, 3, 6])
    // s² = 14/3, so s/√n = √(14/12).
    #expect(estimate.value == 3 && estimate.count == 4)
    #expect(near(estimate.standardError, (14.0 / 12).squareRoot(), 1e-15))
    #expect(Estimate(of: [1, .infinity]).value == .infinity)
    #expect(Estimate(of: [1, .infinity]).standardError == .infinity)
  }

  @Test func anEstimateMissesByMoreThanTwoStandardErrorsOnceInTwenty() {
    var random = SeededGenerator(seed: 1)
    let misses = (0..<2_000).count { _ in
      let estimate = Estimate(of: random.normals(50))
      return abs(estimate.value) > 2 * estimate.standardError
    }
    // P(|t₄₉| > 2) = 0.051; a binomial count has deviation √(2000 · 0.051 · 0.949) ≈ 9.8.
    #expect(abs(Double(misses) - 102) < 4 * 9.8)
  }

  @Test func eigenvectorsRebuildTheMatrix() {
    var random = SeededGenerator(seed: 2)
    for size in [1, 2, 5, 12] {
      let a = MultivariateNormal.random(dimension: size, using: &random).covariance
      let eigen = SymmetricEigen(a)
      #expect(distance(eigen.mapped { $0 }, a) < 1e-12)
      #expect(eigen.values == eigen.values.sorted(by: >))
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        let image = a.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(distance(image, vector.map { value * $0 }) < 1e-12)
        #expect(near(vector.reduce(0) { $0 + $1 * $1 }, 1, 1e-13))
      }
    }
    #expect(SymmetricEigen([[2, 0], [0, 5]]).values == [5, 2])
  }
}
