import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Wasserstein distances where there is a shorter way than a linear programme.
///
/// W_k(p, q) is the k-th root of the least cost of moving p onto q, where moving a unit of mass by a
/// distance d costs dᵏ.
public enum Wasserstein {
  /// W_k between two heaps on the line: sort both, and move the lowest mass to the lowest place.
  public static func onLine(
    _ p: Empirical<Double>, _ q: Empirical<Double>, order: Double = 1
  ) -> Double {
    guard order >= 1, order.isFinite else {
      fail(
        expected: "an order of 1 or more", found: "\(order)",
        mend: "below 1 sorting is not the cheapest plan")
    }
    var cost = 0.0
    forEachSortedRoute(from: p, to: q) { i, j, mass in
      let distance = abs(p.points[i] - q.points[j])
      cost += mass * (order == 1 ? distance : pow(distance, order))
    }
    return order == 1 ? cost : pow(cost, 1 / order)
  }

  /// W_k between two lists of numbers, each with the same mass on all of its numbers.
  public static func onLine(_ p: [Double], _ q: [Double], order: Double = 1) -> Double {
    onLine(Empirical(p), Empirical(q), order: order)
  }

  /// ∫ |F − G|, the area between the two cumulative distributions: the same number as W₁ on the line, by
  /// another route.
  public static func areaBetweenCumulatives(
    _ p: Empirical<Double>, _ q: Empirical<Double>
  ) -> Double {
    // Up at a point of p, down at a point of q: the running sum is F − G.
    let steps =
      (zip(p.points, p.weights).map { ($0, $1) } + zip(q.points, q.weights).map { ($0, -$1) })
      .sorted { $0.0 < $1.0 }
    var height = 0.0
    var area = 0.0
    for (index, step) in steps.enumerated().dropLast() {
      height += step.1
      area += abs(height) * (steps[index + 1].0 - step.0)
    }
    return area
  }

  /// ∫ |F − G| for two lists of numbers.
  public static func areaBetweenCumulatives(_ p: [Double], _ q: [Double]) -> Double {
    areaBetweenCumulatives(Empirical(p), Empirical(q))
  }

  /// W₂² of two normals: (μ_p − μ_q)² + (σ_p − σ_q)².
  public static func squaredDistance(_ p: Normal, _ q: Normal) -> Double {
    let (gap, spread) = (p.mean - q.mean, p.deviation - q.deviation)
    return gap * gap + spread * spread
  }

  /// W₂² of two normals, ‖μ_p − μ_q‖² + tr (Σ_p + Σ_q − 2 (Σ_p^½ Σ_q Σ_p^½)^½): the Fréchet distance.
  /// Source: Dowson & Landau, *The Fréchet distance between multivariate normal distributions* (1982).
  public static func squaredDistance(_ p: MultivariateNormal, _ q: MultivariateNormal) -> Double {
    let gap = MultivariateNormal.squaredDistance(p.mean, q.mean)
    requireDimension(p.dimension, of: q.mean, for: "the other MultivariateNormal")
    let (covarianceP, covarianceQ) = (p.covariance, q.covariance)
    let root = SymmetricEigen(covarianceP).mapped { max($0, 0).squareRoot() }
    let inner = SymmetricEigen(symmetricProduct(root, covarianceQ))
    return p.mean.indices.reduce(gap) { $0 + covarianceP[$1][$1] + covarianceQ[$1][$1] }
      - 2 * inner.values.reduce(0) { $0 + max($1, 0).squareRoot() }
  }

  /// R A R for symmetric R and A, made exactly symmetric.
  private static func symmetricProduct(_ r: [[Double]], _ a: [[Double]]) -> [[Double]] {
    let n = r.count
    func product(_ x: [[Double]], _ y: [[Double]]) -> [[Double]] {
      x.map { row in
        (0..<n).map { j in (0..<n).reduce(0) { $0 + row[$1] * y[$1][j] } }
      }
    }
    let full = product(product(r, a), r)
    return (0..<n).map { i in (0..<n).map { j in 0.5 * (full[i][j] + full[j][i]) } }
  }
}

extension Transport {
  /// The plan on the line that keeps the order: the cheapest for every cost that grows ever faster with
  /// distance, |x − y|ᵏ with k ≥ 1.
  public static func sortedMass(
    from p: Empirical<Double>, to q: Empirical<Double>
  ) -> [[Double]] {
    var mass = [[Double]](
      repeating: [Double](repeating: 0, count: q.points.count), count: p.points.count)
    forEachSortedRoute(from: p, to: q) { mass[$0][$1] += $2 }
    return mass
  }
}

/// Visits the routes of the order-keeping plan: source index, target index, mass.
private func forEachSortedRoute(
  from p: Empirical<Double>, to q: Empirical<Double>, _ visit: (Int, Int, Double) -> Void
) {
  for points in [p.points, q.points] {
    if let bad = points.first(where: { !$0.isFinite }) {
      fail(expected: "finite points", found: "\(bad)", mend: "check how it was computed")
    }
  }
  let sources = p.points.indices.sorted { p.points[$0] < p.points[$1] }
  let targets = q.points.indices.sorted { q.points[$0] < q.points[$1] }
  var (i, j) = (0, 0)
  var (left, room) = (p.weights[sources[0]], q.weights[targets[0]])
  while true {
    let moved = min(left, room)
    if moved > 0 { visit(sources[i], targets[j], moved) }
    let sourceIsEmpty = left <= room
    left -= moved
    room -= moved
    if sourceIsEmpty {
      i += 1
      if i == sources.count { return }
      left = p.weights[sources[i]]
    } else {
      j += 1
      if j == targets.count { return }
      room = q.weights[targets[j]]
    }
  }
}
