import Failures

/// A tensor that an optimiser may change: a weight of a layer.
///
/// A reference: every copy of a model shares its parameters, so that training one trains all.
public final class Parameter {
  /// The numbers now. Reading it inside `gradient(at: model)` gives the variable.
  public var value: Tensor {
    get {
      if !isRead { isRead = true }
      return current
    }
    set {
      if newValue.shape != current.shape || newValue.precision != current.precision {
        fail(
          expected: "\(current.precision) numbers of shape \(current.shape) for a parameter",
          found: "\(newValue.precision) of shape \(newValue.shape)",
          mend: "a parameter keeps the shape it was made with")
      }
      requireUnwatched()
      current = newValue.detached
      current.buffer.isWeight = true
    }
  }

  public var shape: Shape { current.shape }
  public var precision: Precision { current.precision }

  private(set) var current: Tensor
  /// Whether a loss has looked at it since the gradient began.
  private(set) var isRead = false
  /// How many gradients are being taken at it, one inside the other.
  private var watchers = 0

  public init(_ value: Tensor) {
    current = value.detached
    current.buffer.isWeight = true
  }

  /// Lets a variable stand in for the value until `restore`, which takes what is returned.
  func watch(as variable: Tensor) -> (before: Tensor, wasRead: Bool) {
    defer {
      current = variable
      isRead = false
      watchers += 1
    }
    return (current, isRead)
  }

  func restore(_ before: (before: Tensor, wasRead: Bool)) {
    current = before.before
    isRead = isRead || before.wasRead
    watchers -= 1
  }

  private func requireUnwatched() {
    if watchers > 0 {
      fail(
        expected: "weights that stay while their gradient is taken", found: "a change of them",
        mend: "update the model after its gradient, not inside its loss")
    }
  }

  /// Changes the numbers in place, copying them first where somebody else holds them.
  package func update(_ change: (Tensor) -> Void) {
    requireUnwatched()
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
  for (name, child) in children(of: Mirror(reflecting: value), under: path) {
    if found.count == most { return }
    if let part = child as? Part {
      if seen.insert(ObjectIdentifier(part)).inserted { found.append((name, part)) }
    } else {
      let before = found.count
      collect(from: child, under: name, atMost: most, into: &found, &seen)
      if found.count > before, Mirror(reflecting: child).displayStyle == .set {
        fail(
          expected: "layers in properties, arrays or dictionaries",
          found: "a set of them in \(name)",
          mend: "a set has no order by which its weights could be told apart: use an array")
      }
    }
  }
}

/// What is stored in a value, with the path that leads to each: a superclass's parts first, a dictionary's by
/// their keys' order, which unlike its own is the same in every process.
private func children(of mirror: Mirror, under path: String) -> [(name: String, value: Any)] {
  var parts = mirror.superclassMirror.map { children(of: $0, under: path) } ?? []
  var index = 0
  for child in mirror.children {
    defer { index += 1 }
    if plainTypes.contains(ObjectIdentifier(type(of: child.value))) { continue }
    if mirror.displayStyle == .dictionary {
      let pair = Array(Mirror(reflecting: child.value).children)
      let key = pair[0].value
      parts.append(("\(path)[\(key is String ? "\"\(key)\"" : "\(key)")]", pair[1].value))
    } else if let label = child.label {
      parts.append(
        (path.isEmpty ? label : label == "some" ? path : "\(path).\(label)", child.value))
    } else {
      parts.append(("\(path)[\(index)]", child.value))
    }
  }
  return mirror.displayStyle == .dictionary ? parts.sorted { $0.name < $1.name } : parts
}

/// What holds no part of a model and need not be looked through: a list of a million numbers, say.
private let plainTypes: Set<ObjectIdentifier> = Set(
  [
    Tensor.self, Shape.self, Activation.self, Padding.self, Precision.self, Int.self, Double.self,
    Float.self, Bool.self, String.self, [Tensor].self, [Int].self, [Double].self, [Float].self,
    [Bool].self, [String].self,
  ].map { (type: Any.Type) in ObjectIdentifier(type) })
