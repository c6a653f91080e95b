/// What a line of a derivation may compute: `Double`, the exact `Rational`, or an array of either, which
/// is compared component by component.
public protocol DerivationValue {
  associatedtype Number: DerivationNumber
  var numbers: [Number] { get }
}

/// One number of a derivation.
public protocol DerivationNumber: SignedNumeric, Comparable, DerivationValue
where Magnitude == Self {
  /// Whether arithmetic is exact, so that equal means equal.
  static var isExact: Bool { get }
  var isFinite: Bool { get }
  var approximation: Double { get }

  /// (self − other) / max(|self|, |other|, term); zero when they are equal, NaN when either is not
  /// finite.
  func difference(from other: Self, largestTerm term: Double) -> Double

  /// The number this far up, or down where the sign is minus; never the number itself.
  func moved(by distance: Double) -> Self
}

extension DerivationNumber {
  public var numbers: [Self] { [self] }
}

extension Array: DerivationValue where Element: DerivationNumber {
  public var numbers: [Element] { self }
}

extension Double: DerivationNumber {
  public static var isExact: Bool { false }
  public var approximation: Double { self }

  public func difference(from other: Double, largestTerm term: Double) -> Double {
    guard isFinite && other.isFinite else { return .nan }
    return self == other ? 0 : (self - other) / max(abs(self), abs(other), term)
  }

  public func moved(by distance: Double) -> Double {
    let moved = self + distance
    return moved != self ? moved : distance.sign == .minus ? nextDown : nextUp
  }
}

extension Rational: DerivationNumber {
  public static var isExact: Bool { true }
  public var isFinite: Bool { true }
  public var approximation: Double { Double(self) }

  public func difference(from other: Rational, largestTerm term: Double) -> Double {
    if self == other { return 0 }
    let relative = Double((self - other) / max(magnitude, other.magnitude))
    // However small, a difference is one.
    return relative != 0 ? relative : self < other ? -.leastNonzeroMagnitude : .leastNonzeroMagnitude
  }

  public func moved(by distance: Double) -> Rational {
    self + Rational(distance.sign == .minus ? -1 : 1, 1_000_000_000)
  }
}
