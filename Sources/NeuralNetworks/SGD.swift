import Tensors

/// Stochastic gradient descent, with momentum if wanted (Polyak, 1964).
///
/// velocity ← momentum·velocity + g, w ← w − rate·velocity.
public struct SGD: Optimiser {
  public var rate: Double
  public let momentum: Double

  private var velocities = Remembered<Tensor>()

  public init(rate: Double, momentum: Double = 0) {
    self.rate = rate
    self.momentum = momentum
  }

  public mutating func step(_ parameter: Parameter, along gradient: Tensor) -> Bool {
    parameter.requireShape(of: gradient)
    guard gradient.isFinite else { return false }
    var velocity = gradient.detached
    if momentum != 0 {
      velocity += velocities[parameter, begin: .zero(like: gradient)] * momentum
      velocities[parameter, begin: velocity] = velocity
    }
    parameter.value = parameter.value - velocity * rate
    return true
  }
}
