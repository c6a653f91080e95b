import Datasets
import Distributions
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct RingTests {
  @Test func theBumpsStandEvenlyOnTheCircle() {
    let ring = Mixture.ring(of: 6, radius: 3, deviation: 0.2)
    #expect(ring.weights.allSatisfy { abs($0 - 1.0 / 6) < 1e-15 })
    let means = ring.components.map(\.mean)
    #expect(means[0] == [3, 0])
    for (index, mean) in means.enumerated() {
      let next = means[(index + 1) % 6]
      let step = zip(mean, next).map { $1 - $0 }
      // In a regular hexagon the sides are as long as the radius; counterclockwise they turn left.
      #expect(abs((step[0] * step[0] + step[1] * step[1]).squareRoot() - 3) < 1e-12)
      #expect(mean[0] * next[1] - mean[1] * next[0] > 0)
      #expect(ring.components[index].deviations == [0.2, 0.2])
    }
  }

  @Test func thereAreEightUnlessSaidOtherwise() {
    #expect(Mixture.ring().components.count == 8)
  }

  @Test func aRingOfNoneStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Mixture.ring(of: 0)
    }
    #expect(
      words(result).contains(
        "expected a ring of at least one bump, found 0"))
  }
}

@Suite struct TwoMoonsTests {
  /// The mean of the density over 40,000 points evenly along both half circles.
  private func byTheBook(_ point: [Double], deviation: Double) -> Double {
    let steps = 20_000
    var sum = 0.0
    for step in 0..<steps {
      let angle = Double.pi * (Double(step) + 0.5) / Double(steps)
      let (x, y) = (cos(angle), sin(angle))
      for centre in [[x, y], [1 - x, 0.5 - y]] {
        sum += MultivariateNormal(mean: centre, deviation: deviation).density(at: point)
      }
    }
    return sum / Double(2 * steps)
  }

  @Test(arguments: [0.05, 0.1, 0.5])
  func theDensityIsTheMeanOverTheHalfCircles(deviation: Double) {
    let moons = TwoMoons(deviation: deviation)
    for point in [
      [0.0, 1], [0.5, 0.25], [-1, 0], [2, 0.5], [0, -0.2], [1.2, -0.4], [0, 0], [0.3, 0],
    ] {
      let expected = byTheBook(point, deviation: deviation)
      #expect(abs(moons.density(at: point) - expected) < 1e-6 * expected, "at \(point)")
    }
  }

  @Test func theDensityIntegratesToOne() {
    let moons = TwoMoons(deviation: 0.2)
    let whole = integrate(over: -2.6...3.6, -2.1...2.6, tolerance: 1e-6) { x, y in
      moons.density(at: [x, y])
    }
    #expect(abs(whole.value - 1) < 1e-6)
  }

  @Test func farAwayTheLogarithmStaysFinite() {
    let moons = TwoMoons(deviation: 0.02)
    let found = moons.logDensity(at: [40, 30])
    // The nearest point of the moons is about 49 away.
    #expect(
      found.isFinite && found < -(48 * 48) / (2 * 0.02 * 0.02)
        && found > -(50 * 50) / (2 * 0.02 * 0.02))
  }

  @Test func theDrawsHaveTheMeanAndEntropyOfTheDensity() {
    var random = SeededGenerator(seed: 12)
    let moons = TwoMoons(deviation: 0.2)
    let draws = moons.sample(20_000, using: &random)
    // E (cos t, sin t) = (0, 2/π), and the lower moon is the upper turned about (½, ¼).
    for (axis, expected) in [0.5, 0.25].enumerated() {
      let mean = Estimate(of: draws.map { $0[axis] })
      #expect(abs(mean.value - expected) < 4 * mean.standardError)
    }
    let entropy = integrate(over: -2.6...3.6, -2.1...2.6, tolerance: 1e-5) { x, y in
      let log = moons.logDensity(at: [x, y])
      return log > -700 ? -log * exp(log) : 0
    }
    let estimate = Estimate(of: draws.map { -moons.logDensity(at: $0) })
    #expect(abs(estimate.value - entropy.value) < 4 * estimate.standardError)
  }

  @Test func aDeviationOfZeroStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TwoMoons(deviation: 0)
    }
    #expect(
      words(result).contains(
        "expected a positive, finite deviation for TwoMoons, found 0.0"))
  }
}
