import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct SinkhornTests {
  @Test func theCostComesDownToTheExactOneAsTheRegularisationVanishes() {
    var random = SeededGenerator(seed: 1)
    let p = Empirical(
      random.normals(12), weights: Categorical.random(outcomes: 12, using: &random).probabilities)
    let q = Empirical(random.normals(9).map { $0 + 1 })
    let cost = { (x: Double, y: Double) in (x - y) * (x - y) }
    let exact = Transport.plan(from: p, to: q, cost: cost).cost
    var gap = Double.infinity
    for regularisation in [1, 0.3, 0.1, 0.03, 0.01] {
      let plan = Transport.sinkhorn(
        from: p, to: q, regularisation: regularisation, limit: 200_000, cost: cost)
      #expect(plan.converged && plan.marginalError <= 1e-9)
      #expect(plan.cost >= exact - 1e-7 && plan.cost - exact < gap)
      gap = plan.cost - exact
      for (row, weight) in zip(plan.mass, p.weights) {
        #expect(near(row.reduce(0, +), weight, 2e-9))
      }
      for (j, weight) in q.weights.enumerated() {
        #expect(near(plan.mass.reduce(0) { $0 + $1[j] }, weight, 1e-14))
      }
    }
    #expect(gap < 1e-3)
  }

  @Test func thePlanIsTheOneOfThePotentials() {
    var random = SeededGenerator(seed: 2)
    let cost = (0..<4).map { _ in (0..<5).map { _ in random.uniform() } }
    let source = [0.1, 0, 0.5, 0.4]
    let target = [0.2, 0.2, 0.2, 0.2, 0.2]
    let plan = Transport.sinkhorn(from: source, to: target, cost: cost, regularisation: 0.2)
    for i in [0, 2, 3] {
      for j in 0..<5 {
        let sum = plan.sourcePotentials[i] + plan.targetPotentials[j] - cost[i][j]
        #expect(near(plan.mass[i][j], source[i] * target[j] * exp(sum / 0.2), 1e-14))
      }
    }
    #expect(plan.mass[1].allSatisfy { $0 == 0 })
    // No other plan has a lower Σ mass · cost + ε KL(mass ‖ p qᵀ): try mass round rectangles.
    func objective(_ mass: [[Double]]) -> Double {
      var sum = Transport.price(of: mass, at: cost)
      for i in [0, 2, 3] {
        for j in 0..<5 { sum += 0.2 * mass[i][j] * log(mass[i][j] / (source[i] * target[j])) }
      }
      return sum
    }
    for share in [-0.1, 0.1] {
      for (i, k) in [(0, 2), (0, 3), (2, 3)] {
        for j in 0..<4 {
          let corners = [
            plan.mass[i][j], plan.mass[i][j + 1], plan.mass[k][j], plan.mass[k][j + 1],
          ]
          let h = share * corners.min()!
          var mass = plan.mass
          mass[i][j] += h
          mass[k][j + 1] += h
          mass[i][j + 1] -= h
          mass[k][j] -= h
          #expect(objective(mass) > objective(plan.mass))
        }
      }
    }
  }

  @Test func stoppingEarlyIsReported() {
    var random = SeededGenerator(seed: 3)
    let (p, q) = (Empirical(random.normals(20)), Empirical(random.normals(20)))
    let plan = Transport.sinkhorn(from: p, to: q, regularisation: 0.001, limit: 5) {
      abs($0 - $1)
    }
    #expect(!plan.converged && plan.iterations == 5 && plan.marginalError > 1e-9)
    let marginal = zip(plan.mass, p.weights).reduce(0) {
      $0 + abs($1.0.reduce(0, +) - $1.1)
    }
    #expect(near(marginal, plan.marginalError, 1e-12))
  }
}
