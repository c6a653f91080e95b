import NeuralNetworks
import Randomness
import Tensors

/// A deep convolutional GAN on images of 28×28: a step of the discriminator, then one of the generator.
struct DCGANTraining: Twin {
  static let batch = 64

  struct Generator: Model {
    let project: Linear
    let projectNorm: BatchNorm
    let grow: TransposedConvolution
    let growNorm: BatchNorm
    let draw: TransposedConvolution

    init(using random: inout SeededGenerator) {
      project = Linear(100, 7 * 7 * 128, bias: false, using: &random)
      projectNorm = BatchNorm(128)
      grow = TransposedConvolution(
        from: 128, to: 64, window: 4, stride: 2, padding: 1, bias: false, using: &random)
      growNorm = BatchNorm(64)
      draw = TransposedConvolution(
        from: 64, to: 1, window: 4, stride: 2, padding: 1, activation: .tanh, using: &random)
    }

    func callAsFunction(_ code: Tensor) -> Tensor {
      let seven = relu(projectNorm(project(code).reshaped(to: [-1, 7, 7, 128])))
      return draw(relu(growNorm(grow(seven))))
    }
  }

  struct Discriminator: Model {
    let first, second: Convolution
    let secondNorm: BatchNorm
    let logit: Linear

    init(using random: inout SeededGenerator) {
      first = Convolution(
        from: 1, to: 64, window: 4, stride: 2, padding: 1, activation: .leakyRelu(), using: &random)
      second = Convolution(
        from: 64, to: 128, window: 4, stride: 2, padding: 1, bias: false, using: &random)
      secondNorm = BatchNorm(128)
      logit = Linear(7 * 7 * 128, 1, using: &random)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      logit(leakyRelu(secondNorm(second(first(x)))).flattened(from: 1))
    }
  }

  var random: SeededGenerator
  let generator: Generator
  let discriminator: Discriminator
  var generatorAdam = Adam(rate: 2e-4, firstDecay: 0.5)
  var discriminatorAdam = Adam(rate: 2e-4, firstDecay: 0.5)
  let real = Tensor.ones([Self.batch, 1])
  let generated = Tensor.zeros([Self.batch, 1])
  var images: Batches<Tensor>

  init() {
    var random = SeededGenerator(seed: 0)
    generator = Generator(using: &random)
    discriminator = Discriminator(using: &random)
    images = Batches(20) { .uniform([Self.batch, 28, 28, 1], in: -1..<1, using: &random) }
    self.random = random
  }

  mutating func step() {
    let x = images.next()
    let falseImages = generator(.normal([Self.batch, 100], using: &random))
    let discriminating = gradient(at: discriminator) { discriminator in
      bernoulliLoss(logits: discriminator(x), targets: real).mean()
        + bernoulliLoss(logits: discriminator(falseImages), targets: generated).mean()
    }
    discriminatorAdam.update(discriminator, along: discriminating)

    let code = Tensor.normal([Self.batch, 100], using: &random)
    let generating = gradient(at: generator) { generator in
      bernoulliLoss(logits: discriminator(generator(code)), targets: real).mean()
    }
    generatorAdam.update(generator, along: generating)
  }
}
