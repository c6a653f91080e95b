import Claims
import Outputs
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Two normal densities, and what is known of them in closed form.
struct Normal {
  var mean: Double
  var deviation: Double

  static func random(using random: inout SeededGenerator) -> Normal {
    Normal(
      mean: .random(in: -2...2, using: &random), deviation: .random(in: 0.5...2, using: &random))
  }

  var entropy: Double { 0.5 * log(2 * .pi * deviation * deviation) + 0.5 }

  func crossEntropy(_ other: Normal) -> Double {
    let shift = mean - other.mean
    let variance = other.deviation * other.deviation
    return 0.5 * log(2 * .pi * variance) + (deviation * deviation + shift * shift) / (2 * variance)
  }

  func divergence(from other: Normal) -> Double {
    let ratio = deviation / other.deviation
    let shift = (mean - other.mean) / other.deviation
    return 0.5 * (ratio * ratio + shift * shift - 1) - log(ratio)
  }
}

@Suite("A derivation")
struct DerivationTests {
  typealias Pair = (p: Normal, q: Normal)

  /// KL(p‖q) = H(p, q) − H(p) ≥ 0, with a fault perhaps.
  func divergence(
    fault: @escaping (Pair) -> Double = { _ in 0 }
  ) -> Derivation<Pair> {
    Derivation("KL is the excess of the cross-entropy", line: 10) { random in
      (p: Normal.random(using: &random), q: Normal.random(using: &random))
    } lines: {
      corner("p is q", (p: Normal(mean: 1, deviation: 0.7), q: Normal(mean: 1, deviation: 0.7)))
      largestTerm { abs($0.p.entropy) + abs($0.p.crossEntropy($0.q)) }
      from(#"\mathrm{KL}(p\,\|\,q)"#, line: 12) { $0.p.divergence(from: $0.q) }
      equals("H(p, q) - H(p)", because: "the logarithm of a ratio splits", line: 13) {
        $0.p.crossEntropy($0.q) - $0.p.entropy + fault($0)
      }
      isAtLeast("0", because: "Gibbs' inequality", line: 14) { _ in 0 }
    }
  }

  @Test("that is true passes at every instance and corner")
  func trueIdentity() {
    let report = divergence().check()
    #expect(report.failure == nil)
    #expect(report.hasPassed)
    #expect(report.title == "KL is the excess of the cross-entropy")
    #expect(report.instances == 200)
    #expect(report.corners == ["p is q"])
    #expect(!report.isExact)
    #expect(report.line == 10)
    #expect(report.lines.map(\.line) == [12, 13, 14])
    #expect(report.lines.map(\.relation) == [.start, .equals, .atLeast])
    #expect(report.lines[0].reason == "")
    #expect(report.lines[0].worst == nil)
    #expect(report.lines[1].tex == "H(p, q) - H(p)")
    #expect(report.lines[1].worstResidual < 1e-12)
    #expect(report.lines[1].tolerance == 1e-12)
    #expect(report.lines[1].smallestGap == nil)
    #expect(report.lines[2].worst?.name == "p is q")
    #expect(report.warnings == [])
  }

  enum Fault: CaseIterable {
    case wrongSign, factorOfTwo, missingTerm, smallerTerm

    /// What it adds to H(p, q) − H(p).
    func amount(_ pair: Pair) -> Double {
      switch self {
      case .wrongSign: 2 * pair.p.entropy
      case .factorOfTwo: pair.p.divergence(from: pair.q)
      case .missingTerm: 1e-9
      case .smallerTerm: -1e-11
      }
    }
  }

  @Test("notices a fault, down to a missing term of 1e-11", arguments: Fault.allCases)
  func faults(_ fault: Fault) {
    let report = divergence(fault: fault.amount).check()
    #expect(!report.hasPassed)
    #expect(!report.lines[1].hasPassed)
  }

  @Test("says where it fails: claim, line, instance and both values")
  func failureText() {
    let doubling = Derivation("Doubling is adding twice", instances: 0, line: 1) { _ in
      0.0
    } lines: {
      corner("one", 1.0)
      corner("three", 3.0)
      from("2x") { 2 * $0 }
      equals("x + x", because: "2 = 1 + 1") { $0 + $0 }
      equals("x + 4", because: "a mistake") { $0 + 4 }
    }
    #expect(
      doubling.check().failure
        == "line 3 of “Doubling is adding twice” (=, “a mistake”) does not hold at one: 2.0 before, "
        + "5.0 here; residual 6e-1 of the scale, allowed 1e-12; one is 1.0")
  }

  @Test("names the random instance it fails at, counted from one")
  func instanceName() throws {
    let report = divergence { $0.p.mean > 1.95 ? 1 : 0 }.check()
    let worst = try #require(report.lines[1].worst)
    #expect(worst.description.hasPrefix("(p: ClaimsTests.Normal(mean: 1.9"))
    let number = try #require(worst.name.split(separator: " ").last.flatMap { Int($0) })
    #expect((1...200).contains(number))
    #expect(report.failure?.contains(" does not hold at instance \(number): ") == true)
    #expect(report.failure?.hasSuffix("; instance \(number) is \(worst.description)") == true)
  }

  @Test("is the same in every run and disturbs no other draw")
  func determinism() {
    random = SeededGenerator(seed: 5)
    let first = divergence().check()
    #expect(first == divergence().check())
    #expect(random == SeededGenerator(seed: 5))
  }

