import Randomness
import Tensors

/// How far apart the points of a difference quotient lie. At this step the formula of fourth order is wrong
/// by about h⁴ = 10⁻¹⁶, and rounding adds 10⁻¹⁶/h = 10⁻¹².
let differenceStep = 0x1p-13

/// The derivative at 0 of a function of one number, by four points around it.
func slope<Value>(
  _ function: (Double) -> Value, _ combine: (_ near: (Value, Value), _ far: (Value, Value)) -> Value
) -> Value {
  let h = differenceStep
  return combine((function(h), function(-h)), (function(2 * h), function(-2 * h)))
}

/// dy/dt of a tensor y(t).
func slope(_ function: (Double) -> Tensor) -> Tensor {
  slope(function) { near, far in
    ((near.0 - near.1) * 8 - (far.0 - far.1)) / (12 * differenceStep)
  }
}

/// ∂f/∂xᵢ for each i, by differences.
func differences(at point: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
  let numbers = point.scalars
  let slopes = numbers.indices.map { index in
    slope { step in
      var moved = numbers
      moved[index] += step
      return function(Tensor(moved, shape: point.shape, precision: .float64))
    }.scalar
  }
  return Tensor(slopes, shape: point.shape, precision: .float64)
}

/// A direction with numbers from −1 to 1 that float32 keeps exactly, and of which so do small multiples.
func direction(like shape: Shape, using random: inout SeededGenerator) -> Tensor {
  Tensor(
    (0..<shape.elementCount).map { _ in (random.uniform(from: -1, to: 1) * 8).rounded() / 8 },
    shape: shape, precision: .float64)
}

/// One number made of all elements y, so that y's cotangent depends on y: then the second derivatives of what
/// is linear go back through its rule as well.
func joined(_ y: Tensor, _ weights: Tensor) -> Tensor { (y * (y + 1) * weights).sum() }

/// A case at drawn operands, of which some vary while the others are constant.
struct Variation {
  let name: String
  /// The operands that vary, joined into one line of numbers, or the only one as it is.
  let point: Tensor
  /// One number made of the operation's result.
  let function: (Tensor) -> Tensor

  init(of entry: Case, at operands: [Tensor], varying: [Int], weights: Tensor) {
    name = "\(entry.name), varying \(varying)"
    if varying.count == 1 {
      point = operands[varying[0]]
      function = { variable in
        var all = operands
        all[varying[0]] = variable
        return joined(entry.function(all), weights)
      }
      return
    }
    point = .concatenating(varying.map { operands[$0].flattened() }, axis: 0)
    function = { variable in
      var all = operands
      var from = 0
      for index in varying {
        let shape = operands[index].shape
        all[index] = variable[from..<(from + shape.elementCount)].reshaped(to: shape)
        from += shape.elementCount
      }
      return joined(entry.function(all), weights)
    }
  }

  /// Each operand of a case by itself, then all together.
  static func all(of entry: Case, using random: inout SeededGenerator) -> [Variation] {
    let operands = entry.drawn(using: &random).map { $0.tensor(.float64) }
    let weights = direction(like: entry.function(operands).shape, using: &random)
    let each = operands.indices.map { [$0] }
    return (each.count > 1 ? each + [Array(operands.indices)] : each).map {
      Variation(of: entry, at: operands, varying: $0, weights: weights)
    }
  }
}
