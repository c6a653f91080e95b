import Distributions
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct QuadratureTests {
  @Test func integralsAreThoseOfTheCalculus() {
    #expect(near(integrate(over: 0...Double.pi) { sin($0) }.value, 2, 1e-14))
    #expect(near(integrate(over: -1...3) { pow($0, 7) }.value, (6_561.0 - 1) / 8, 1e-11))
    #expect(near(integrate(over: 0...1) { 1 / (1 + $0 * $0) }.value, .pi / 4, 1e-15))
    #expect(near(integrate(over: 0...50) { exp(-$0) * cos(3 * $0) }.value, 0.1, 1e-12))
  }

  @Test func theErrorCoversTheDifferenceFromTheTruth() {
    let kink = integrate(over: 0...1) { abs($0 - 1 / 3.0.squareRoot()) }
    let a = 1 / 3.0.squareRoot()
    let truth = 0.5 * (a * a + (1 - a) * (1 - a))
    #expect(abs(kink.value - truth) <= kink.error && kink.error < 1e-11, "\(kink) \(truth)")
    let root = integrate(over: 0...1) { $0.squareRoot() }
    #expect(abs(root.value - 2.0 / 3) <= root.error && root.error < 1e-11)
    // With few pieces allowed to be wrong, the error says so.
    let rough = integrate(over: 0...1, tolerance: 1e-3) { $0 < 0.123 ? 1 : 0 }
    #expect(abs(rough.value - 0.123) <= rough.error && rough.error <= 1e-3)
  }

  @Test func evaluationsAreCounted() {
    var calls = 0
    let integral = integrate(over: 0...1) { x in
      calls += 1
      return abs(x - 0.3)
    }
    #expect(integral.evaluations == calls)
    calls = 0
    let plane = integrate(over: 0...1, 0...2) { x, y in
      calls += 1
      return x * y
    }
    #expect(plane.evaluations == calls)
  }

  @Test func aPlaneIntegralIsTheProductOfItsLines() {
    let value = integrate(over: 0...1, -2...3) { x, y in exp(x) * cos(y) }
    #expect(near(value.value, (exp(1.0) - 1) * (sin(3.0) - sin(-2.0)), 1e-12))
    #expect(value.error < 1e-8)
  }
}
