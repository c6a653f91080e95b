import Failures
import Tensors

/// A tensor that a layer carries from step to step and no gradient changes: a running mean, the direction of a
/// power iteration.
///
/// A reference like ``Parameter``: copies of a model share it. It is saved with the weights.
public final class RunningValue {
  public internal(set) var value: Tensor
  /// Whether the layer uses the value without changing it; see ``Tensors/Model/inEvaluation(_:)``.
  public fileprivate(set) var isHeld = false

  init(_ value: Tensor) { self.value = value.detached }
}

extension Model {
  /// Runs `body` with this model as it is once trained: batch normalisation uses its running mean and variance
  /// instead of the batch's, and no running value changes.
  ///
  /// ```swift
  /// let pictures = generator.inEvaluation { $0(codes) }
  /// ```
  /// It is a matter of this model alone; others inside `body` go on as they were.
  public func inEvaluation<Result>(_ body: (Self) throws -> Result) rethrows -> Result {
    let values = stored(RunningValue.self).map(\.part)
    let before = values.map(\.isHeld)
    for value in values { value.isHeld = true }
    defer { for (value, wasHeld) in zip(values, before) { value.isHeld = wasHeld } }
    return try body(self)
  }
}
