import Failures
import Kernels

// Two tensors element by element, with broadcasting.

extension Tensor {
  /// f(a, b) element by element, axes of length 1 and missing first axes repeated.
  @inline(__always)
  static func combine(
    _ function: kernels_binary, _ a: Tensor, _ b: Tensor, _ name: @autoclosure () -> String,
    _ p: Double = 0
  ) -> Tensor {
    let precision = a.precision
    if precision != b.precision { failMixed(a, b, name()) }
    if a.shape == b.shape {
      let result = Tensor(unwrittenLike: a)
      switch precision {
      case .float32:
        kernels_combine_f(function, a.floats, 1, b.floats, 1, result.floats, a.count, Float(p))
      case .float64:
        kernels_combine_d(function, a.doubles, 1, b.doubles, 1, result.doubles, a.count, p)
      }
      return result
    }
    return broadcast(function, a, b, name(), p)
  }

  @inline(never)
  private static func broadcast(
    _ function: kernels_binary, _ a: Tensor, _ b: Tensor, _ name: String, _ p: Double
  ) -> Tensor {
    guard let shape = a.shape.broadcast(with: b.shape) else {
      fail(
        expected: "shapes for “\(name)” whose last axes are equal or 1",
        found: "\(a.shape) and \(b.shape)",
        mend: broadcastAdvice(a.shape, b.shape))
    }
    let result = Tensor(unwritten: shape, a.precision)
    let count = shape.elementCount
    if a.count == 1 || b.count == 1, a.count == count || b.count == count {
      let (aStep, bStep) = (a.count == 1 ? 0 : 1, b.count == 1 ? 0 : 1)
      switch a.precision {
      case .float32:
        kernels_combine_f(
          function, a.floats, aStep, b.floats, bStep, result.floats, count, Float(p))
      case .float64:
        kernels_combine_d(function, a.doubles, aStep, b.doubles, bStep, result.doubles, count, p)
      }
      return result
    }
    let (aStrides, bStrides) = (a.shape.strides(within: shape), b.shape.strides(within: shape))
    let lengths = Array(shape)
    switch a.precision {
    case .float32:
      kernels_broadcast_f(
        function, a.floats, aStrides, b.floats, bStrides, result.floats, lengths, Int32(shape.rank),
        Float(p))
    case .float64:
      kernels_broadcast_d(
        function, a.doubles, aStrides, b.doubles, bStrides, result.doubles, lengths,
        Int32(shape.rank),
        p)
    }
    return result
  }

  private static func broadcastAdvice(_ a: Shape, _ b: Shape) -> String {
    if a.rank == b.rank + 1, Array(a.dropLast()) == Array(b) {
      return "perhaps .expandingAxis(-1) on the second"
    }
    if b.rank == a.rank + 1, Array(b.dropLast()) == Array(a) {
      return "perhaps .expandingAxis(-1) on the first"
    }
    if a.rank == 2, b.rank == 2, a[0] == b[1], a[1] == b[0] { return "perhaps .transposed()" }
    return "reshape one of them"
  }

  @inline(never)
  static func failMixed(_ a: Tensor, _ b: Tensor, _ name: String) -> Never {
    fail(
      expected: "one precision for “\(name)”", found: "\(a.precision) and \(b.precision)",
      mend: "use .converted(to:) on one of them")
  }

  public static func + (a: Tensor, b: Tensor) -> Tensor {
    var y = combine(KERNELS_ADD, a, b, Operation.add.name)
    return finish(&y, .add, a, b)
  }

  public static func - (a: Tensor, b: Tensor) -> Tensor {
    var y = combine(KERNELS_SUBTRACT, a, b, Operation.subtract.name)
    return finish(&y, .subtract, a, b)
  }

  public static func * (a: Tensor, b: Tensor) -> Tensor {
    var y = combine(KERNELS_MULTIPLY, a, b, Operation.multiply.name)
    return finish(&y, .multiply, a, b)
  }

  public static func / (a: Tensor, b: Tensor) -> Tensor {
    var y = combine(KERNELS_DIVIDE, a, b, Operation.divide.name)
    return finish(&y, .divide, a, b)
  }

  public static func += (a: inout Tensor, b: Tensor) { a = a + b }
  public static func -= (a: inout Tensor, b: Tensor) { a = a - b }
  public static func *= (a: inout Tensor, b: Tensor) { a = a * b }
  public static func /= (a: inout Tensor, b: Tensor) { a = a / b }

  /// aᵇ element by element, for a > 0.
  public func raised(to exponent: Tensor) -> Tensor {
    var y = Tensor.combine(KERNELS_RAISE, self, exponent, Operation.raise.name)
    return finish(&y, .raise, self, exponent)
  }

  // With a plain number on one side.
  public static func + (a: Tensor, b: Double) -> Tensor { a.scaledAndShifted(by: 1, b) }
  public static func + (a: Double, b: Tensor) -> Tensor { b.scaledAndShifted(by: 1, a) }
  public static func - (a: Tensor, b: Double) -> Tensor { a.scaledAndShifted(by: 1, -b) }
  public static func - (a: Double, b: Tensor) -> Tensor { b.scaledAndShifted(by: -1, a) }
  public static func * (a: Tensor, b: Double) -> Tensor { a.scaledAndShifted(by: b, 0) }
  public static func * (a: Double, b: Tensor) -> Tensor { b.scaledAndShifted(by: a, 0) }
  public static func / (a: Tensor, b: Double) -> Tensor { a / number(b, like: a) }
  public static func / (a: Double, b: Tensor) -> Tensor { number(a, like: b) / b }
  public static func += (a: inout Tensor, b: Double) { a = a + b }
  public static func -= (a: inout Tensor, b: Double) { a = a - b }
  public static func *= (a: inout Tensor, b: Double) { a = a * b }
  public static func /= (a: inout Tensor, b: Double) { a = a / b }

