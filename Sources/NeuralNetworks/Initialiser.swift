import Tensors

/// How a layer's weights begin: independent draws whose spread keeps a signal's size from layer to layer.
///
/// With n inputs that meet in each output and m outputs that each input reaches:
public enum Initialiser: Sendable, Equatable {
  /// Even in ±√(6/(n + m)) (Glorot & Bengio, 2010, equation 16).
  case glorotUniform
  /// N(0, 2/(n + m)) (Glorot & Bengio, 2010, equation 12).
  case glorotNormal
  /// N(0, 2/((1 + slope²)·n)), for layers followed by a (leaky) ReLU (He et al., 2015, equations 10 and 15).
  case he(slope: Double = 0)
  /// N(0, deviation²).
  case normal(deviation: Double)
  case zeros

  /// What suits a layer with this activation: He's for the ReLUs, Glorot's even one for the others.
  public static func suited(to activation: Activation) -> Initialiser {
    switch activation {
    case .relu: .he()
    case .leakyRelu(let slope): .he(slope: slope)
    case .none, .tanh, .sigmoid: .glorotUniform
    }
  }

  /// Draws weights of the standard precision.
  /// - Parameters:
  ///   - inputs: n, how many numbers are added up in one output
  ///   - outputs: m, how many outputs one input reaches
  public func draw(
    _ shape: Shape, inputs: Double, outputs: Double, using random: inout some RandomNumberGenerator
  ) -> Tensor {
    switch self {
    case .glorotUniform:
      let bound = (6 / (inputs + outputs)).squareRoot()
      return .uniform(shape, in: -bound..<bound, using: &random)
    case .glorotNormal:
      return .normal(shape, using: &random) * (2 / (inputs + outputs)).squareRoot()
    case .he(let slope):
      return .normal(shape, using: &random) * (2 / ((1 + slope * slope) * inputs)).squareRoot()
    case .normal(let deviation):
      return .normal(shape, using: &random) * deviation
    case .zeros:
      return .zeros(shape)
    }
  }
}
