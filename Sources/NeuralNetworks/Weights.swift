import Failures
import Tensors

/// A model's weights as a value: every parameter and every running value, by name.
///
/// A snapshot to go back to, to give to another model of the same make, or to keep:
/// ```swift
/// let best = critic.weights
/// critic.weights = best
/// generator.weights = memo("the generator") { train(generator); return generator.weights }
/// ```
public struct Weights {
  /// Paths of stored properties, as “encoder.layers[0].weight”, in the order they are declared.
  public let names: [String]
  /// In the order of `names`.
  public let tensors: [Tensor]

  init(names: [String], tensors: [Tensor]) {
    self.names = names
    self.tensors = tensors
  }

  public subscript(name: String) -> Tensor {
    guard let index = names.firstIndex(of: name) else {
      fail(
        expected: "one of the weights \(names.joined(separator: ", "))", found: name,
        mend: "names are paths of stored properties")
    }
    return tensors[index]
  }

  /// A number that differs, in all likelihood, where a bit of any weight differs.
  public var digest: UInt64 {
    tensors.reduce(0) { ($0 ^ $1.digest) &* 0x100_0000_01B3 }
  }
}

extension Model {
  /// All parameters and running values as they are now. Setting them stops with an error where names or
  /// shapes are not this model's.
  public var weights: Weights {
    get {
      let places = weightPlaces
      return Weights(names: places.map(\.name), tensors: places.map { $0.read() })
    }
    nonmutating set {
      let places = weightPlaces
      if let misfit = places.misfit(of: newValue) {
        fail(expected: misfit.expected, found: misfit.found, mend: misfit.mend)
      }
      let named = Dictionary(uniqueKeysWithValues: zip(newValue.names, newValue.tensors))
      for place in places { place.write(named[place.name]!) }
    }
  }

  /// What is wrong with weights for this model; nil where they fit.
  func misfit(of weights: Weights) -> WeightsProblem? { weightPlaces.misfit(of: weights) }

  private var weightPlaces: [WeightPlace] {
    let parameters = stored(Parameter.self).map { name, parameter in
      WeightPlace(name: name, read: { parameter.value }, write: { parameter.value = $0 })
    }
    let running = stored(RunningValue.self).map { name, value in
      WeightPlace(name: name, read: { value.value }, write: { value.value = $0 })
    }
    return parameters + running
  }
}

/// Where in a model one of its weights is kept.
private struct WeightPlace {
  let name: String
  let read: () -> Tensor
  let write: (Tensor) -> Void
}

extension [WeightPlace] {
  fileprivate func misfit(of weights: Weights) -> WeightsProblem? {
    let given = Set(weights.names)
    let missing = filter { !given.contains($0.name) }.map(\.name)
    if !missing.isEmpty { return .missing(missing) }
    let own = Set(map(\.name))
    let extra = weights.names.filter { !own.contains($0) }
    if !extra.isEmpty { return .extra(extra) }
    for place in self {
      let (mine, other) = (place.read(), weights[place.name])
      if mine.shape != other.shape {
        return .wrongShape(place.name, expected: mine.shape, found: other.shape)
      }
      if mine.precision != other.precision {
        return .wrongPrecision(place.name, expected: mine.precision, found: other.precision)
      }
    }
    return nil
  }
}
