import NeuralNetworks
import Randomness
import Tensors

/// A GAN of points in the plane: a step of the discriminator, then one of the generator.
struct ToyGANTraining: Twin {
  static let batch = 256

  struct Network: Model {
    let first, second, last: Linear

    init(outputs: Int, using random: inout SeededGenerator) {
      first = Linear(2, 128, activation: .relu, using: &random)
      second = Linear(128, 128, activation: .relu, using: &random)
      last = Linear(128, outputs, using: &random)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { last(second(first(x))) }
  }

  var random: SeededGenerator
  let generator: Network
  let discriminator: Network
  var generatorAdam = Adam(rate: 1e-3)
  var discriminatorAdam = Adam(rate: 1e-3)
  let real = Tensor.ones([Self.batch, 1])
  let generated = Tensor.zeros([Self.batch, 1])
  var points: Batches<Tensor>

  init() {
    var random = SeededGenerator(seed: 0)
    generator = Network(outputs: 2, using: &random)
    discriminator = Network(outputs: 1, using: &random)
    points = Batches(40) { .normal([Self.batch, 2], using: &random) }
    self.random = random
  }

  mutating func step() {
    let x = points.next()
    let falsePoints = generator(.normal([Self.batch, 2], using: &random))
    let discriminating = gradient(at: discriminator) { discriminator in
      bernoulliLoss(logits: discriminator(x), targets: real).mean()
        + bernoulliLoss(logits: discriminator(falsePoints), targets: generated).mean()
    }
    discriminatorAdam.update(discriminator, along: discriminating)

    let code = Tensor.normal([Self.batch, 2], using: &random)
    let generating = gradient(at: generator) { generator in
      bernoulliLoss(logits: discriminator(generator(code)), targets: real).mean()
    }
    generatorAdam.update(generator, along: generating)
  }
}
