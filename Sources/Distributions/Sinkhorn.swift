import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A plan made smooth by an entropy term, and how far the iteration got.
///
/// It minimises Σ mass · cost + ε KL(mass ‖ p qᵀ); as ε → 0 its cost comes down to the exact one.
public struct SinkhornPlan: Sendable {
  public let mass: [[Double]]
  /// Σ mass · cost, without the entropy term.
  public let cost: Double
  /// f and g, with mass = p q exp((f + g − cost)/ε).
  public let sourcePotentials: [Double]
  public let targetPotentials: [Double]
  public let iterations: Int
  /// Σ |row sum − p|, the mass that still leaves the wrong sources; column sums are exact.
  public let marginalError: Double
  /// Whether the marginal error came below the tolerance within the allowed iterations.
  public let converged: Bool
}

extension Transport {
  /// Sinkhorn's iteration in the log domain: each potential in turn becomes the soft minimum that makes
  /// its marginal exact.
  ///
  /// - Parameters:
  ///   - regularisation: ε, in the units of the cost; smaller is nearer to the exact plan and slower.
  ///   - tolerance: when to stop, as a share of the total mass that leaves the wrong sources.
  ///   - limit: how many iterations at most.
  ///
  /// Source: Cuturi, *Sinkhorn distances* (2013).
  public static func sinkhorn(
    from source: [Double], to target: [Double], cost: [[Double]], regularisation: Double,
    tolerance: Double = 1e-9, limit: Int = 10_000
  ) -> SinkhornPlan {
    let problem = TransportProblem(source: source, target: target, cost: cost)
    guard regularisation > 0, regularisation.isFinite else {
      fail(
        expected: "a positive, finite regularisation", found: "\(regularisation)",
        mend: "use Transport.plan for the exact plan without any")
    }
    let (n, m) = (source.count, target.count)
    let total = source.reduce(0, +)
    let scaled = cost.flatMap { row in row.map { $0 / regularisation } }
    let logSource = source.map { log($0) }
    let logTarget = target.map { log($0) }
    // Potentials in units of ε.
    var f = [Double](repeating: 0, count: n)
    var g = [Double](repeating: 0, count: m)
    var terms = [Double](repeating: 0, count: max(n, m))
    var marginalError = Double.infinity
    var iterations = 0

    func softMinimum(_ count: Int, _ term: (Int) -> Double) -> Double {
      var largest = -Double.infinity
      for k in 0..<count {
        terms[k] = term(k)
        largest = max(largest, terms[k])
      }
      var sum = 0.0
      for k in 0..<count { sum += exp(terms[k] - largest) }
      return -largest - log(sum)
    }
    func updateSources() {
      marginalError = 0
      for i in 0..<n {
        let updated = softMinimum(m) { g[$0] - scaled[i * m + $0] + logTarget[$0] }
        marginalError += source[i] * abs(expm1(f[i] - updated))
        f[i] = updated
      }
    }
    func updateTargets() {
      for j in 0..<m {
        g[j] = softMinimum(n) { f[$0] - scaled[$0 * m + j] + logSource[$0] }
      }
    }

    updateSources()
    var (before, after) = (f, g)
    repeat {
      updateTargets()
      iterations += 1
      // The columns are exact now. What the sources would change by says how far off the rows are.
      (before, after) = (f, g)
      updateSources()
    } while marginalError > tolerance * total && iterations < limit

    let mass = (0..<n).map { i in
      (0..<m).map { j in source[i] * target[j] * exp(before[i] + after[j] - scaled[i * m + j]) }
    }
    return SinkhornPlan(
      mass: mass, cost: price(of: mass, at: problem.cost),
      sourcePotentials: before.map { $0 * regularisation },
      targetPotentials: after.map { $0 * regularisation }, iterations: iterations,
      marginalError: marginalError, converged: marginalError <= tolerance * total)
  }

  /// Sinkhorn's iteration between two clouds of weighted points.
  public static func sinkhorn<Point>(
    from p: Empirical<Point>, to q: Empirical<Point>, regularisation: Double,
    tolerance: Double = 1e-9, limit: Int = 10_000, cost: (Point, Point) -> Double
  ) -> SinkhornPlan {
    sinkhorn(
      from: p.weights, to: q.weights, cost: costs(from: p.points, to: q.points, cost),
      regularisation: regularisation, tolerance: tolerance, limit: limit)
  }
}
