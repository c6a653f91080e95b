import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct GoodnessOfFitTests {
  @Test func theChiSquaredTailIsItsClosedForm() {
    for x in [0.01, 0.5, 2, 7, 20, 80] {
      #expect(
        near(ChiSquared.tail(of: x, degreesOfFreedom: 1), erfc((x / 2).squareRoot()), 1e-14))
      #expect(near(ChiSquared.tail(of: x, degreesOfFreedom: 2), exp(-x / 2), 1e-14))
      #expect(near(ChiSquared.tail(of: x, degreesOfFreedom: 4), exp(-x / 2) * (1 + x / 2), 1e-14))
    }
    // Seven degrees of freedom: the density x^{5/2} e^{−x/2} / (2^{7/2} Γ(7/2)), by quadrature.
    let density = { x in pow(x, 2.5) * exp(-x / 2) / (pow(2, 3.5) * tgamma(3.5)) }
    for x in [1.0, 5, 9, 15] {
      let above = integrate(over: x...200) { density($0) }.value
      #expect(near(ChiSquared.tail(of: x, degreesOfFreedom: 7), above, 1e-10))
    }
    #expect(ChiSquared.tail(of: 0, degreesOfFreedom: 3) == 1)
    #expect(near(ChiSquared.tail(of: 300, degreesOfFreedom: 300), 0.489_139, 1e-5))
  }

  @Test func theChiSquaredStatisticIsPearsonsSum() {
    let test = ChiSquared(counts: [30, 50, 20, 0], against: Categorical([0.25, 0.5, 0.25, 0]))
    #expect(near(test.statistic, 1 + 0 + 1, 1e-13) && test.degreesOfFreedom == 2)
    #expect(near(test.pValue, exp(-1), 1e-13))
    #expect(ChiSquared(counts: [1, 1, 1], against: Categorical([0.5, 0.5, 0])).pValue == 0)
  }

  @Test func theKolmogorovStatisticIsTheLargestStep() {
    let test = KolmogorovSmirnov(of: [0.1, 0.5, 0.6], against: Uniform(0, 1))
    #expect(near(test.statistic, 1 - 0.6, 1e-15))
    #expect(KolmogorovSmirnov(of: [1, 2, 3], against: [1, 2, 3]).statistic == 0)
    #expect(KolmogorovSmirnov(of: [1, 2], against: [3, 4]).statistic == 1)
    #expect(near(KolmogorovSmirnov(of: [1, 2, 2, 5], against: [2, 3]).statistic, 0.25, 1e-15))
  }

  @Test func pValuesOfRightAnswersAreSpreadEvenly() {
    var random = SeededGenerator(seed: 3)
    let categorical = Categorical(uniformOver: 6)
    var pValues: [[Double]] = [[], [], []]
    for _ in 0..<1_000 {
      pValues[0].append(
        KolmogorovSmirnov(of: random.normals(100), against: Normal.standard).pValue)
      pValues[1].append(
        KolmogorovSmirnov(of: random.normals(200), against: random.normals(211)).pValue)
      pValues[2].append(
        ChiSquared(of: categorical.sample(600, using: &random), against: categorical).pValue)
    }
    // The share below t is t, give or take √(t(1−t)/1000); the approximations add about 0.01.
    for values in pValues {
      for t in [0.05, 0.2, 0.5, 0.8] {
        let share = Double(values.count { $0 < t }) / 1_000
        #expect(near(share, t, 4 * (t * (1 - t) / 1_000).squareRoot() + 0.01), "\(t)")
      }
    }
  }

  @Test func theTwoSeriesOfKolmogorovsTailMeet() {
    // n = 10⁶ draws at the middle of equal cells have statistic 1/2n; shifting them sets it at will.
    let n = 1_000
    func pValue(_ x: Double) -> Double {
      let root = Double(n).squareRoot()
      let shift = x / (root + 0.12 + 0.11 / root) - 0.5 / Double(n)
      let draws = (0..<n).map { (Double($0) + 0.5) / Double(n) + shift }
      return KolmogorovSmirnov(of: draws, against: Uniform(0, 1)).pValue
    }
    #expect(near(pValue(1.18 - 1e-9), pValue(1.18 + 1e-9), 1e-7))
    #expect(near(pValue(1.3581), 0.05, 1e-4) && near(pValue(1.6276), 0.01, 1e-4))
    #expect(near(pValue(0.8276), 0.5, 1e-4))
  }
}
