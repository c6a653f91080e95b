public import BigInt

/// An exact fraction of whole numbers without limit, in lowest terms.
///
///     let third: Rational = 1 / 3
///     (third + 1).power(2)        // 16/9
///
/// A derivation computed in rationals is exact: an equality then means equal.
public struct Rational: Sendable, Hashable {
  /// Carries the sign.
  public let numerator: BigInt
  /// More than zero; has no factor in common with the numerator.
  public let denominator: BigInt

  /// numerator / denominator. A denominator of zero ends the program.
  public init(_ numerator: BigInt, _ denominator: BigInt) {
    if denominator == 0 { fatalError("\(numerator)/0 is no Rational: division by zero") }
    let factor = numerator.greatestCommonDivisor(with: denominator) * denominator.signum()
    self.numerator = numerator / factor
    self.denominator = denominator / factor
  }

  /// numerator / denominator. A denominator of zero ends the program.
  public init(_ numerator: Int, _ denominator: Int = 1) {
    self.init(BigInt(numerator), BigInt(denominator))
  }

  /// self to the power of a whole number. A negative power of zero ends the program.
  public func power(_ exponent: Int) -> Rational {
    if exponent >= 0 {
      return Rational(numerator.power(exponent), denominator.power(exponent))
    }
    if self == 0 { fatalError("0 has no power \(exponent): division by zero") }
    return Rational(denominator, numerator).power(-exponent)
  }
}

extension Rational: SignedNumeric, Comparable {
  public init(integerLiteral value: Int) { self.init(value) }

  public init?(exactly source: some BinaryInteger) { self.init(BigInt(source), 1) }

  public var magnitude: Rational { Rational(abs(numerator), denominator) }

  public static func + (a: Rational, b: Rational) -> Rational {
    Rational(
      a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  public static func - (a: Rational, b: Rational) -> Rational { a + -b }

  public static prefix func - (a: Rational) -> Rational { Rational(-a.numerator, a.denominator) }

  public static func * (a: Rational, b: Rational) -> Rational {
    Rational(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  /// Division by zero ends the program.
  public static func / (a: Rational, b: Rational) -> Rational {
    if b == 0 { fatalError("\(a) cannot be divided by 0") }
    return Rational(a.numerator * b.denominator, a.denominator * b.numerator)
  }

  public static func *= (a: inout Rational, b: Rational) { a = a * b }

  public static func /= (a: inout Rational, b: Rational) { a = a / b }

  public static func < (a: Rational, b: Rational) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
}

extension Rational: CustomStringConvertible {
  /// "-1/3", or "2" for a whole number.
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }
}

extension Double {
  /// The double nearest to a fraction, ties to even (among subnormals to one unit in the last place);
  /// infinite beyond the largest double.
  public init(_ fraction: Rational) {
    let (numerator, denominator) = (fraction.numerator.magnitude, fraction.denominator.magnitude)
    // A quotient of 63 or 64 bits whose last bit is set when something remains: what is rounded once to
    // 53 bits is then rounded rightly.
    let shift = 63 - (numerator.bitWidth - denominator.bitWidth)
    let (quotient, rest) =
      shift >= 0
      ? (numerator << shift).quotientAndRemainder(dividingBy: denominator)
      : numerator.quotientAndRemainder(dividingBy: denominator << -shift)
    let bits = UInt64(quotient) | (rest == 0 ? 0 : 1)
    let size = Double(sign: .plus, exponent: -shift, significand: Double(bits))
    self = fraction.numerator < 0 ? -size : size
  }
}
