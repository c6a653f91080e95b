import Failures
import Tensors

/// Changes a model's parameters along a gradient of its loss.
///
/// ```swift
/// var adam = Adam(rate: 1e-3)
/// let step = valueWithGradient(at: critic) { … }
/// adam.update(critic, along: step.gradient)
/// ```
public protocol Optimiser {
  /// The learning rate of the next update; it may be changed between two.
  var rate: Double { get set }

  /// One step for one parameter; false where the gradient is not finite.
  mutating func step(_ parameter: Parameter, along gradient: Tensor) -> Bool
}

extension Optimiser {
  /// One step for every parameter of the model at which the gradient was taken.
  ///
  /// Stops with the parameter's name where a gradient is not finite.
  public mutating func update(_ model: some Model, along gradient: Gradient) {
    gradient.requireBelonging(to: model)
    for (named, tensor) in zip(gradient.parameters, gradient.tensors) {
      gradient.requireShape(of: named, tensor)
      if !step(named.parameter, along: tensor) { gradient.failNotFinite(named, tensor) }
    }
  }
}

extension Gradient {
  /// The first parameters tell models apart; looking at all of them would cost as much as a small step.
  fileprivate func requireBelonging(to model: some Model) {
    let first = model.stored(Parameter.self, atMost: 1).first
    if first?.part !== parameters.first?.parameter {
      fail(
        expected: "a gradient taken at this \(type(of: model))", found: "one at another model",
        mend: "update the model at which the gradient was taken")
    }
  }

  fileprivate func requireShape(of named: NamedParameter, _ tensor: Tensor) {
    let value = named.parameter
    if tensor.shape != value.shape || tensor.precision != value.precision {
      fail(
        expected: "a gradient of shape \(value.shape) for \(named.name)",
        found: "\(tensor.precision) numbers of shape \(tensor.shape)",
        mend: "a gradient keeps the shapes of its parameters")
    }
  }

  fileprivate func failNotFinite(_ named: NamedParameter, _ tensor: Tensor) -> Never {
    let odd = tensor.scalars.count { !$0.isFinite }
    fail(
      expected: "a finite gradient",
      found:
        "\(odd) of \(tensor.count) numbers not finite in that of \(named.name) \(tensor.shape)",
      mend:
        "try a smaller rate, gradient.clipped(toNorm:), or look for a square root or logarithm of 0"
    )
  }
}

/// What an optimiser remembers of each parameter.
struct Remembered<Memory> {
  private var places: [ObjectIdentifier: Int] = [:]
  /// The parameters are held, so that no other can take over an identity.
  private var entries: [(parameter: Parameter, memory: Memory)] = []

  subscript(parameter: Parameter, begin begin: @autoclosure () -> Memory) -> Memory {
    mutating get {
      entries[place(of: parameter, begin)].memory
    }
    _modify {
      let place = place(of: parameter, begin)
      yield &entries[place].memory
    }
  }

  private mutating func place(of parameter: Parameter, _ begin: () -> Memory) -> Int {
    if let known = places[ObjectIdentifier(parameter)] { return known }
    places[ObjectIdentifier(parameter)] = entries.count
    entries.append((parameter, begin()))
    return entries.count - 1
  }
}
