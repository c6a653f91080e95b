internal import RealModule

// The functions of a calculator, and none of the C library's other names: there `random`, `gamma`, `y0`
// and `index` would lie in wait for a chapter's variables.

/// eˣ.
public func exp(_ x: Double) -> Double { .exp(x) }
/// The natural logarithm.
public func log(_ x: Double) -> Double { .log(x) }
/// log(1 + x), exact where x is small.
public func log1p(_ x: Double) -> Double { .log(onePlus: x) }
/// eˣ − 1, exact where x is small.
public func expm1(_ x: Double) -> Double { .expMinusOne(x) }
/// The logarithm to base 2.
public func log2(_ x: Double) -> Double { .log2(x) }
public func sqrt(_ x: Double) -> Double { x.squareRoot() }
/// xʸ; where x is negative, y must be whole.
public func pow(_ x: Double, _ y: Double) -> Double {
  guard x < 0, let whole = Int(exactly: y) else { return .pow(x, y) }
  return .pow(x, whole)
}
public func sin(_ x: Double) -> Double { .sin(x) }
public func cos(_ x: Double) -> Double { .cos(x) }
public func tan(_ x: Double) -> Double { .tan(x) }
public func tanh(_ x: Double) -> Double { .tanh(x) }
/// The angle of the point (x, y).
public func atan2(_ y: Double, _ x: Double) -> Double { .atan2(y: y, x: x) }
/// The error function.
public func erf(_ x: Double) -> Double { .erf(x) }
public func floor(_ x: Double) -> Double { x.rounded(.down) }
public func ceil(_ x: Double) -> Double { x.rounded(.up) }
