import Tensors

/// RMSProp (Tieleman & Hinton, 2012): steps divided by the size that gradients have had of late. The WGAN
/// with clipped weights is trained by it.
///
/// v ← decay·v + (1 − decay)·g², w ← w − rate·g/(√v + ε).
public struct RMSProp: Optimiser {
  public var rate: Double
  public let decay: Double
  public let epsilon: Double

  private var meanSquares = Remembered<Tensor>()

  public init(rate: Double, decay: Double = 0.99, epsilon: Double = 1e-8) {
    self.rate = rate
    self.decay = decay
    self.epsilon = epsilon
  }

  public mutating func step(_ parameter: Parameter, along gradient: Tensor) -> Bool {
    parameter.requireShape(of: gradient)
    guard gradient.isFinite else { return false }
    let g = gradient.detached
    let meanSquare =
      meanSquares[parameter, begin: .zero(like: g)] * decay + g.squared() * (1 - decay)
    meanSquares[parameter, begin: meanSquare] = meanSquare
    parameter.value = parameter.value - g / (meanSquare.squareRoot() + epsilon) * rate
    return true
  }
}
