/// Everything that is written on the tape; its name is what an error calls it, its derivative stands in
/// the table of rules.
enum Operation {
  // One operand, element by element.
  case negate, absolute, squared, squareRoot, reciprocal, exponential, logarithm, sine, cosine
  case tanh, sigmoid, softplus, errorFunction
  case scaleAndShift(by: Double)
  case rectified(slope: Double)
  case clamped(from: Double, to: Double)
  case power(Double)
  case convert

  // Two operands, element by element, with broadcasting.
  case add, subtract, multiply, divide, maximum, minimum, raise
  case logitsLoss
  case rectifiedSlope(slope: Double)
  case tanhSlope, sigmoidSlope, softplusSlope, squareRootSlope
  case choose

  // Shapes.
  case sum, expand, largest
  case reshape
  case permute(Permutation)
  case slice(Window)
  case place(Window)
  case concatenate(axis: Int)
  case gather(Indices)
  case scatter(Indices)

  // Products.
  case product(leftTransposed: Bool, rightTransposed: Bool)
  case convolve(ConvolutionGeometry)
  case convolveByPicture(ConvolutionGeometry)
  case convolveByWeights(ConvolutionGeometry)

  // Several operations in one pass, for first derivatives.
  case softmax(logarithm: Bool)
  case normalise(Normalising)
  case gate
  case memoryCell

  /// The identity at which a gradient is taken.
  case variable

  /// What the rule reads besides the cotangent. All else is let go when the operation is written down.
  enum Keeping { case nothing, operands, otherOperand, result, everything }

  var keeping: Keeping {
    switch self {
    case .negate, .scaleAndShift, .convert, .add, .subtract, .sum, .expand, .reshape, .permute,
      .slice, .place, .concatenate, .gather, .scatter, .variable:
      .nothing
    case .multiply, .product, .convolve, .convolveByPicture, .convolveByWeights:
      .otherOperand
    case .squareRoot, .reciprocal, .exponential, .tanh, .sigmoid, .rectified, .softmax:
      .result
    case .absolute, .squared, .logarithm, .sine, .cosine, .softplus, .errorFunction, .clamped,
      .power, .maximum, .minimum, .logitsLoss, .rectifiedSlope, .tanhSlope, .sigmoidSlope,
      .softplusSlope, .squareRootSlope, .choose, .gate:
      .operands
    case .divide, .raise, .largest, .normalise, .memoryCell:
      .everything
    }
  }

  /// As a reader of an error would call it.
  var name: String {
    switch self {
    case .negate: "−"
    case .absolute: "abs"
    case .squared: "squared"
    case .squareRoot: "squareRoot"
    case .reciprocal: "reciprocal"
    case .exponential: "exp"
    case .logarithm: "log"
    case .sine: "sin"
    case .cosine: "cos"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softplus: "softplus"
    case .errorFunction: "erf"
    case .scaleAndShift: "scaling by a number"
    case .rectified: "relu"
    case .clamped: "clamped"
    case .power: "power"
    case .convert: "converted"
    case .add: "+"
    case .subtract: "−"
    case .multiply: "×"
    case .divide: "/"
    case .maximum: "maximum"
    case .minimum: "minimum"
    case .raise: "raised"
    case .logitsLoss: "bernoulliLoss"
    case .rectifiedSlope: "the derivative of relu"
    case .tanhSlope: "the derivative of tanh"
    case .sigmoidSlope: "the derivative of sigmoid"
    case .softplusSlope: "the derivative of softplus"
    case .squareRootSlope: "the derivative of squareRoot"
    case .choose: "choose"
    case .sum: "sum"
    case .expand: "broadcast"
    case .largest: "max"
    case .reshape: "reshaped"
    case .permute: "permuted"
    case .slice: "slicing"
    case .place: "padded"
    case .concatenate: "concatenated"
    case .gather: "gathering"
    case .scatter: "scattering"
    case .product: "matmul"
    case .convolve: "convolved"
    case .convolveByPicture: "transposed convolution"
    case .convolveByWeights: "the gradient of a convolution's weights"
    case .softmax: "softmax"
    case .normalise: "normalised"
    case .gate: "gated"
    case .memoryCell: "memoryCell"
    case .variable: "a variable"
    }
  }
}