  @Test("draws other instances under another title")
  func titleSeeds() {
    func drawn(_ title: String) -> String? {
      Derivation(title, instances: 1) {
        Double.random(in: 0...1, using: &$0)
      } lines: {
        from("x") { $0 }
        equals("x", because: "it is") { $0 }
      }.check().lines[1].worst?.description
    }
    #expect(drawn("a") == drawn("a"))
    #expect(drawn("a") != drawn("b"))
  }

  @Test("keeps its first instances when more are asked for")
  func prefix() {
    func fails(_ instances: Int) -> String? {
      Derivation("prefix", instances: instances) {
        Double.random(in: 0...1, using: &$0)
      } lines: {
        from("x") { $0 }
        isAtMost("0", because: "the largest draw breaks it most") { _ in 0 }
      }.check().lines[1].worst?.name
    }
    let all = fails(50)
    #expect(all != nil)
    #expect(fails(51) == all || fails(51) == "instance 51")
  }

  @Test("inside expectFailure must fail, and stands when a line does")
  func breakIt() throws {
    let records = Output.collecting {
      expectFailure("with a term left out") { show(divergence { _ in -0.1 }) }
      expectFailure("with nothing left out") { show(divergence()) }
      expectFailure("with nothing computed") { show(divergence { _ in .nan }) }
    }
    let reports = records.compactMap { record in
      if case .derivation(let report) = record { report } else { nil }
    }
    try #require(records.count == 3 && reports.count == 3)
    #expect(reports[0].title == "with a term left out: KL is the excess of the cross-entropy")
    #expect(reports.map(\.mustFail) == [true, true, true])
    #expect(reports[0].failure == nil)
    #expect(
      reports[1].failure
        == "expected a line of “\(reports[1].title)” to fail, found that all 3 hold")
    #expect(
      reports[2].failure?.hasPrefix(
        "expected a line of “\(reports[2].title)” to be wrong, found only that nothing can be "
          + "compared: line 2 of “\(reports[2].title)” (=, “the logarithm of a ratio splits”) does not "
          + "hold at instance 1: ") == true)
    #expect(reports[2].failure?.contains("a value is not finite") == true)
  }

  @Test("is shown as a record that survives the wire, NaN and all")
  func wire() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      let tests = DerivationTests()
      show(tests.divergence())
      show(tests.divergence { _ in .nan })
    }
    let output = try #require(result).standardOutputContent
    let texts = output.split(separator: Output.recordSeparator)
    let records = try texts.map { try Record(json: $0) }
    try #require(records.count == 2)
    #expect(records[0] == .derivation(divergence().check()))
    guard case .derivation(let broken) = records[1] else {
      Issue.record("expected a derivation, found \(records[1])")
      return
    }
    #expect(broken.lines[1].worstResidual.isNaN)
    #expect(broken.failure == divergence { _ in .nan }.check().failure)
  }

  @Test("of rationals is exact: it notices any difference at all")
  func exact() {
    func square(_ error: Rational) -> DerivationReport {
      Derivation("The square of a sum") { random in
        (
          a: Rational(.random(in: -9...9, using: &random), 7),
          b: Rational(.random(in: -9...9, using: &random), 11)
        )
      } lines: {
        from("(a+b)^2") { ($0.a + $0.b).power(2) }
        equals("a^2 + 2ab + b^2", because: "the binomial theorem") {
          $0.a * $0.a + 2 * $0.a * $0.b + $0.b * $0.b + error
        }
        isAtLeast("4ab", because: "(a-b)^2 is not negative") { 4 * $0.a * $0.b }
      }.check()
    }
    let report = square(0)
    #expect(report.isExact)
    #expect(report.failure == nil)
    #expect(report.lines.map(\.tolerance) == [0, 0, 0])
    #expect(report.lines[1].worstResidual == 0)
    let wrong = square(Rational(1, 10).power(400))
    #expect(wrong.lines[1].worstResidual > 0)
    #expect(wrong.failure?.contains("of the scale, must be zero; instance") == true)
  }

  @Test("of whole numbers alone is exact, and whole numbers go with any other")
  func wholeNumbers() {
    let gauss = Derivation("Gauss' sum") {
      Int.random(in: 1...100, using: &$0)
    } lines: {
      from(#"2\sum_{k=1}^n k"#) { 2 * (1...$0).reduce(0, +) }
      equals("n(n+1)", because: "pairs add up to n + 1") { $0 * ($0 + 1) }
      isAtLeast("n", because: "n + 1 is at least one") { Rational($0) }
    }
    #expect(gauss.check().isExact)
    #expect(gauss.check().failure == nil)
  }

  @Test("of vectors compares component by component and names the one that fails")
  func vectors() {
    func gradient(_ fault: [Double]) -> DerivationReport {
      Derivation("The gradient of a product", instances: 0) { _ in
        [0.0]
      } lines: {
        corner("two and three", [2, 3, 5])
        from(#"\nabla xyz"#) { [$0[1] * $0[2], $0[0] * $0[2], $0[0] * $0[1]] }
        equals("xyz/x_i", because: "each factor drops out once") { x in
          let product = x.reduce(1, *)
          return zip(x, fault).map { product / $0 + $1 }
        }
      }.check()
    }
    #expect(gradient([0, 0, 0]).failure == nil)
    #expect(
      gradient([0, 1e-6, 0]).failure
        == "line 2 of “The gradient of a product” (=, “each factor drops out once”) does not hold at "
        + "two and three: 10.0 at index 1 before, 10.000001 at index 1 here; residual 1e-7 of the "
        + "scale, allowed 1e-12; two and three is [2.0, 3.0, 5.0]")
  }
}
