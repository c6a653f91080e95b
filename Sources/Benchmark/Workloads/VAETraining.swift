import NeuralNetworks
import Randomness
import Tensors

/// A variational auto-encoder of fully connected layers.
struct VAETraining: Twin {
  static let batch = 128

  struct VAE: Model {
    let encoder, mean, logVariance, decoder, logits: Linear

    init(using random: inout SeededGenerator) {
      encoder = Linear(784, 400, activation: .relu, using: &random)
      mean = Linear(400, 20, using: &random)
      logVariance = Linear(400, 20, using: &random)
      decoder = Linear(20, 400, activation: .relu, using: &random)
      logits = Linear(400, 784, using: &random)
    }

    func loss(_ x: Tensor, noise: Tensor) -> Tensor {
      let hidden = encoder(x)
      let mean = mean(hidden)
      let logVariance = logVariance(hidden)
      let code = mean + noise * exp(0.5 * logVariance)
      let reconstruction = bernoulliLoss(logits: logits(decoder(code)), targets: x).sum()
      let divergence = -0.5 * (1 + logVariance - mean.squared() - exp(logVariance)).sum()
      return (reconstruction + divergence) / Double(VAETraining.batch)
    }
  }

  var random: SeededGenerator
  let vae: VAE
  var adam = Adam(rate: 1e-3)
  var images: Batches<Tensor>

  init() {
    var random = SeededGenerator(seed: 0)
    vae = VAE(using: &random)
    images = Batches(60) { .uniform([Self.batch, 784], using: &random) .< 0.2 }
    self.random = random
  }

  mutating func step() {
    let x = images.next()
    let noise = Tensor.normal([Self.batch, 20], using: &random)
    adam.update(vae, along: gradient(at: vae) { $0.loss(x, noise: noise) })
  }
}
