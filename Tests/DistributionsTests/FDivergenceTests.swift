import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct FDivergenceTests {
  @Test(arguments: FDivergence.all.indices) func convexAndZeroAtOne(row: Int) {
    let f = FDivergence.all[row]
    #expect(near(f.generator(1), 0, 1e-16))
    for u in stride(from: 0.05, to: 4, by: 0.05) {
      let (left, right) = (f.generator(u - 0.01), f.generator(u + 0.01))
      #expect(left + right >= 2 * f.generator(u) - 1e-14, "\(f.name) at \(u)")
    }
  }

  @Test(arguments: FDivergence.all.indices) func theDerivativeIsTheSlope(row: Int) {
    for u in [0.1, 0.6, 0.95, 1.3, 4, 20] {
      let f = FDivergence.all[row]
      let slope = (f.generator(u + 1e-5) - f.generator(u - 1e-5)) / 2e-5
      #expect(near(f.derivative(u), slope, 1e-6), "\(f.name) at \(u)")
    }
  }

  @Test(arguments: FDivergence.all.indices) func theConjugateIsTheSupremum(row: Int) {
    let f = FDivergence.all[row]
    for u in [0.05, 0.2, 0.5, 0.9, 1.2, 2, 7, 30] {
      // At t = f′(u) the supremum of v t − f(v) is reached at v = u; elsewhere it must not be beaten.
      let t = f.derivative(u)
      #expect(near(f.conjugate(t), u * t - f.generator(u), 1e-12 * max(1, u)), "\(f.name) at \(u)")
      for v in stride(from: 0.01, to: 60, by: 0.01) {
        #expect(v * t - f.generator(v) <= f.conjugate(t) + 1e-12 * max(1, v))
      }
    }
  }

  @Test(arguments: FDivergence.all.indices) func theEndsAreTheLimits(row: Int) {
    let f = FDivergence.all[row]
    if f.atZero.isFinite {
      #expect(near(f.generator(1e-14), f.atZero, 1e-6), "\(f.name)")
    } else {
      #expect(f.generator(1e-14) > 30, "\(f.name)")
    }
    if f.growth.isFinite {
      #expect(near(f.generator(1e14) / 1e14, f.growth, 1e-6), "\(f.name)")
    } else {
      #expect(f.generator(1e14) / 1e14 > 30, "\(f.name)")
    }
  }

  @Test func theTableHoldsTheNamedDivergences() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<50 {
      let p = Categorical.random(outcomes: 5, using: &random)
      let q = Categorical.random(outcomes: 5, using: &random)
      let pairs = Array(zip(p.probabilities, q.probabilities))
      func sum(_ term: (Double, Double) -> Double) -> Double {
        pairs.reduce(0) { $0 + term($1.0, $1.1) }
      }
      let js = JS.divergence(p, q)
      let expected: [(FDivergence, Double)] = [
        (.kullbackLeibler, KL.divergence(p, q)), (.reverseKullbackLeibler, KL.divergence(q, p)),
        (.jensenShannon, js), (.gan, 2 * js - log(4.0)),
        (.pearson, sum { ($0 - $1) * ($0 - $1) / $1 }),
        (.neyman, sum { ($0 - $1) * ($0 - $1) / $0 }),
        (.squaredHellinger, sum { pow($0.squareRoot() - $1.squareRoot(), 2) }),
        (.totalVariation, TotalVariation.distance(p, q)),
        (.jeffreys, KL.divergence(p, q) + KL.divergence(q, p)),
      ]
      for (f, value) in expected {
        #expect(near(f(p, q), value, 1e-10 * max(1, value)), "\(f.name)")
      }
      // Any T is a lower bound, and f′(p/q) reaches the divergence.
      for f in FDivergence.all + [.gan] {
        let best = pairs.map { f.derivative($0.0 / $0.1) }
        func bound(_ t: [Double]) -> Double {
          p.expectation { t[$0] } - q.expectation { f.conjugate(t[$0]) }
        }
        #expect(near(bound(best), f(p, q), 1e-10 * max(1, f(p, q))), "\(f.name)")
        let other = best.map { $0 - 0.3 * random.uniform() }
        #expect(bound(other) <= f(p, q) + 1e-12, "\(f.name)")
      }
    }
  }

  @Test func supportsThatDifferTakeTheLimits() {
    let (p, q) = (Categorical([0.5, 0.5, 0]), Categorical([0, 0.5, 0.5]))
    #expect(FDivergence.kullbackLeibler(p, q) == .infinity)
    #expect(FDivergence.reverseKullbackLeibler(p, q) == .infinity)
    #expect(FDivergence.pearson(p, q) == .infinity && FDivergence.neyman(p, q) == .infinity)
    #expect(FDivergence.jeffreys(p, q) == .infinity)
    #expect(near(FDivergence.jensenShannon(p, q), JS.divergence(p, q), 1e-15))
    #expect(near(FDivergence.totalVariation(p, q), 0.5, 1e-16))
    #expect(near(FDivergence.squaredHellinger(p, q), 1, 1e-16))
    // What q allows and p rules out costs Pearson's χ² only its share.
    let narrow = Categorical([0, 1, 0])
    #expect(near(FDivergence.pearson(narrow, q), 1, 1e-15))
  }
}