  // Comparisons give 1 or 0, constant.
  public static func .== (a: Tensor, b: Tensor) -> Tensor { combine(KERNELS_EQUAL, a, b, ".==") }
  public static func .< (a: Tensor, b: Tensor) -> Tensor {
    combine(KERNELS_LESS, a, b, "comparison")
  }
  public static func .<= (a: Tensor, b: Tensor) -> Tensor {
    combine(KERNELS_LESS_OR_EQUAL, a, b, "comparison")
  }
  public static func .> (a: Tensor, b: Tensor) -> Tensor { b .< a }
  public static func .>= (a: Tensor, b: Tensor) -> Tensor { b .<= a }
  public static func .== (a: Tensor, b: Double) -> Tensor { a .== number(b, like: a) }
  public static func .< (a: Tensor, b: Double) -> Tensor { a .< number(b, like: a) }
  public static func .<= (a: Tensor, b: Double) -> Tensor { a .<= number(b, like: a) }
  public static func .> (a: Tensor, b: Double) -> Tensor { a .> number(b, like: a) }
  public static func .>= (a: Tensor, b: Double) -> Tensor { a .>= number(b, like: a) }

  static func number(_ number: Double, like other: Tensor) -> Tensor {
    Tensor(number, precision: other.precision)
  }

  /// Zeros of another tensor's shape and precision.
  public static func zero(like other: Tensor) -> Tensor {
    .zeros(other.shape, precision: other.precision)
  }

  /// The derivative of an activation in one pass; see the last group of `kernels_binary`.
  func slope(_ operation: Operation, _ g: Tensor) -> Tensor {
    let (function, p): (kernels_binary, Double) =
      switch operation {
      case .rectifiedSlope(let slope): (KERNELS_RECTIFIED_SLOPE, slope)
      case .tanhSlope: (KERNELS_TANH_SLOPE, 0)
      case .sigmoidSlope: (KERNELS_SIGMOID_SLOPE, 0)
      case .softplusSlope: (KERNELS_SOFTPLUS_SLOPE, 0)
      default: (KERNELS_SQUARE_ROOT_SLOPE, 0)
      }
    var y = Tensor.combine(function, self, g, operation.name, p)
    return finish(&y, operation, self, g)
  }
}

/// The larger of two, element by element; where they are equal the gradient flows to the first.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
  var y = Tensor.combine(KERNELS_MAXIMUM, a, b, Operation.maximum.name)
  return finish(&y, .maximum, a, b)
}

/// The smaller of two, element by element; where they are equal the gradient flows to the first.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
  var y = Tensor.combine(KERNELS_MINIMUM, a, b, Operation.minimum.name)
  return finish(&y, .minimum, a, b)
}

/// a where the condition is not 0, else b, both repeated to the condition's shape.
///
/// What is not chosen has the cotangent 0, but its own derivative still multiplies it: 0·∞ is no number. So keep
/// the root of `choose(x .> 0, x.squareRoot(), otherwise: 0)` away from 0 by `maximum(x, 1e-12)` inside.
public func choose(_ condition: Tensor, _ a: Tensor, otherwise b: Tensor) -> Tensor {
  let whole = condition.shape
  for operand in [a, b] where operand.shape.broadcast(with: whole) != whole {
    fail(
      expected: "what is chosen to have the condition's shape \(whole)",
      found: "\(operand.shape)", mend: "expand the condition, or reshape what is chosen")
  }
  let (a, b) = (a.expanded(to: whole), b.expanded(to: whole))
  if condition.precision != a.precision || a.precision != b.precision {
    Tensor.failMixed(a, a.precision == b.precision ? condition : b, "choose")
  }
  var y = Tensor(unwritten: whole, a.precision)
  switch a.precision {
  case .float32:
    kernels_select_f(condition.floats, a.floats, b.floats, y.floats, whole.elementCount)
  case .float64:
    kernels_select_d(condition.doubles, a.doubles, b.doubles, y.doubles, whole.elementCount)
  }
  return finish(&y, .choose, condition.detached, a, b)
}

public func choose(_ condition: Tensor, _ a: Tensor, otherwise b: Double) -> Tensor {
  choose(condition, a, otherwise: .number(b, like: a))
}

/// −log of the probability that a Bernoulli variable with these logits gives these targets (0 to 1), element
/// by element: softplus(x) − x·t, without overflow.
public func bernoulliLoss(logits: Tensor, targets: Tensor) -> Tensor {
  var y = Tensor.combine(KERNELS_LOGITS_LOSS, logits, targets, Operation.logitsLoss.name)
  return finish(&y, .logitsLoss, logits, targets)
}

extension Tape {
  /// Whether gradients are being taken of gradients; what is fused for speed is then taken apart.
  var isNested: Bool { depth > 1 }
}

extension Shape {
  /// The strides of a tensor of this shape when it is read as one of the larger shape: 0 where repeated.
  func strides(within whole: Shape) -> [Int] {
    let own = strides
    var strides = [Int](repeating: 0, count: whole.rank)
    for back in 1...Swift.max(1, rank) where back <= rank && self[rank - back] != 1 {
      strides[whole.rank - back] = own[rank - back]
    }
    return strides
  }
}
