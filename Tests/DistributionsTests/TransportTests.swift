import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct TransportTests {
  /// Marginals, prices and slackness: everything that proves a plan the cheapest.
  private func checkOptimal(
    _ plan: TransportPlan, from source: [Double], to target: [Double], cost: [[Double]],
    tolerance: Double = 1e-11
  ) {
    for (row, mass) in zip(plan.mass, source) { #expect(near(row.reduce(0, +), mass, 1e-12)) }
    for j in target.indices {
      #expect(near(plan.mass.reduce(0) { $0 + $1[j] }, target[j], 1e-12))
    }
    #expect(plan.mass.joined().allSatisfy { $0 >= 0 })
    #expect(near(plan.cost, plan.dualValue, tolerance))
    #expect(near(plan.cost, Transport.price(of: plan.mass, at: cost), 1e-15))
    for (i, row) in plan.slack.enumerated() {
      for (j, slack) in row.enumerated() {
        #expect(
          near(slack, cost[i][j] - plan.sourcePotentials[i] - plan.targetPotentials[j], 1e-12))
        #expect(slack >= -tolerance)
        if plan.mass[i][j] > 0 { #expect(slack <= tolerance) }
      }
    }
    #expect(plan.routes.count <= source.count + target.count - 1)
  }

  private func randomCost(_ rows: Int, _ columns: Int, _ random: inout SeededGenerator)
    -> [[Double]]
  {
    (0..<rows).map { _ in (0..<columns).map { _ in random.uniform(from: -1, to: 3) } }
  }

  @Test(arguments: 1...6) func equalMassesAreTheBestOfAllAssignments(size: Int) {
    var random = SeededGenerator(seed: UInt64(size))
    for _ in 0..<20 {
      let cost = randomCost(size, size, &random)
      let masses = [Double](repeating: 1 / Double(size), count: size)
      let plan = Transport.plan(from: masses, to: masses, cost: cost)
      let best = permutations(of: size).map { order in
        order.enumerated().reduce(0) { $0 + cost[$1.offset][$1.element] } / Double(size)
      }.min()!
      #expect(near(plan.cost, best, 1e-13))
      checkOptimal(plan, from: masses, to: masses, cost: cost)
      // The plan is itself an assignment: one route from each source.
      #expect(plan.routes.count == size)
    }
  }

  @Test func smallUnevenProblemsAreTheBestOfAllBasicPlans() {
    var random = SeededGenerator(seed: 7)
    for (rows, columns) in [(1, 3), (2, 2), (2, 4), (3, 3), (3, 4)] {
      for _ in 0..<10 {
        let cost = randomCost(rows, columns, &random)
        let source = Categorical.random(outcomes: rows, using: &random).probabilities
        let target = Categorical.random(outcomes: columns, using: &random).probabilities
        let plan = Transport.plan(from: source, to: target, cost: cost)
        #expect(near(plan.cost, cheapestBasicPlan(source, target, cost), 1e-12))
        checkOptimal(plan, from: source, to: target, cost: cost)
      }
    }
  }

  @Test func noOtherPlanIsCheaper() {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<20 {
      let cost = randomCost(7, 5, &random)
      let source = Categorical.random(outcomes: 7, using: &random).probabilities
      let target = Categorical.random(outcomes: 5, using: &random).probabilities
      let plan = Transport.plan(from: source, to: target, cost: cost)
      let independent = Transport.independentMass(from: source, to: target)
      #expect(Transport.price(of: independent, at: cost) >= plan.cost)
      // A little mass round any rectangle keeps the marginals and never saves.
      for _ in 0..<50 {
        let (i, k) = (Int.random(in: 0..<7, using: &random), Int.random(in: 0..<7, using: &random))
        let (j, l) = (Int.random(in: 0..<5, using: &random), Int.random(in: 0..<5, using: &random))
        let moved = min(plan.mass[i][j], plan.mass[k][l])
        let change = moved * (cost[i][l] + cost[k][j] - cost[i][j] - cost[k][l])
        #expect(change >= -1e-13)
      }
    }
  }

  @Test func tiesAndZerosDoNotMakeItCircle() {
    var random = SeededGenerator(seed: 9)
    for round in 0..<60 {
      let (rows, columns) = (2 + round % 9, 2 + round % 7)
      // Costs of 0, 1 or 2 and masses in sevenths, some of them zero: ties everywhere.
      let cost = (0..<rows).map { _ in
        (0..<columns).map { _ in Double(Int.random(in: 0...2, using: &random)) }
      }
      var source = [Double](repeating: 0, count: rows)
      var target = [Double](repeating: 0, count: columns)
      for _ in 0..<7 {
        source[Int.random(in: 0..<rows, using: &random)] += 1
        target[Int.random(in: 0..<columns, using: &random)] += 1
      }
      let plan = Transport.plan(from: source, to: target, cost: cost)
      checkOptimal(plan, from: source, to: target, cost: cost)
      #expect(plan.cost == plan.cost.rounded(), "whole masses at whole costs move whole")
    }
    let flat = [[Double]](repeating: [Double](repeating: 1, count: 40), count: 40)
    let even = [Double](repeating: 1, count: 40)
    #expect(Transport.plan(from: even, to: even, cost: flat).cost == 40)
  }

  @Test func plansOfTwoHundredByTwoHundredAreTheCheapest() {
    var random = SeededGenerator(seed: 10)
    let p = MultivariateNormal.standard(2).sample(200, using: &random)
    let q = MultivariateNormal(mean: [2, 1], deviation: 0.5).sample(200, using: &random)
    let plan = Transport.plan(from: p, to: q, cost: euclideanDistance)
    let even = [Double](repeating: 1.0 / 200, count: 200)
    checkOptimal(
      plan, from: even, to: even, cost: Transport.costs(from: p, to: q, euclideanDistance))
    #expect(plan.routes.count == 200)
  }

  @Test func theCriticIsOneLipschitzAndReachesTheDistance() {
    var random = SeededGenerator(seed: 12)
    let p = Empirical(
      MultivariateNormal.standard(2).sample(30, using: &random),
      weights: Categorical.random(outcomes: 30, using: &random).probabilities)
    let q = Empirical(MultivariateNormal(mean: [1, 2], deviation: 0.5).sample(20, using: &random))
    let plan = Transport.plan(from: p, to: q, cost: euclideanDistance)
    let critic = plan.critic(targets: q.points, distance: euclideanDistance)
    #expect(near(p.expectation(of: critic) - q.expectation(of: critic), plan.cost, 1e-12))
    for _ in 0..<2_000 {
      let (x, y) = (random.normals(2).map { 3 * $0 }, random.normals(2).map { 3 * $0 })
      #expect(abs(critic(x) - critic(y)) <= euclideanDistance(x, y) + 1e-12)
    }
    // Along a route that carries mass the critic falls with slope one.
    for route in plan.routes {
      let (x, y) = (p.points[route.source], q.points[route.target])
      #expect(near(critic(x) - critic(y), euclideanDistance(x, y), 1e-12))
    }
    // Any other 1-Lipschitz function reaches less.
    for _ in 0..<200 {
      let angle = random.uniform(from: 0, to: 2 * Double.pi)
      let slope = { (x: [Double]) in cos(angle) * x[0] + sin(angle) * x[1] }
      #expect(p.expectation(of: slope) - q.expectation(of: slope) <= plan.cost)
    }
  }

  @Test func theCTransformTwiceGoesNoFurther() {
    var random = SeededGenerator(seed: 13)
    let cost = randomCost(6, 4, &random)
    let transposed = (0..<4).map { j in (0..<6).map { cost[$0][j] } }
    let potentials = random.normals(6)
    let once = Transport.cTransform(of: potentials, cost: cost)
    for j in 0..<4 { #expect(once[j] == (0..<6).map { cost[$0][j] - potentials[$0] }.min()!) }
    let twice = Transport.cTransform(of: once, cost: transposed)
    #expect(zip(twice, potentials).allSatisfy { $0 >= $1 - 1e-15 })
    #expect(distance(Transport.cTransform(of: twice, cost: cost), once) < 1e-15)
  }

  private func permutations(of size: Int) -> [[Int]] {
    size == 0
      ? [[]]
      : permutations(of: size - 1).flatMap { order in
        (0...order.count).map { place in
          var longer = order
          longer.insert(size - 1, at: place)
          return longer
        }
      }
  }

  /// Every vertex of the transport polytope is reached by some order of the routes, each filled as far as
  /// it goes: so the best of the greedy fillings over all orders is the best plan. Searched depth first.
  private func cheapestBasicPlan(
    _ source: [Double], _ target: [Double], _ cost: [[Double]]
  ) -> Double {
    var (left, room) = (source, target)
    var best = Double.infinity
    func fill(_ spent: Double) {
      var finished = true
      for i in left.indices where left[i] > 1e-14 {
        for j in room.indices where room[j] > 1e-14 {
          finished = false
          let moved = min(left[i], room[j])
          let (before, behind) = (left[i], room[j])
          left[i] -= moved
          room[j] -= moved
          fill(spent + moved * cost[i][j])
          (left[i], room[j]) = (before, behind)
        }
      }
      if finished { best = min(best, spent) }
    }
    fill(0)
    return best
  }
}
