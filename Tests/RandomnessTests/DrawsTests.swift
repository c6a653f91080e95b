import Randomness
import Testing

/// A generator that always gives the same word, to look at the ends of the range.
struct Stuck: RandomNumberGenerator {
  let word: UInt64
  func next() -> UInt64 { word }
}

@Suite struct DrawsTests {
  @Test func theGeneratorGivesTheWordsOfAnIndependentImplementation() {
    var random = SeededGenerator(seed: 7)
    #expect(
      (0..<4).map { _ in random.next() } == [
        0xB358_FAF7_4EF9_765A, 0x475C_3D96_4F48_2CD2, 0xD6F1_D349_952C_7996, 0xFB29_3873_1E80_7240,
      ])
  }

  @Test func theSameSeedGivesTheSameDrawsAndAnotherSeedOthers() {
    var (first, again, other) = (
      SeededGenerator(seed: 1), SeededGenerator(seed: 1), SeededGenerator(seed: 2)
    )
    let draws = first.normals(100)
    #expect(draws == again.normals(100))
    #expect(draws != other.normals(100))
  }

  @Test func aUniformDrawIsNeverZeroAndNeverOne() {
    var (lowest, highest) = (Stuck(word: 0), Stuck(word: .max))
    #expect(lowest.uniform() > 0)
    #expect(highest.uniform() < 1)
    #expect(lowest.uniform() == 1 - highest.uniform())
    #expect(lowest.normal().isFinite && highest.normal().isFinite)
    #expect(lowest.exponential().isFinite && highest.exponential() > 0)
  }

  @Test func uniformDrawsHaveTheMomentsOfTheUnitInterval() {
    var random = SeededGenerator(seed: 3)
    let n = 200_000
    let draws = (0..<n).map { _ in random.uniform() }
    // E uᵏ = 1/(k+1), Var uᵏ = 1/(2k+1) − 1/(k+1)².
    for k in 1...4 {
      let mean = draws.reduce(0) { $0 + power($1, k) } / Double(n)
      let expected = 1 / Double(k + 1)
      let variance = 1 / Double(2 * k + 1) - expected * expected
      #expect(abs(mean - expected) < 4 * (variance / Double(n)).squareRoot(), "moment \(k)")
    }
  }

  @Test func normalDrawsHaveTheMomentsOfTheStandardNormal() {
    var random = SeededGenerator(seed: 4)
    let n = 400_000
    let draws = random.normals(n)
    // E zᵏ is 0, 1, 0, 3, 0, 15 and Var zᵏ = E z²ᵏ − (E zᵏ)².
    let moments = [1.0, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395]
    for k in 1...6 {
      let mean = draws.reduce(0) { $0 + power($1, k) } / Double(n)
      let variance = moments[2 * k] - moments[k] * moments[k]
      #expect(abs(mean - moments[k]) < 4 * (variance / Double(n)).squareRoot(), "moment \(k)")
    }
  }

  @Test func neighbouringNormalDrawsAreUncorrelated() {
    var random = SeededGenerator(seed: 5)
    let draws = random.normals(200_001)
    for lag in 1...3 {
      let products = (0..<200_000 - lag).map { draws[$0] * draws[$0 + lag] }
      let mean = products.reduce(0, +) / Double(products.count)
      #expect(abs(mean) < 4 / Double(products.count).squareRoot(), "lag \(lag)")
    }
  }

  @Test func exponentialDrawsHaveMeanOneAndVarianceOne() {
    var random = SeededGenerator(seed: 6)
    let n = 200_000
    let draws = (0..<n).map { _ in random.exponential() }
    let mean = draws.reduce(0, +) / Double(n)
    let square = draws.reduce(0) { $0 + $1 * $1 } / Double(n)
    #expect(abs(mean - 1) < 4 / Double(n).squareRoot())
    #expect(abs(square - 2) < 4 * (20 / Double(n)).squareRoot())
  }

  @Test func aDrawTakesTheNumberOfWordsItPromises() {
    var (a, b) = (SeededGenerator(seed: 8), SeededGenerator(seed: 8))
    _ = (a.uniform(), a.normal(), a.exponential(), a.uniform(from: -1, to: 1))
    for _ in 0..<5 { _ = b.next() }
    #expect(a == b)
  }

  @Test func everyOrderOfThreeIsEquallyLikely() {
    var random = SeededGenerator(seed: 9)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<60_000 { counts[random.permutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    // A binomial count of 10,000 has deviation √(60,000 · 1/6 · 5/6) ≈ 91.
    for (order, count) in counts { #expect(abs(count - 10_000) < 4 * 91, "\(order)") }
  }

  private func power(_ x: Double, _ k: Int) -> Double { (0..<k).reduce(1) { y, _ in y * x } }
}
