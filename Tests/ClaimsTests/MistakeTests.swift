import Claims
import Outputs
import Randomness
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A mistake an author can make, and the words that end the program.
enum Mistake: String, Codable, CaseIterable {
  case emptyClaim, emptyBreakIt, nestedBreakIt
  case noTitle, negativeInstances, nothingToCheckAt, namelessCorner, oneLine, noBeginning,
    secondFrom
  case emptyTeX, noReason, turned, mixedKinds, negativeTolerance, notANumberTolerance
  case toleranceOfExact, largestTermOfExact, drawsNothing, infiniteTerm, unequalComponents
  case noComponents
  case zeroDenominator, divisionByZero, negativePowerOfZero, saysInsideSilence, tooLargeWholeNumber
  case namelessMemo, memoTwice, memoSpeaks, memoKeys

  var words: String {
    switch self {
    case .emptyClaim: "line 4: expect needs a sentence that says what is claimed, found none"
    case .emptyBreakIt:
      "line 4: expectFailure needs a sentence that says what is broken, found none"
    case .nestedBreakIt:
      "line 5: expectFailure stands inside expectFailure(“outer”); put it after"
    case .noTitle: "line 4: a Derivation needs a title that says what it shows"
    case .negativeInstances: "line 4: “t” needs zero or more instances, found -1"
    case .nothingToCheckAt: "line 4: “t” has no instances and no corner to be checked at"
    case .namelessCorner: "line 4: a corner of “t” needs a name"
    case .oneLine: "line 4: “t” needs at least two lines, found 1"
    case .noBeginning: "line 5: “t” must begin with from"
    case .secondFrom: "line 6: line 2 of “t” begins again with from"
    case .emptyTeX: "line 6: line 2 of “t” has empty TeX"
    case .noReason: "line 6: line 2 of “t” gives no reason: say why it follows"
    case .turned:
      "line 7: “t” turns from ≥ to ≤, which says nothing about its ends; make two derivations of it"
    case .mixedKinds:
      "line 6: “t” computes Double before and Rational here; compute all lines alike"
    case .negativeTolerance:
      "line 4: the tolerance of “t” must be zero or more, and finite; found -1.0"
    case .notANumberTolerance:
      "line 6: the tolerance of “t” must be zero or more, and finite; found nan"
    case .toleranceOfExact: "line 6: “t” is computed exactly; take away its tolerance"
    case .largestTermOfExact: "line 4: “t” is computed exactly; take away its largestTerm"
    case .drawsNothing:
      "line 4: “t” draws nothing from the generator its instances are given, so that all 200 may be "
        + "the same; draw from it, or say instances: 0 and name a corner"
    case .infiniteTerm: "line 4: the largestTerm of “t” must be finite, found inf at instance 1"
    case .unequalComponents:
      "line 6: line 2 of “t” has 1 components at instance 1, where line 1 has 2"
    case .noComponents: "line 5: line 1 of “t” has 0 components at instance 1, where line 1 has 0"
    case .zeroDenominator: "3/0 is no Rational: division by zero"
    case .divisionByZero: "1/2 cannot be divided by 0"
    case .negativePowerOfZero: "0 has no power -1: division by zero"
    case .saysInsideSilence: "be quiet"
    case .tooLargeWholeNumber:
      "9223372036854775807 is too large to be compared with a Double; write it as one"
    case .namelessMemo: "line 4: memo needs a name for its result, found none"
    case .memoTwice:
      "line 5: memo(“model”) has the name of the one on line 4; each needs its own"
    case .memoSpeaks:
      "line 4: inside memo(“model”) nothing can be printed, shown or expected, since a kept result "
        + "would not say it again; do it after"
    case .memoKeys: "COURSE_MEMO_KEYS must be a JSON object of cell index and key, found nonsense"
    }
  }

  func make() {
    switch self {
    case .emptyClaim: expect(" ", true, line: 4)
    case .emptyBreakIt: expectFailure("", line: 4) { expect("x", true) }
    case .nestedBreakIt: expectFailure("outer") { expectFailure("inner", line: 5) {} }
    case .zeroDenominator: print(Rational(3, 0))
    case .divisionByZero: print(Rational(1, 2) / 0)
    case .negativePowerOfZero: print(Rational(0).power(-1))
    case .saysInsideSilence: Output.silent(because: "be quiet") { expect("x", true) }
    case .namelessMemo: _ = memo("", line: 4) { 1 }
    case .memoTwice:
      _ = memo("model", line: 4) { 1 }
      _ = memo("model", line: 5) { 2 }
    case .memoSpeaks:
      _ = memo("model", line: 4) {
        expect("x", true)
        return 1
      }
    case .memoKeys:
      setenv("COURSE_MEMO_DIRECTORY", "nowhere", 1)
      setenv("COURSE_MEMO_KEYS", "nonsense", 1)
      _ = memo("model") { 1 }
    default: _ = derivation?.check()
    }
  }

