import Randomness
import Tensors
import Testing

/// Gradients inside gradients.
@Suite struct NestingTests {
  private let points = [-1.25, -0.5, 0, 0.75, 1.5]

  private func derivative(
    _ order: Int, at point: Tensor, _ function: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    if order == 0 { return function(point) }
    return gradient(at: point) { derivative(order - 1, at: $0, function) }
  }

  @Test func thirdDerivativesAreThoseOfTheFormula() {
    for x in points {
      let point = Tensor(x, precision: .float64)
      let t = tanh(point).scalar
      #expect(abs(derivative(3, at: point) { $0 * $0 * $0 * $0 }.scalar - 24 * x) < 1e-12)
      #expect(abs(derivative(3, at: point) { $0.power(4) }.scalar - 24 * x) < 1e-12)
      #expect(abs(derivative(3, at: point) { $0.squared().squared() }.scalar - 24 * x) < 1e-12)
      #expect(abs(derivative(3, at: point) { exp($0) }.scalar - exp(point).scalar) < 1e-12)
      let third = -2 * (1 - t * t) * (1 - 3 * t * t)
      #expect(abs(derivative(3, at: point) { tanh($0) }.scalar - third) < 1e-12)
    }
  }

  @Test func whatIsFusedHasThirdDerivatives() {
    var random = SeededGenerator(seed: 5)
    let names = [
      "softmax along 1", "logSoftmax along 2", "normalisedByBatch of [3, 4]", "gated [3, 8]",
      "memoryCell twice", "logSumExp along 0", "crossEntropy",
    ]
    let entries = Case.all(Lengths.several[0]).filter { names.contains($0.name) }
    #expect(entries.count == names.count)
    for entry in entries {
      let variation = Variation.all(of: entry, using: &random).last!
      let (first, second) = (
        direction(like: variation.point.shape, using: &random),
        direction(like: variation.point.shape, using: &random)
      )
      func curvature(_ point: Tensor) -> Tensor {
        (hessianVectorProduct(at: point, along: first, variation.function) * second).sum()
      }
      let found = gradient(at: variation.point, curvature)
      let expected = slope { step in
        hessianVectorProduct(
          at: variation.point + second * step, along: first, variation.function)
      }
      #expect(distance(found, expected) < 1e-8, "\(entry.name)")
    }
  }

  @Test func eightGradientsNest() {
    let x = Tensor(0.75, precision: .float64)
    #expect(abs(derivative(8, at: x) { sin($0) }.scalar - sin(x).scalar) < 1e-12)
  }

  /// d/dx (x · d/dy (x + y)) is 1: the inner variable is not taken for the outer one.
  @Test func variablesOfDifferentGradientsAreNotConfused() {
    let one = Tensor(1)
    #expect(gradient(at: one) { x in x * gradient(at: one) { y in x + y } }.scalar == 1)
    #expect(gradient(at: one) { x in gradient(at: x) { y in x * y * y } }.scalar == 4)
    #expect(gradient(at: one) { x in x * gradient(at: x) { y in y * y } }.scalar == 4)
  }

  @Test func oneInnerGradientAfterAnotherIsIndependent() {
    let x = Tensor([0.5, -1.5], precision: .float64)
    let found = gradient(at: x) { x in
      let (value, first) = valueWithGradient(at: x) { ($0 * $0 * x).sum() }  // 2x²
      // What the first one computed is constant for the second, whatever depth it was made at.
      let second = gradient(at: x) { (value * $0.squared() + first * $0).sum() }
      return second.sum()
    }
    // second = 2·s·x + 2x² with s = Σx³: d/dxᵢ Σⱼ secondⱼ = 2s + 6xᵢ²Σx + 4xᵢ.
    let (a, b) = (0.5, -1.5)
    let s = a * a * a + b * b * b
    let expected = [a, b].map { 2 * s + 6 * $0 * $0 * (a + b) + 4 * $0 }
    #expect(distance(Grid(found), Grid([2], numbers: expected)) < 1e-14)
  }

  @Test func aHessianIsWhatDifferencesOfTheGradientSay() {
    var random = SeededGenerator(seed: 3)
    let (weights, more) = (
      Tensor.normal([6, 5], precision: .float64, using: &random),
      Tensor.normal([5, 1], precision: .float64, using: &random)
    )
    let x = Tensor.normal([4, 6], precision: .float64, using: &random)
    let network: (Tensor) -> Tensor = {
      softplus(matmul(affine($0, weight: weights, activation: .tanh), more)).sum()
    }
    let along = Tensor.normal([4, 6], precision: .float64, using: &random)
    let expected = slope { gradient(at: x + along * $0, network) }
    #expect(distance(hessianVectorProduct(at: x, along: along, network), expected) < 1e-9)
  }

  @Test func whatIsDetachedIsConstantForEveryGradient() {
    let x = Tensor([1, 2, 3])
    #expect(gradient(at: x) { ($0.detached * $0).sum() }.scalars == [1, 2, 3])
    #expect(gradient(at: x) { $0.detached.sum() }.scalars == [0, 0, 0])
    let bend = gradient(at: x) { x in
      gradient(at: x) { ($0 * $0 * x.detached).sum() }.sum()  // 2x·c
    }
    #expect(bend.scalars == [2, 4, 6])
  }
}
