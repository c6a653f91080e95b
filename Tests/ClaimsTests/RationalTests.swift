import BigInt
import Claims
import Randomness
import Testing

@Suite("A rational")
struct RationalTests {
  @Test("is in lowest terms with a positive denominator")
  func lowestTerms() {
    #expect(Rational(6, -4) == Rational(-3, 2))
    #expect(Rational(6, -4).numerator == -3)
    #expect(Rational(6, -4).denominator == 2)
    #expect(Rational(0, -7).denominator == 1)
    #expect(Set([Rational(1, 2), Rational(2, 4)]).count == 1)
    #expect(
      [Rational(1, 2), 3, Rational(-1, 3), 0].map(\.description) == ["1/2", "3", "-1/3", "0"])
  }

  @Test("computes as whole numbers do over a common denominator")
  func arithmetic() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<1_000 {
      let (a, c) = (
        Int.random(in: -50...50, using: &random), Int.random(in: -50...50, using: &random)
      )
      let (b, d) = (Int.random(in: 1...50, using: &random), Int.random(in: 1...50, using: &random))
      let (x, y) = (Rational(a, b), Rational(c, d))
      #expect(x + y == Rational(a * d + c * b, b * d))
      #expect(x - y == Rational(a * d - c * b, b * d))
      #expect(x * y == Rational(a * c, b * d))
      #expect(-x == Rational(-a, b))
      #expect(abs(x) == Rational(Swift.abs(a), b))
      #expect((x < y) == (a * d < c * b))
      #expect((x == y) == (a * d == c * b))
      if c != 0 {
        #expect(x / y == Rational(a * d, b * c))
        #expect(y.power(-3) == 1 / (y * y * y))
      }
      #expect(x.power(3) == x * x * x)
      #expect(x.power(0) == 1)
    }
  }

  @Test("is written with literals and keeps what a Double loses")
  func literals() {
    let third: Rational = 1 / 3
    #expect(third * 3 == 1)
    let tenth: Rational = 1 / 10
    #expect(tenth + tenth + tenth == Rational(3, 10))
    #expect((1...20).map { Rational(1, $0) }.reduce(0, +) == Rational(55_835_135, 15_519_504))
    #expect(Rational(exactly: 7 as UInt8) == 7)
  }

  @Test("is rounded to the nearest double")
  func rounding() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<10_000 {
      // Both are doubles, so that their IEEE quotient is rounded once, to nearest.
      let p =
        Int.random(in: -(1 << 53)...(1 << 53), using: &random)
        >> Int.random(in: 0...50, using: &random)
      let q =
        Int.random(in: 1...(1 << 53), using: &random) >> Int.random(in: 0...40, using: &random) | 1
      #expect(Double(Rational(p, q)) == Double(p) / Double(q))
    }
    let tie = Rational(1 << 53 + 1)
    #expect(Double(tie) == 0x1p53)
    #expect(Double(tie + Rational(1, BigInt(10).power(30))) == 0x1p53 + 2)
    #expect(Double(-(tie + Rational(1, BigInt(10).power(30)))) == -(0x1p53 + 2))
    #expect(Double(Rational(BigInt(10).power(400), BigInt(10).power(399) * 3)) == 10.0 / 3)
    #expect(Double(Rational(BigInt(10).power(400), 1)) == .infinity)
    #expect(Double(Rational(1, BigInt(2).power(1074))) == .leastNonzeroMagnitude)
    #expect(Double(Rational(1, BigInt(10).power(400))) == 0)
  }
}