  private var derivation: Derivation<Double>? {
    let draw: (inout SeededGenerator) -> Double = { .random(in: 1...2, using: &$0) }
    func twoLines(
      _ title: String = "t", instances: Int = 200, within tolerance: Double? = nil,
      _ draw: @escaping (inout SeededGenerator) -> Double
    ) -> Derivation<Double> {
      Derivation(title, instances: instances, within: tolerance, line: 4, draw) {
        from("x", line: 5) { $0 }
        equals("x", because: "it is", line: 6) { $0 }
      }
    }
    func lines(
      @DerivationBuilder<Double> _ lines: () -> [DerivationPart<Double>]
    ) -> Derivation<Double> { Derivation("t", line: 4, draw, lines: lines) }

    return switch self {
    case .noTitle: twoLines(" ", draw)
    case .negativeInstances: twoLines(instances: -1, draw)
    case .nothingToCheckAt: twoLines(instances: 0, draw)
    case .negativeTolerance: twoLines(within: -1, draw)
    case .drawsNothing: twoLines { _ in 1 }
    case .namelessCorner:
      lines {
        corner("", 1)
        from("x", line: 5) { $0 }
        equals("x", because: "it is", line: 6) { $0 }
      }
    case .oneLine: lines { from("x", line: 5) { $0 } }
    case .noBeginning:
      lines {
        equals("x", because: "it is", line: 5) { $0 }
        equals("x", because: "it is", line: 6) { $0 }
      }
    case .secondFrom:
      lines {
        from("x", line: 5) { $0 }
        from("x", line: 6) { $0 }
      }
    case .emptyTeX:
      lines {
        from("x", line: 5) { $0 }
        equals("", because: "it is", line: 6) { $0 }
      }
    case .noReason:
      lines {
        from("x", line: 5) { $0 }
        equals("x", because: " ", line: 6) { $0 }
      }
    case .turned:
      lines {
        from("x", line: 5) { $0 }
        isAtLeast("x - 1", because: "1 is positive", line: 6) { $0 - 1 }
        isAtMost("x", because: "1 is positive", line: 7) { $0 }
      }
    case .mixedKinds:
      lines {
        from("x", line: 5) { $0 }
        equals("x", because: "it is", line: 6) { _ in Rational(1) }
      }
    case .notANumberTolerance:
      lines {
        from("x", line: 5) { $0 }
        equals("x", because: "it is", within: .nan, line: 6) { $0 }
      }
    case .toleranceOfExact:
      lines {
        from("x", line: 5) { _ in Rational(1) }
        equals("x", because: "it is", within: 1e-9, line: 6) { _ in Rational(1) }
      }
    case .largestTermOfExact:
      lines {
        largestTerm { $0 }
        from("x", line: 5) { _ in Rational(1) }
        equals("x", because: "it is", line: 6) { _ in Rational(1) }
      }
    case .infiniteTerm:
      lines {
        largestTerm { _ in .infinity }
        from("x", line: 5) { $0 }
        equals("x", because: "it is", line: 6) { $0 }
      }
    case .unequalComponents:
      lines {
        from("x", line: 5) { [$0, 1] }
        equals("x", because: "it is", line: 6) { $0 }
      }
    case .noComponents:
      lines {
        from("x", line: 5) { _ in [Double]() }
        equals("x", because: "it is", line: 6) { _ in [Double]() }
      }
    case .tooLargeWholeNumber:
      lines {
        from("x", line: 5) { $0 }
        equals("x", because: "it is", line: 6) { _ in Int.max }
      }
    default: nil
    }
  }
}

@Suite("A mistake of the author")
struct MistakeTests {
  @Test(
    "ends the program with words that say what, where and the mend", arguments: Mistake.allCases)
  func words(_ mistake: Mistake) async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [mistake] in
      mistake.make()
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("Fatal error: " + mistake.words + "\n"), "\(said)")
  }
}
