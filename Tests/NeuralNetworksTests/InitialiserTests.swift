import NeuralNetworks
import Randomness
import Tensors
import Testing

@Suite struct InitialiserTests {
  /// Mean and variance of 300 × 200 draws for 300 inputs and 200 outputs.
  private func moments(_ initialiser: Initialiser) -> (mean: Double, variance: Double, most: Double)
  {
    var random = SeededGenerator(seed: 8)
    let draws = initialiser.draw([300, 200], inputs: 300, outputs: 200, using: &random)
    return (draws.mean().scalar, draws.variance().scalar, abs(draws).max().scalar)
  }

  @Test(arguments: [
    (Initialiser.glorotUniform, 2.0 / 500), (.glorotNormal, 2.0 / 500), (.he(), 2.0 / 300),
    (.he(slope: 0.2), 2.0 / 300 / 1.04), (.normal(deviation: 0.02), 0.0004),
  ])
  func drawsHaveTheVarianceOfTheirPaper(initialiser: Initialiser, variance: Double) {
    let found = moments(initialiser)
    // Four standard errors of 60,000 draws; a normal's variance has the relative error √(2/n).
    #expect(abs(found.mean) < 4 * (variance / 60_000).squareRoot())
    #expect(abs(found.variance / variance - 1) < 4 * (2.0 / 60_000).squareRoot())
  }

  @Test func evenDrawsStayInTheirRange() {
    let bound = (6.0 / 500).squareRoot()
    let most = moments(.glorotUniform).most
    #expect(most <= bound * (1 + 1e-6) && most > 0.999 * bound)
    #expect(moments(.zeros).most == 0)
  }

  @Test func aLayersDefaultSuitsItsActivation() {
    #expect(Initialiser.suited(to: .relu) == .he())
    #expect(Initialiser.suited(to: .leakyRelu(slope: 0.1)) == .he(slope: 0.1))
    #expect(Initialiser.suited(to: .tanh) == .glorotUniform)
    #expect(Initialiser.suited(to: .none) == .glorotUniform)
  }

  /// With He's draws a signal keeps its mean square through layers of ReLUs, for which they are made.
  @Test func signalsKeepTheirSizeThroughReLUs() {
    var random = SeededGenerator(seed: 9)
    let x = Tensor.normal([64, 400], using: &random)
    let deep = MLP([400, 400, 400, 400, 400], last: .relu, using: &random)
    #expect(0.7...1.4 ~= deep(x).squared().mean().scalar)
    let up = TransposedConvolution(
      from: 64, to: 64, window: 4, stride: 2, padding: 1, activation: .relu, using: &random)
    let pictures = Tensor.normal([4, 8, 8, 64], using: &random)
    #expect(0.7...1.4 ~= up(pictures)[0..., 2..<14, 2..<14].squared().mean().scalar)
  }

  @Test func theSameSeedGivesTheSameWeights() {
    func digest(seed: UInt64) -> UInt64 {
      var random = SeededGenerator(seed: seed)
      return MLP([5, 7, 3], using: &random).layers[1].weight.value.digest
    }
    #expect(digest(seed: 1) == digest(seed: 1))
    #expect(digest(seed: 1) != digest(seed: 2))
  }
}
