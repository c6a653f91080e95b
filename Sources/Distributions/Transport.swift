import Failures
import Randomness

/// Moving one heap of earth onto another as cheaply as possible.
///
/// A plan says how much mass goes from each source to each target; its cost is Σ mass · cost. Sources and
/// targets carry masses of equal sum. Source: Peyré & Cuturi, *Computational Optimal Transport* (2019).
public enum Transport {
  /// The cheapest plan, exactly, by linear programming.
  ///
  /// - Parameters:
  ///   - source: the mass at each of n sources; not negative.
  ///   - target: the mass at each of m targets; not negative, of the same sum as the source's.
  ///   - cost: n rows of m finite numbers, the cost of moving one unit of mass.
  public static func plan(
    from source: [Double], to target: [Double], cost: [[Double]]
  ) -> TransportPlan {
    let problem = TransportProblem(source: source, target: target, cost: cost)
    // Points without mass take no part; their potentials follow from those of the others.
    let rows = source.indices.filter { source[$0] > 0 }
    let columns = target.indices.filter { target[$0] > 0 }
    var simplex = TransportSimplex(
      source: rows.map { source[$0] }, target: columns.map { target[$0] },
      cost: rows.flatMap { row in columns.map { cost[row][$0] } })
    simplex.solve()
    var mass = problem.emptyPlan
    for (row, column, flow) in simplex.flows { mass[rows[row]][columns[column]] = flow }
    // A potential of −∞ leaves a source out of the minimum.
    var sourcePotentials = [Double](repeating: -.infinity, count: source.count)
    for (index, row) in rows.enumerated() {
      sourcePotentials[row] = simplex.sourcePotentials[index]
    }
    let targetPotentials = cTransform(of: sourcePotentials, cost: cost)
    for i in source.indices where source[i] == 0 {
      sourcePotentials[i] = zip(cost[i], targetPotentials).reduce(.infinity) {
        min($0, $1.0 - $1.1)
      }
    }
    return TransportPlan(
      problem: problem, mass: mass, sourcePotentials: sourcePotentials,
      targetPotentials: targetPotentials, pivots: simplex.pivots)
  }

  /// The cheapest plan between two clouds of weighted points, with `cost` the price of moving one unit of
  /// mass from x to y.
  public static func plan<Point>(
    from p: Empirical<Point>, to q: Empirical<Point>, cost: (Point, Point) -> Double
  ) -> TransportPlan {
    plan(from: p.weights, to: q.weights, cost: costs(from: p.points, to: q.points, cost))
  }

  /// The cheapest plan between two clouds of points, all of the same mass in each cloud.
  public static func plan<Point: Equatable & Sendable>(
    from p: [Point], to q: [Point], cost: (Point, Point) -> Double
  ) -> TransportPlan {
    plan(from: Empirical(p), to: Empirical(q), cost: cost)
  }

  /// The matrix of costs between each source and each target.
  public static func costs<Point>(
    from sources: [Point], to targets: [Point], _ cost: (Point, Point) -> Double
  ) -> [[Double]] {
    sources.map { x in targets.map { y in cost(x, y) } }
  }

  /// The plan that sends mass p from every source to every target in proportion: p qᵀ. Never cheaper than
  /// the cheapest.
  public static func independentMass(from source: [Double], to target: [Double]) -> [[Double]] {
    let total = target.reduce(0, +)
    return source.map { p in target.map { p * $0 / total } }
  }

  /// Σ mass · cost, the price of any plan.
  public static func price(of mass: [[Double]], at cost: [[Double]]) -> Double {
    zip(mass, cost).reduce(0) { sum, rows in
      zip(rows.0, rows.1).reduce(sum) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1 }
    }
  }

  /// The c-transform of source potentials, g_j = min_i (c_ij − f_i): the largest target potentials that go
  /// with them.
  public static func cTransform(of sourcePotentials: [Double], cost: [[Double]]) -> [Double] {
    if sourcePotentials.count != cost.count {
      fail(
        expected: "a potential for each of \(cost.count) rows of the cost",
        found: "\(sourcePotentials.count) potentials",
        mend: "transpose the cost to transform target potentials")
    }
    var result = [Double](repeating: .infinity, count: cost.first?.count ?? 0)
    for (row, potential) in zip(cost, sourcePotentials) {
      for j in result.indices { result[j] = min(result[j], row[j] - potential) }
    }
    return result
  }
}

/// ‖x − y‖, the distance as the crow flies.
public func euclideanDistance(_ x: [Double], _ y: [Double]) -> Double {
  requireDimension(x.count, of: y, for: "euclideanDistance")
  return MultivariateNormal.squaredDistance(x, y).squareRoot()
}

/// Two heaps of mass and the cost of moving a unit from each place of one to each of the other, checked.
struct TransportProblem: Sendable {
  let source: [Double]
  let target: [Double]
  let cost: [[Double]]

  init(source: [Double], target: [Double], cost: [[Double]]) {
    requireWeights(source, for: "source masses")
    requireWeights(target, for: "target masses")
    let (supply, demand) = (source.reduce(0, +), target.reduce(0, +))
    if abs(supply - demand) > 1e-9 * max(supply, demand) {
      fail(
        expected: "as much mass at the sources as at the targets",
        found: "\(supply) against \(demand)", mend: "divide each by its sum")
    }
    if cost.count != source.count {
      fail(
        expected: "a row of costs for each of \(source.count) sources", found: "\(cost.count) rows",
        mend: "costs are sources × targets")
    }
    for (row, entries) in cost.enumerated() {
      if entries.count != target.count {
        fail(
          expected: "a cost for each of \(target.count) targets",
          found: "\(entries.count) in row \(row)", mend: "costs are sources × targets")
      }
      if let column = entries.firstIndex(where: { !$0.isFinite }) {
        fail(
          expected: "finite costs", found: "\(entries[column]) at row \(row), column \(column)",
          mend: "check how it was computed")
      }
    }
    self.source = source
    self.target = target
    self.cost = cost
  }

  /// A plan that moves nothing.
  var emptyPlan: [[Double]] {
    [[Double]](
      repeating: [Double](repeating: 0, count: target.count), count: source.count)
  }
}
