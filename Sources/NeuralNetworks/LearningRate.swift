#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Learning rates that change while a model is trained: functions of the step, which counts from 0.
///
/// ```swift
/// adam.rate = LearningRate.cosine(from: 1e-3, to: 1e-5, at: step, of: steps)
/// ```
public enum LearningRate {
  /// Grows evenly to `rate` over the first steps, then stays: rate·min(1, (step + 1)/warmUp).
  public static func warmedUp(to rate: Double, at step: Int, over warmUp: Int) -> Double {
    rate * min(1, Double(step + 1) / Double(max(1, warmUp)))
  }

  /// Half a wave of the cosine from the first rate down to the last (Loshchilov & Hutter, 2017, equation 5):
  /// last + ½(first − last)(1 + cos(π·step/steps)); after `steps` the last.
  public static func cosine(
    from first: Double, to last: Double, at step: Int, of steps: Int
  ) -> Double {
    let share = min(1, Double(step) / Double(max(1, steps)))
    return last + (first - last) * (1 + cos(.pi * share)) / 2
  }

  /// Multiplied by `factor` after every `interval` steps.
  public static func stepwise(
    from first: Double, by factor: Double, every interval: Int, at step: Int
  ) -> Double {
    first * pow(factor, Double(step / max(1, interval)))
  }
}
