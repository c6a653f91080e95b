/// The table of derivative rules: how the cotangent `g` of a result becomes the cotangents of its operands.
///
/// Every rule is written in tensor operations, so it can be differentiated again. With y = f(a, b), the
/// cotangent of a is (∂y/∂a)ᵀ g. Where an operand was broadcast, its cotangent is summed to its shape by the
/// caller. `wanted` asks only for what depends on a variable; its arguments are not computed otherwise.
extension Step {
  func cotangents(_ g: Tensor, _ wanted: Wanted) -> Cotangents {
    switch operation {
    // One operand.
    case .variable, .convert: wanted.of(g.converted(to: a.precision))
    case .negate: wanted.of(-g)
    case .absolute: wanted.of(g * a.sign())
    case .squared: wanted.of(g * a * 2)
    case .squareRoot: wanted.of(y.slope(.squareRootSlope, g))
    case .reciprocal: wanted.of(-(g * y.squared()))
    case .exponential: wanted.of(g * y)
    case .logarithm: wanted.of(g / a)
    case .sine: wanted.of(g * cos(a))
    case .cosine: wanted.of(-(g * sin(a)))
    case .tanh: wanted.of(y.slope(.tanhSlope, g))
    case .sigmoid: wanted.of(y.slope(.sigmoidSlope, g))
    case .softplus: wanted.of(a.slope(.softplusSlope, g))
    case .errorFunction: wanted.of(g * exp(-a.squared()) * 1.1283791670955126)  // 2/√π
    case .scaleAndShift(let factor): wanted.of(g * factor)
    case .rectified(let slope): wanted.of(y.slope(.rectifiedSlope(slope: slope), g))
    case .clamped(let low, let high): wanted.of(g * ((a .>= low) * (a .<= high)))
    // x⁰ is constant, at 0 too, where 0·x⁻¹ is no number.
    case .power(let exponent):
      wanted.of(exponent == 0 ? nil : g * a.power(exponent - 1) * exponent)

    // Two operands.
    case .add: wanted.of(g, g)
    case .subtract: wanted.of(g, -g)
    case .multiply: wanted.of(g * b, g * a)
    case .divide: wanted.of(g / b, -(g * y / b))
    case .maximum: wanted.of(g * (a .>= b), g * (a .< b))
    case .minimum: wanted.of(g * (a .<= b), g * (a .> b))
    case .raise: wanted.of(g * b * a.raised(to: b - 1), g * y * log(a))
    case .logitsLoss: wanted.of(g * (sigmoid(a) - b), -(g * a))
    case .choose:
      wanted.of(
        nil, choose(a, g, otherwise: .zero(like: g)), choose(a, .zero(like: g), otherwise: g))

    // The slopes of activations: linear in b, the cotangent they were given.
    case .rectifiedSlope: wanted.of(nil, a.slope(operation, g))
    case .tanhSlope: wanted.of(a * b * g * -2, a.slope(operation, g))
    case .sigmoidSlope: wanted.of(g * b * (1 - a * 2), a.slope(operation, g))
    case .softplusSlope: wanted.of(sigmoid(a).slope(.sigmoidSlope, g * b), a.slope(operation, g))
    case .squareRootSlope: wanted.of(-(g * b / a.squared() * 0.5), a.slope(operation, g))

    // Shapes: each is the adjoint of another.
    case .sum: wanted.of(g.expanded(to: a.shape))
    case .expand: wanted.of(g.summed(to: a.shape))
    case .largest: wanted.of(shareOfLargest(g))
    case .reshape: wanted.of(g.reshaped(to: a.shape))
    case .permute(let order): wanted.of(g.permuted(order.inverse))
    case .slice(let window): wanted.of(g.placed(in: window))
    case .place(let window): wanted.of(g.sliced(by: window))
    case .gather(let indices): wanted.of(g.scattered(to: indices, shape: a.shape))
    case .scatter(let indices): wanted.of(g.gathered(by: indices, shape: a.shape))
    case .concatenate: fatalError("a concatenation's cotangents are slices, taken by the tape")

    // Products: linear in each operand.
    case .product(let aT, let bT):
      wanted.of(
        aT ? product(b, g, bT, true) : product(g, b, false, !bT),
        bT ? product(g, a, true, aT) : product(a, g, !aT, false))
    case .convolve(let shape):
      wanted.of(convolveByPicture(g, b, shape), convolveByWeights(a, g, shape))
    case .convolveByPicture(let shape):
      wanted.of(convolve(g, b, shape), convolveByWeights(g, a, shape))
    case .convolveByWeights(let shape):
      wanted.of(convolveByPicture(b, g, shape), convolve(a, g, shape))

    // Several operations at once; inside nested gradients they are taken apart before they get here.
    case .softmax(let logarithm): wanted.of(softmaxSlope(y, g, logarithm: logarithm))
    case .normalise(let axes): wanted.of(normaliseSlope(y, inverseDeviation: b, g, axes))
    case .gate: wanted.of(gateSlope(a, g))
    case .memoryCell: memoryCellSlope(g)
    }
  }

  /// The cotangent's share of a largest element: those that are equally large share it evenly.
  private func shareOfLargest(_ g: Tensor) -> Tensor {
    let among = (a .== y.expanded(to: a.shape)).detached
    let count = among.summed(to: y.shape).expanded(to: a.shape)
    return g.expanded(to: a.shape) * (among / count)
  }
}

/// The cotangents of up to three operands; nil where none flows.
typealias Cotangents = (first: Tensor?, second: Tensor?, third: Tensor?)

/// Which operands' cotangents are asked for.
struct Wanted {
  var first: Bool
  var second: Bool
  var third: Bool

  @inline(__always)
  func of(
    _ one: @autoclosure () -> Tensor?, _ two: @autoclosure () -> Tensor? = nil,
    _ three: @autoclosure () -> Tensor? = nil
  ) -> Cotangents {
    (first ? one() : nil, second ? two() : nil, third ? three() : nil)
  }
}
