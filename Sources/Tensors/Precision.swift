/// How finely a tensor's numbers are kept: float32 for models, float64 for checking gradients and derivations.
public enum Precision: Sendable, Equatable, CaseIterable, CustomStringConvertible {
  case float32
  case float64

  var bytes: Int { self == .float32 ? 4 : 8 }

  public var description: String { self == .float32 ? "float32" : "float64" }

  /// The precision of tensors that are made without saying one: float32, unless inside `withPrecision`.
  public static var standard: Precision { Tape.ofThread.precision }
}

/// Runs `body` with another standard precision, so that a whole model can be made in float64:
/// `withPrecision(.float64) { Linear(2, 3, using: &random) }`.
public func withPrecision<Result>(
  _ precision: Precision, _ body: () throws -> Result
) rethrows -> Result {
  let tape = Tape.ofThread
  let before = tape.precision
  tape.precision = precision
  defer { tape.precision = before }
  return try body()
}
