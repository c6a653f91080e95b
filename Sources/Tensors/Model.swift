import Failures

/// A tensor that an optimiser may change: a weight of a layer.
///
/// A reference: every copy of a model shares its parameters, so that training one trains all.
public final class Parameter {
  /// The numbers now. Reading it inside `gradient(at: model)` gives the variable.
  public var value: Tensor {
    get {
      isRead = true
      return current
    }
    set {
      if newValue.shape != current.shape || newValue.precision != current.precision {
        fail(
          expected: "\(current.precision) numbers of shape \(current.shape) for a parameter",
          found: "\(newValue.precision) of shape \(newValue.shape)",
          mend: "a parameter keeps the shape it was made with")
      }
      current = newValue.detached
      current.buffer.isWeight = true
    }
  }

  public var shape: Shape { current.shape }
  public var precision: Precision { current.precision }

  private(set) var current: Tensor
  /// Whether a loss has looked at it since the gradient began.
  private(set) var isRead = false

  public init(_ value: Tensor) {
    current = value.detached
    current.buffer.isWeight = true
  }

  /// Lets a variable stand in for the value until `restore`, which takes what is returned.
  func watch(as variable: Tensor) -> (before: Tensor, wasRead: Bool) {
    defer {
      current = variable
      isRead = false
    }
    return (current, isRead)
  }

  func restore(_ before: (before: Tensor, wasRead: Bool)) {
    current = before.before
    isRead = isRead || before.wasRead
  }

  /// Changes the numbers in place, copying them first where somebody else holds them.
  package func update(_ change: (Tensor) -> Void) {
    current.makeUnique()
    current.buffer.isWeight = true
    change(current)
    current.buffer.forgetPacking()
  }
}

/// A struct whose stored parameters are its weights, directly or inside other models and lists of models.
///
/// ```swift
/// struct Critic: Model {
///   let hidden = Linear(2, 128, using: &random)
///   let score = Linear(128, 1, using: &random)
///   func callAsFunction(_ x: Tensor) -> Tensor { score(relu(hidden(x))) }
/// }
/// ```
public protocol Model {}

/// A parameter with the path of names that leads to it, as “encoder.layers[0].weight”.
public struct NamedParameter {
  public let name: String
  public let parameter: Parameter
}

extension Model {
  /// All parameters in the order they are declared; one that is stored twice stands once.
  public var parameters: [NamedParameter] {
    stored(Parameter.self).map { NamedParameter(name: $0.name, parameter: $0.part) }
  }

  /// How many numbers there are to learn.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.parameter.shape.elementCount } }

  /// The references of a kind that the model stores, with the path of names that leads to each: all, or the
  /// first few.
  package func stored<Part: AnyObject>(
    _ kind: Part.Type, atMost most: Int = .max
  ) -> [(name: String, part: Part)] {
    var found: [(name: String, part: Part)] = []
    var seen: Set<ObjectIdentifier> = []
    collect(from: self, under: "", atMost: most, into: &found, &seen)
    return found
  }
}

private func collect<Part: AnyObject>(
  from value: Any, under path: String, atMost most: Int,
  into found: inout [(name: String, part: Part)], _ seen: inout Set<ObjectIdentifier>
) {
  var index = -1
  for child in Mirror(reflecting: value).children {
    index += 1
    if found.count == most { return }
    if plainTypes.contains(ObjectIdentifier(type(of: child.value))) { continue }
    let name =
      child.label.map { path.isEmpty ? $0 : $0 == "some" ? path : "\(path).\($0)" }
      ?? "\(path)[\(index)]"
    if let part = child.value as? Part {
      if seen.insert(ObjectIdentifier(part)).inserted { found.append((name, part)) }
    } else {
      collect(from: child.value, under: name, atMost: most, into: &found, &seen)
    }
  }
}

/// What holds no part of a model and need not be looked through: a list of a million numbers, say.
private let plainTypes: Set<ObjectIdentifier> = Set(
  [
    Tensor.self, Shape.self, Activation.self, Padding.self, Precision.self, Int.self, Double.self,
    Float.self, Bool.self, String.self, [Tensor].self, [Int].self, [Double].self, [Float].self,
    [Bool].self, [String].self,
  ].map { (type: Any.Type) in ObjectIdentifier(type) })
