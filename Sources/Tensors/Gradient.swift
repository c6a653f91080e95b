import Failures

/// The gradient of a function at a point: the tensor of ∂f/∂xᵢ, in the point's shape.
///
/// `function` makes one number of the variable. What it uses besides is constant. Gradients nest: inside
/// `function` another gradient may be taken and its result used, and the outer one differentiates through it.
///
/// ```swift
/// let slope = gradient(at: x) { ($0 * $0).sum() }                                // 2x
/// let bend = gradient(at: x) { gradient(at: $0) { ($0 * $0 * $0).sum() }.sum() } // 6x
/// ```
/// Zero where the value does not depend on the variable.
public func gradient(
  at point: Tensor, _ function: (Tensor) throws -> Tensor
) rethrows -> Tensor {
  try valueWithGradient(at: point, function).gradient
}

/// A function's value at a point together with its gradient there.
public func valueWithGradient(
  at point: Tensor, _ function: (Tensor) throws -> Tensor
) rethrows -> (value: Tensor, gradient: Tensor) {
  let (value, gradients) = try differentiate(at: [point]) { try function($0[0]) }
  return (value, gradients[0] ?? .zero(like: point))
}

/// The gradients with respect to two variables.
public func gradient(
  at first: Tensor, _ second: Tensor, _ function: (Tensor, Tensor) throws -> Tensor
) rethrows -> (Tensor, Tensor) {
  let (_, gradients) = try differentiate(at: [first, second]) { try function($0[0], $0[1]) }
  return (gradients[0] ?? .zero(like: first), gradients[1] ?? .zero(like: second))
}

/// The product of a function's Hessian at a point with a direction, without the Hessian itself:
/// H v = ∇(∇f · v) (Pearlmutter, 1994).
public func hessianVectorProduct(
  at point: Tensor, along direction: Tensor, _ function: (Tensor) -> Tensor
) -> Tensor {
  if direction.shape != point.shape {
    fail(
      expected: "a direction of the point's shape \(point.shape)", found: "\(direction.shape)",
      mend: "give one number for each of the point's")
  }
  return gradient(at: point) { (gradient(at: $0, function) * direction).sum() }
}

extension Tensor {
  /// The same numbers as a constant: no gradient flows through them.
  public var detached: Tensor { Tensor(buffer, shape) }
}

/// A value and the cotangents of the variables; nil where nothing flows to a variable.
func differentiate(
  at points: [Tensor], _ function: ([Tensor]) throws -> Tensor
) rethrows -> (value: Tensor, gradients: [Tensor?]) {
  let tape = Tape.ofThread
  if tape.depth == Tape.deepest {
    fail(
      expected: "at most \(Tape.deepest) gradients inside one another", found: "one more",
      mend: "is a function calling itself without end?")
  }
  let sweep = Sweep(at: points)
  let variables = points.indices.map { sweep.variable($0, at: points[$0]) }
  let value: Tensor
  do { value = try function(variables) } catch {
    sweep.abandon()
    throw error
  }
  if value.count != 1 {
    fail(
      expected: "a gradient of one number", found: "shape \(value.shape)",
      mend: "perhaps .sum() or .mean() at the function's end")
  }
  if tape.depth == 1, !value.scalar.isFinite {
    FirstNonFinite.explain(value.scalar) { _ = try? function(variables) }
  }
  let gradients = sweep.goBack(from: value)
  return (tape.depth == 0 ? value.detached : value, gradients)
}
