import Outputs
import Testing

@Suite("A claim")
struct ClaimTests {
  @Test("holds inside its tolerance and fails outside it")
  func tolerance() {
    let inside = Claim("π", .near(measured: [3.14], expected: [3.1416], tolerance: 0.01), line: 1)
    let outside = Claim("π", .near(measured: [3.1], expected: [3.1416], tolerance: 0.01), line: 1)
    #expect(inside.verdict == .passed)
    #expect(outside.verdict == .failed(why: "expected 3.1416 ± 0.01, found 3.1"))
  }

  @Test(
    "never passes on NaN",
    arguments: [
      Claim.Comparison.near(measured: [.nan], expected: [0], tolerance: 1),
      .near(measured: [0], expected: [.nan], tolerance: 1),
      .near(measured: [0], expected: [0], tolerance: .nan),
      .less(measured: .nan, than: 1), .atMost(measured: .nan, bound: 1),
      .greater(measured: .nan, than: 1), .atLeast(measured: .nan, bound: 1),
      .inside(measured: .nan, lower: 0, upper: 1),
    ])
  func notANumber(_ comparison: Claim.Comparison) {
    #expect(!Claim("nothing", comparison, line: 1).verdict.hasPassed)
  }

  @Test(
    "fails when its expected value moves just past its tolerance",
    arguments: [
      Claim.Comparison.near(measured: [1], expected: [1], tolerance: 0),
      .near(measured: [1e9], expected: [1e9], tolerance: 1e-12),
      .near(measured: [0.3, 2], expected: [0.31, 2], tolerance: 0.02),
      .less(measured: 1, than: 2), .atMost(measured: 2, bound: 2),
      .greater(measured: 3, than: 2), .atLeast(measured: 2, bound: 2),
      .inside(measured: 0.5, lower: 0.45, upper: 0.55), .holds(true),
    ])
  func shifted(_ comparison: Claim.Comparison) {
    #expect(comparison.reasonToFail == nil)
    #expect(comparison.shiftedJustPast.reasonToFail != nil)
  }

  @Test("says what is wrong with it")
  func mistakes() {
    #expect(
      Claim("c", .near(measured: [1], expected: [1], tolerance: -1), line: 1).verdict
        == .failed(why: "the tolerance must be zero or more, found -1.0"))
    #expect(
      Claim("c", .near(measured: [1, 2], expected: [1], tolerance: 1), line: 1).verdict
        == .failed(why: "expected 1 values, found 2"))
  }

  @Test("that must fail stands when it fails, and only then")
  func mustFail() {
    #expect(Claim("c", .holds(false), line: 1, mustFail: true).verdict == .passed)
    #expect(
      Claim("c", .holds(true), line: 1, mustFail: true).verdict
        == .failed(why: "expected this to fail, found that it holds"))
    #expect(
      Claim("c", .atMost(measured: .nan, bound: 1), line: 1, mustFail: true).verdict
        == .failed(why: "expected a number that fails the check, found NaN"))
  }
}
