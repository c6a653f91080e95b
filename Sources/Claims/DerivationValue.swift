/// What a line of a derivation may compute: `Double`, the exact `Rational`, an `Int`, which goes with
/// either, or an array of them, which is compared component by component.
public protocol DerivationValue {
  /// The kind of number it is made of; nil for whole numbers, which go with any.
  static var number: (any DerivationNumber.Type)? { get }
  /// Its components; `Number` is its own kind where it has one.
  func numbers<Number: DerivationNumber>(as: Number.Type) -> [Number]
}

/// One number of a derivation.
public protocol DerivationNumber: SignedNumeric, Comparable, DerivationValue
where Magnitude == Self {
  /// Whether arithmetic is exact, so that equal means equal.
  static var isExact: Bool { get }
  var approximation: Double { get }

  /// (self − other) / max(|self|, |other|, term); zero when they are equal, NaN when either is not
  /// finite.
  func difference(from other: Self, largestTerm term: Double) -> Double

  /// The number this far up, or down where the sign is minus; never the number itself.
  func moved(by distance: Double) -> Self
}

extension DerivationNumber {
  public static var number: (any DerivationNumber.Type)? { Self.self }
  public func numbers<Number: DerivationNumber>(as: Number.Type) -> [Number] { [self as! Number] }
}

extension Int: DerivationValue {
  public static var number: (any DerivationNumber.Type)? { nil }
  public func numbers<Number: DerivationNumber>(as: Number.Type) -> [Number] {
    guard let number = Number(exactly: self) else {
      fatalError("\(self) is too large to be compared with a Double; write it as one")
    }
    return [number]
  }
}

extension Array: DerivationValue where Element: DerivationValue {
  public static var number: (any DerivationNumber.Type)? { Element.number }
  public func numbers<Number: DerivationNumber>(as: Number.Type) -> [Number] {
    flatMap { $0.numbers(as: Number.self) }
  }
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
  public var approximation: Double { Double(self) }

  public func difference(from other: Rational, largestTerm term: Double) -> Double {
    if self == other { return 0 }
    let relative = Double((self - other) / max(magnitude, other.magnitude))
    // However small, a difference is one.
    return relative != 0
      ? relative : self < other ? -.leastNonzeroMagnitude : .leastNonzeroMagnitude
  }

  public func moved(by distance: Double) -> Rational {
    self + Rational(distance.sign == .minus ? -1 : 1, 1_000_000_000)
  }
}
