import Failures
import Kernels

// MARK: - One operand

extension Tensor {
  /// f(x) of every element, by the kernel of that name.
  @inline(__always)
  func map(_ function: kernels_unary, _ p: Double = 0, _ q: Double = 0) -> Tensor {
    let result = Tensor(unwrittenLike: self)
    switch precision {
    case .float32: kernels_map_f(function, floats, result.floats, count, Float(p), Float(q))
    case .float64: kernels_map_d(function, doubles, result.doubles, count, p, q)
    }
    keepElements()
    return result
  }

  public static prefix func - (x: Tensor) -> Tensor {
    var y = x.map(KERNELS_NEGATE)
    return finish(&y, .negate, x)
  }

  /// x².
  public func squared() -> Tensor {
    var y = map(KERNELS_SQUARE)
    return finish(&y, .squared, self)
  }

  /// √x; its derivative at 0 is infinite.
  public func squareRoot() -> Tensor {
    var y = map(KERNELS_SQUARE_ROOT)
    return finish(&y, .squareRoot, self)
  }

  /// 1/x.
  public func reciprocal() -> Tensor {
    var y = map(KERNELS_RECIPROCAL)
    return finish(&y, .reciprocal, self)
  }

  /// x to a constant power.
  public func power(_ exponent: Double) -> Tensor {
    var y = map(KERNELS_POWER, exponent)
    return finish(&y, .power(exponent), self)
  }

  /// −1, 0 or 1; constant, its derivative being zero.
  public func sign() -> Tensor { map(KERNELS_SIGN) }

  /// The largest whole number not above x; constant.
  public func floor() -> Tensor { map(KERNELS_FLOOR) }

  /// min(max(x, low), high); where it clamps, no gradient flows.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    var y = map(KERNELS_CLAMP, range.lowerBound, range.upperBound)
    return finish(&y, .clamped(from: range.lowerBound, to: range.upperBound), self)
  }

  func scaledAndShifted(by factor: Double, _ summand: Double) -> Tensor {
    var y = map(KERNELS_SCALE_AND_SHIFT, factor, summand)
    return finish(&y, .scaleAndShift(by: factor), self)
  }

  /// 1 where an element is a finite number, else 0.
  public func finiteness() -> Tensor { map(KERNELS_IS_FINITE) }
}

/// eˣ of every element.
public func exp(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_EXPONENTIAL)
  return finish(&y, .exponential, x)
}

/// The natural logarithm of every element.
public func log(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_LOGARITHM)
  return finish(&y, .logarithm, x)
}

public func sin(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_SINE)
  return finish(&y, .sine, x)
}

public func cos(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_COSINE)
  return finish(&y, .cosine, x)
}

public func tanh(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_TANH)
  return finish(&y, .tanh, x)
}

/// |x|; the derivative at 0 is taken as 0.
public func abs(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_ABSOLUTE)
  return finish(&y, .absolute, x)
}

/// √x of every element.
public func sqrt(_ x: Tensor) -> Tensor { x.squareRoot() }

/// The error function of every element, 2/√π ∫₀ˣ e^(−t²) dt.
public func erf(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_ERROR_FUNCTION)
  return finish(&y, .errorFunction, x)
}

/// The logistic function 1/(1 + e^(−x)).
public func sigmoid(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_SIGMOID)
  return finish(&y, .sigmoid, x)
}

/// log(1 + eˣ), without overflow.
public func softplus(_ x: Tensor) -> Tensor {
  var y = x.map(KERNELS_SOFTPLUS)
  return finish(&y, .softplus, x)
}

/// max(x, 0).
public func relu(_ x: Tensor) -> Tensor { leakyRelu(x, slope: 0) }

/// x where positive, slope·x elsewhere (0 ≤ slope < 1).
public func leakyRelu(_ x: Tensor, slope: Double = 0.2) -> Tensor {
  requireSlope(slope)
  var y = x.map(KERNELS_RECTIFIED, slope)
  return finish(&y, .rectified(slope: slope), x)
}

/// The derivative is told from the result's sign, which is the operand's for such slopes alone.
func requireSlope(_ slope: Double) {
  if !(slope >= 0 && slope < 1) {
    fail(
      expected: "a slope from 0 up to 1 for leakyRelu", found: "\(slope)",
      mend: "0.2 is DCGAN's choice")
  }
}
