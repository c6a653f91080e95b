import Randomness
import Tensors
import Testing

/// Every operation's derivatives against difference quotients in float64.
@Suite struct DerivativeTests {
  static let tolerance = 1e-8

  @Test(arguments: Lengths.several)
  func gradientsAreWhatDifferencesSay(_ lengths: Lengths) {
    for entry in Case.all(lengths) {
      var random = entry.random
      for variation in Variation.all(of: entry, using: &random) {
        let found = gradient(at: variation.point, variation.function)
        let expected = differences(at: variation.point, variation.function)
        #expect(distance(found, expected) <= Self.tolerance, "\(variation.name)")
      }
    }
  }

  @Test(arguments: Lengths.several)
  func gradientsOfGradientsAreWhatDifferencesSay(_ lengths: Lengths) {
    for entry in Case.all(lengths) {
      var random = entry.random
      for variation in Variation.all(of: entry, using: &random) {
        let along = direction(like: variation.point.shape, using: &random)
        let found = hessianVectorProduct(
          at: variation.point, along: along, variation.function)
        let expected = slope { step in
          gradient(at: variation.point + along * step, variation.function)
        }
        #expect(distance(found, expected) <= Self.tolerance, "\(variation.name)")
      }
    }
  }

  /// ∂/∂a (∂f/∂b · v) for each pair of operands, the inner gradient's variable not being the outer's.
  @Test(arguments: Lengths.several)
  func mixedDerivativesAreWhatDifferencesSay(_ lengths: Lengths) {
    for entry in Case.all(lengths) where entry.operands.count > 1 {
      var random = entry.random
      let operands = entry.drawn(using: &random).map { $0.tensor(.float64) }
      let weights = direction(like: entry.function(operands).shape, using: &random)
      for outer in operands.indices {
        for inner in operands.indices where inner != outer {
          let along = direction(like: operands[inner].shape, using: &random)
          func innerSlope(_ variable: Tensor) -> Tensor {
            var all = operands
            all[outer] = variable
            let slope = gradient(at: all[inner]) { b in
              var all = all
              all[inner] = b
              return joined(entry.function(all), weights)
            }
            return (slope * along).sum()
          }
          let found = gradient(at: operands[outer], innerSlope)
          let expected = differences(at: operands[outer], innerSlope)
          #expect(
            distance(found, expected) <= Self.tolerance,
            "\(entry.name), inner \(inner), outer \(outer)")
        }
      }
    }
  }

  /// What is fused when one gradient is taken is taken apart inside another; both must say the same.
  @Test(arguments: Lengths.several)
  func fusedFormsEqualThoseTakenApart(_ lengths: Lengths) {
    for entry in Case.all(lengths) {
      var random = entry.random
      for variation in Variation.all(of: entry, using: &random) {
        let fused = valueWithGradient(at: variation.point, variation.function)
        var apart: (value: Tensor, gradient: Tensor)?
        _ = gradient(at: Tensor(0, precision: .float64)) { outer in
          apart = valueWithGradient(at: variation.point, variation.function)
          return outer
        }
        #expect(distance(fused.value, apart!.value) <= 1e-13, "\(variation.name)")
        #expect(distance(fused.gradient, apart!.gradient) <= 1e-13, "\(variation.name)")
      }
    }
  }
}
