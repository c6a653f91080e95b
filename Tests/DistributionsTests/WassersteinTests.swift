import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct WassersteinTests {
  @Test func onTheLineTheProgrammeTheSortingAndTheAreaAgree() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<40 {
      let sizes = (1 + round % 11, 1 + round % 13)
      // Rounded points meet often, which is where an order can go wrong.
      func points(_ count: Int) -> [Double] {
        random.normals(count).map { round % 2 == 0 ? $0 : (2 * $0).rounded() }
      }
      let p = Empirical(
        points(sizes.0),
        weights: Categorical.random(outcomes: sizes.0, using: &random).probabilities)
      let q = Empirical(
        points(sizes.1),
        weights: Categorical.random(outcomes: sizes.1, using: &random).probabilities)
      let first = Transport.plan(from: p, to: q) { abs($0 - $1) }
      #expect(near(Wasserstein.onLine(p, q), first.cost, 1e-12))
      #expect(near(Wasserstein.areaBetweenCumulatives(p, q), first.cost, 1e-12))
      let second = Transport.plan(from: p, to: q) { ($0 - $1) * ($0 - $1) }
      #expect(near(pow(Wasserstein.onLine(p, q, order: 2), 2), second.cost, 1e-12))
      let sorted = Transport.sortedMass(from: p, to: q)
      let cost = Transport.costs(from: p.points, to: q.points) { ($0 - $1) * ($0 - $1) }
      #expect(near(Transport.price(of: sorted, at: cost), second.cost, 1e-12))
      for (row, weight) in zip(sorted, p.weights) { #expect(near(row.reduce(0, +), weight, 1e-13)) }
      for (j, weight) in q.weights.enumerated() {
        #expect(near(sorted.reduce(0) { $0 + $1[j] }, weight, 1e-13))
      }
    }
  }

  @Test func theDistanceIsZeroOnlyBetweenEquals() {
    let points = [3.0, -1, 2]
    #expect(Wasserstein.onLine(points, [2, 3, -1]) == 0)
    #expect(Wasserstein.onLine(points, [2, 3, -1.001]) > 0)
    #expect(Wasserstein.onLine([0, 0], [5]) == 5)
    let plan = Transport.plan(from: points, to: [2.0, 3, -1]) { abs($0 - $1) }
    #expect(plan.cost == 0 && plan.mass[0][1] > 0 && plan.mass[0][0] == 0)
  }

  @Test func betweenNormalsTheDistanceHasAFormula() {
    let (p, q) = (Normal(mean: 1, deviation: 2), Normal(mean: -1, deviation: 0.5))
    // ∫ (F⁻¹ − G⁻¹)² over probabilities, by quadrature in z with weight φ(z).
    let exact = integrate(over: -12...12) { z in
      let gap = (1 + 2 * z) - (-1 + 0.5 * z)
      return gap * gap * Normal.standard.density(at: z)
    }
    #expect(near(Wasserstein.squaredDistance(p, q), exact.value, 1e-9))
    // Diagonal covariances: the sum over axes.
    let a = MultivariateNormal(mean: [1, 0], deviations: [2, 0.3])
    let b = MultivariateNormal(mean: [-1, 1], deviations: [0.5, 0.8])
    #expect(near(Wasserstein.squaredDistance(a, b), 4 + 1 + 1.5 * 1.5 + 0.5 * 0.5, 1e-13))
    // Full ones: a linear map x → A x with A symmetric and positive is itself the best plan.
    var random = SeededGenerator(seed: 14)
    for dimension in 1...5 {
      let p = MultivariateNormal.random(dimension: dimension, using: &random)
      let map = MultivariateNormal.random(dimension: dimension, using: &random).covariance
      func product(_ x: [[Double]], _ y: [[Double]]) -> [[Double]] {
        x.map { row in
          (0..<dimension).map { j in (0..<dimension).reduce(0) { $0 + row[$1] * y[$1][j] } }
        }
      }
      let sigma = p.covariance
      let image = product(product(map, sigma), map)
      let symmetric = image.indices.map { i in
        image.indices.map { 0.5 * (image[i][$0] + image[$0][i]) }
      }
      let q = MultivariateNormal(mean: p.mean, covariance: symmetric)
      // E ‖A x − x‖² about the mean = tr (A − I) Σ (A − I).
      let shift = map.indices.map { i in map.indices.map { map[i][$0] - (i == $0 ? 1 : 0) } }
      let expected = product(product(shift, sigma), shift)
      let trace = expected.indices.reduce(0) { $0 + expected[$1][$1] }
      #expect(near(Wasserstein.squaredDistance(p, q), trace, 1e-9 * max(1, trace)))
      #expect(near(Wasserstein.squaredDistance(q, p), trace, 1e-9 * max(1, trace)))
    }
  }
}
