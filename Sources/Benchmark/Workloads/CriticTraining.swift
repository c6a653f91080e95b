import NeuralNetworks
import Randomness
import Tensors

/// A Wasserstein GAN with gradient penalty: a step of the critic, which differentiates a gradient.
struct CriticTraining: Twin {
  static let batch = 64

  struct Critic: Model {
    let first, second: Convolution
    let score: Linear

    init(using random: inout SeededGenerator) {
      first = Convolution(
        from: 1, to: 64, window: 4, stride: 2, padding: 1, activation: .leakyRelu(), using: &random)
      second = Convolution(
        from: 64, to: 128, window: 4, stride: 2, padding: 1, activation: .leakyRelu(),
        using: &random)
      score = Linear(7 * 7 * 128, 1, using: &random)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { score(second(first(x)).flattened(from: 1)) }
  }

  var random: SeededGenerator
  let generator: DCGANTraining.Generator
  let critic: Critic
  var adam = Adam(rate: 1e-4, firstDecay: 0, secondDecay: 0.9)
  var images: Batches<Tensor>

  init() {
    var random = SeededGenerator(seed: 0)
    generator = DCGANTraining.Generator(using: &random)
    critic = Critic(using: &random)
    images = Batches(20) { .uniform([Self.batch, 28, 28, 1], in: -1..<1, using: &random) }
    self.random = random
  }

  mutating func step() {
    let real = images.next()
    let generated = generator(.normal([Self.batch, 100], using: &random))
    let share = Tensor.uniform([Self.batch, 1, 1, 1], using: &random)
    let between = share * real + (1 - share) * generated
    let penalised = gradient(at: critic) { critic in
      let slope = gradient(at: between) { critic($0).sum() }.flattened(from: 1).norm(axis: 1)
      return critic(generated).mean() - critic(real).mean() + 10 * (slope - 1).squared().mean()
    }
    adam.update(critic, along: penalised)
  }
}
