import Failures

/// The gradient of a loss at a model: one tensor for each of its parameters.
public struct Gradient {
  public let parameters: [NamedParameter]
  /// In the order of `parameters`.
  public var tensors: [Tensor]

  /// The part that belongs to the parameter called `name`, as “encoder.weight”.
  public subscript(name: String) -> Tensor {
    guard let index = parameters.firstIndex(where: { $0.name == name }) else {
      fail(
        expected: "one of the parameters \(parameters.map(\.name).joined(separator: ", "))",
        found: name, mend: "names are paths of stored properties")
    }
    return tensors[index]
  }

  /// √Σ gᵢ² over all parameters, summed in float64: a gradient that has exploded has squares beyond float32.
  public var norm: Double {
    tensors.reduce(0) { sum, tensor in
      sum + tensor.detached.converted(to: .float64).squared().sum().scalar
    }.squareRoot()
  }

  /// All parts as one line of numbers, in the order of the parameters.
  public var flattened: Tensor { Tensor.concatenating(tensors.map { $0.flattened() }, axis: 0) }

  /// The gradient scaled so that its norm is at most `largest` (Pascanu et al., 2013).
  public func clipped(toNorm largest: Double) -> Gradient {
    let norm = norm
    guard norm > largest else { return self }
    return Gradient(parameters: parameters, tensors: tensors.map { $0 * (largest / norm) })
  }
}

/// The gradient of a loss at all parameters of a model. Other models that the loss uses are constant: to take
/// the gradient at one is to freeze the rest.
public func gradient<M: Model>(at model: M, _ loss: (M) throws -> Tensor) rethrows -> Gradient {
  try valueWithGradient(at: model, loss).gradient
}

/// A loss and its gradient at all parameters of a model.
///
/// Stops with an error where the loss is not one number or not finite, and where it never reads a parameter.
public func valueWithGradient<M: Model>(
  at model: M, _ loss: (M) throws -> Tensor
) rethrows -> (value: Tensor, gradient: Gradient) {
  let parameters = model.parameters
  if parameters.isEmpty {
    fail(
      expected: "a model with parameters", found: "none in \(M.self)",
      mend: "store layers or Parameters in it")
  }
  var unread: [String] = []
  let (value, gradients) = try differentiate(at: parameters.map { $0.parameter.current }) {
    variables in
    let before = zip(parameters, variables).map { $0.parameter.watch(as: $1) }
    defer {
      unread = parameters.filter { !$0.parameter.isRead }.map(\.name)
      for (known, kept) in zip(parameters, before) { known.parameter.restore(kept) }
    }
    return try loss(model)
  }
  if !unread.isEmpty {
    fail(
      expected: "a loss that uses every parameter of \(M.self)",
      found: "\(unread.joined(separator: ", ")) never read",
      mend: "take the gradient at the part that is used, or leave out what is not")
  }
  let tensors = zip(gradients, parameters).map { $0 ?? .zero(like: $1.parameter.current) }
  return (value, Gradient(parameters: parameters, tensors: tensors))
}
