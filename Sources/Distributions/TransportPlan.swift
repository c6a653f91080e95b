import Failures

/// The cheapest way to move one heap onto another, with the prices that prove it is the cheapest.
///
/// Duality: any potentials with f_i + g_j ≤ c_ij give Σ p f + Σ q g ≤ the cost of any plan. Those held
/// here reach equality, and f_i + g_j = c_ij wherever mass moves (complementary slackness).
public struct TransportPlan: Sendable {
  /// How much goes from source i to target j: rows sum to the source's masses, columns to the target's.
  public let mass: [[Double]]
  /// Σ mass · cost.
  public let cost: Double
  /// f, a price for each source.
  public let sourcePotentials: [Double]
  /// g, a price for each target.
  public let targetPotentials: [Double]
  /// How many times the simplex method exchanged a route.
  public let pivots: Int
  private let problem: TransportProblem

  init(
    problem: TransportProblem, mass: [[Double]], sourcePotentials: [Double],
    targetPotentials: [Double], pivots: Int
  ) {
    self.problem = problem
    self.mass = mass
    cost = Transport.price(of: mass, at: problem.cost)
    self.sourcePotentials = sourcePotentials
    self.targetPotentials = targetPotentials
    self.pivots = pivots
  }

  /// Σ p f + Σ q g, which equals the cost.
  public var dualValue: Double {
    let source = zip(problem.source, sourcePotentials).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(problem.target, targetPotentials).reduce(source) { $0 + $1.0 * $1.1 }
  }

  /// c_ij − f_i − g_j: nowhere negative, and zero on every route that carries mass.
  public var slack: [[Double]] {
    zip(problem.cost, sourcePotentials).map { row, f in
      zip(row, targetPotentials).map { $0 - f - $1 }
    }
  }

  /// The routes that carry mass.
  public var routes: [(source: Int, target: Int, mass: Double)] {
    mass.enumerated().flatMap { i, row in
      row.enumerated().compactMap { j, mass in mass > 0 ? (i, j, mass) : nil }
    }
  }

  /// The best critic of Kantorovich and Rubinstein: φ(x) = min_j (d(x, y_j) − g_j) over the targets y_j.
  ///
  /// Where the cost is a distance d, φ is 1-Lipschitz everywhere and E_p φ − E_q φ is the cost of this
  /// plan, the largest value any 1-Lipschitz function reaches.
  public func critic<Point: Sendable>(
    targets: [Point], distance: @escaping @Sendable (Point, Point) -> Double
  ) -> @Sendable (Point) -> Double {
    if targets.count != targetPotentials.count {
      fail(
        expected: "the \(targetPotentials.count) target points of this plan",
        found: "\(targets.count)", mend: "give the points the plan leads to")
    }
    let potentials = targetPotentials
    return { x in
      zip(targets, potentials).reduce(.infinity) { min($0, distance(x, $1.0) - $1.1) }
    }
  }
}
