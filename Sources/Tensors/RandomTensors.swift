import Failures
import Kernels
import Randomness

extension Tensor {
  /// Independent draws from N(0, 1). Takes one word of the generator for each.
  public static func normal(
    _ shape: Shape, precision: Precision = .standard, using random: inout some RandomNumberGenerator
  ) -> Tensor {
    let result = Tensor(unwritten: shape, precision)
    let words = random.words(shape.elementCount)
    switch precision {
    case .float32: kernels_normals_f(words, result.floats, shape.elementCount)
    case .float64: kernels_normals_d(words, result.doubles, shape.elementCount)
    }
    return result
  }

  /// Independent draws, even in a range. Takes one word of the generator for each.
  public static func uniform(
    _ shape: Shape, in range: Range<Double> = 0..<1, precision: Precision = .standard,
    using random: inout some RandomNumberGenerator
  ) -> Tensor {
    let result = Tensor(unwritten: shape, precision)
    let words = random.words(shape.elementCount)
    switch precision {
    case .float32:
      kernels_uniforms_f(
        words, result.floats, shape.elementCount, Float(range.lowerBound), Float(range.upperBound))
    case .float64:
      kernels_uniforms_d(
        words, result.doubles, shape.elementCount, range.lowerBound, range.upperBound)
    }
    return result
  }

  /// 1 with the probability that stands at each place, else 0; constant.
  public static func bernoulli(
    _ probabilities: Tensor, using random: inout some RandomNumberGenerator
  ) -> Tensor {
    uniform(probabilities.shape, precision: probabilities.precision, using: &random)
      .< probabilities.detached
  }

  /// One index for each row of logits [rows, classes], drawn with probability softmax(logits / temperature),
  /// by the Gumbel trick: the largest of logit − log(−log u). Temperature 0 takes the most likely.
  public func drawingClasses(
    temperature: Double = 1, using random: inout some RandomNumberGenerator
  ) -> [Int] {
    if !(temperature >= 0) {
      fail(
        expected: "a temperature of at least 0", found: "\(temperature)",
        mend: "0 takes the most likely, 1 draws as the model says")
    }
    if (self .== self).min().scalar == 0 {
      fail(
        expected: "logits to draw classes by", found: "one that is not a number among \(shape)",
        mend: "look at where they come from: has training diverged?")
    }
    if temperature == 0 { return detached.indexOfMax(axis: -1) }
    // One draw lies at least half a cell from 0 and 1, so that both logarithms are finite.
    let even = Tensor.uniform(shape, in: 0..<1, precision: .float64, using: &random)
      .clamped(to: 0x1p-54...(1 - 0x1p-53))
    let noise = -log(-log(even))
    return (detached.converted(to: .float64) / temperature + noise).indexOfMax(axis: -1)
  }
}

extension RandomNumberGenerator {
  mutating func words(_ count: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: count) { words, filled in
      for index in 0..<count { words[index] = next() }
      filled = count
    }
  }
}
