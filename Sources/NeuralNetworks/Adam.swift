import Failures
import Kernels
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Adam (Kingma & Ba, 2015, algorithm 1).
///
/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², w ← w − rate·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε), with t
/// the number of the parameter's step. The first step is rate·sign(g).
///
/// With a weight decay it is AdamW (Loshchilov & Hutter, 2019): each step first shrinks the weights by the
/// factor 1 − rate·weightDecay.
public struct Adam: Optimiser {
  public var rate: Double
  /// β₁, how much of the mean gradient m each step leaves; 0.5 is DCGAN's choice, 0 WGAN-GP's.
  public let firstDecay: Double
  /// β₂, how much of the mean square v each step leaves.
  public let secondDecay: Double
  /// ε.
  public let epsilon: Double
  public let weightDecay: Double

  private var moments = Remembered<Moments>()

  public init(
    rate: Double, firstDecay: Double = 0.9, secondDecay: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    for (name, decay) in [("firstDecay", firstDecay), ("secondDecay", secondDecay)]
    where !(0..<1 ~= decay) {
      fail(
        expected: "a \(name) from 0 up to 1", found: "\(decay)",
        mend: "0.9 and 0.999 are usual; it is how much of the mean each step leaves")
    }
    self.rate = rate
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public mutating func step(_ parameter: Parameter, along gradient: Tensor) -> Bool {
    parameter.requireShape(of: gradient)
    let constants = kernels_adam(
      rate: rate, first_decay: firstDecay, second_decay: secondDecay, epsilon: epsilon,
      first_correction: 1, second_correction: 1, weight_decay: weightDecay)
    return moments[parameter, begin: Moments(like: gradient)]
      .step(parameter, along: gradient, constants)
  }
}

/// The mean gradient m and the mean square v of one parameter.
private struct Moments {
  private var first: Tensor
  private var second: Tensor
  private var steps = 0

  init(like gradient: Tensor) {
    first = .zero(like: gradient)
    second = .zero(like: gradient)
  }

  mutating func step(
    _ parameter: Parameter, along gradient: Tensor, _ constants: kernels_adam
  ) -> Bool {
    steps += 1
    first.makeUnique()
    second.makeUnique()
    var adam = constants
    adam.first_correction = 1 - pow(adam.first_decay, Double(steps))
    adam.second_correction = 1 - pow(adam.second_decay, Double(steps))
    var isFinite = true
    parameter.update { weights in
      withExtendedLifetime(gradient) {
        switch gradient.precision {
        case .float32:
          isFinite = kernels_adam_step_f(
            weights.floats, first.floats, second.floats, gradient.floats, gradient.count, adam)
        case .float64:
          isFinite = kernels_adam_step_d(
            weights.doubles, first.doubles, second.doubles, gradient.doubles, gradient.count, adam)
        }
      }
    }
    return isFinite
  }
}
