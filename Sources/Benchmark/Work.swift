/// How many float32 operations a training step takes, by formula: products and convolutions alone, a
/// multiplication with its addition counted as two. All that is counted is counted here.
///
/// The count is of the work that the step needs. A layer's gradient takes as much again for its weights and
/// as much for its input; the input of a first layer needs none.
enum Work {
  /// Of [rows, inner] × [inner, columns].
  static func product(_ rows: Int, _ inner: Int, _ columns: Int) -> Int {
    2 * rows * inner * columns
  }

  static var vae: Int {
    let encoder = product(128, 784, 400)
    let others =
      product(128, 400, 20 + 20) + product(128, 20, 400) + product(128, 400, 784)
    return 3 * (encoder + others) - encoder
  }

  /// The networks of the DCGAN, on 64 images; the WGAN has the same, without batch norm in the critic.
  enum Images {
    /// Between 28×28×1 and 14×14×64, and between that and 7×7×128, with kernels of 4×4.
    static let outer = product(64 * 14 * 14, 4 * 4 * 1, 64)
    static let inner = product(64 * 7 * 7, 4 * 4 * 64, 128)
    static let projection = product(64, 100, 7 * 7 * 128)
    static let logit = product(64, 7 * 7 * 128, 1)
    static let generator = projection + inner + outer
    static let discriminator = outer + inner + logit
  }

  static var dcgan: Int {
    let discriminate = Images.generator + 2 * (3 * Images.discriminator - Images.outer)
    // Through the frozen discriminator the gradient passes to its input only.
    let generate = 3 * Images.generator - Images.projection + 2 * Images.discriminator
    return discriminate + generate
  }

  static var toyGAN: Int {
    let first = product(256, 2, 128)
    let generator = first + product(256, 128, 128) + product(256, 128, 2)
    let discriminator = first + product(256, 128, 128) + product(256, 128, 1)
    let discriminate = generator + 2 * (3 * discriminator - first)
    let generate = 3 * generator - first + 2 * discriminator
    return discriminate + generate
  }

  static var wgan: Int {
    let scores = 2 * (3 * Images.discriminator - Images.outer)
    let slope = 2 * Images.discriminator
    // The slope is linear in each layer's weights and in what comes from the layer behind; to the last
    // layer that is the constant 1.
    let penalty = 2 * (Images.outer + Images.inner) + Images.logit
    return Images.generator + scores + slope + penalty
  }

  /// What PyTorch does beyond that: it takes the penalty's gradient through the forward pass too, where it
  /// is zero, because a leaky ReLU has no second derivative.
  static var wganSurplus: Int { 2 * (Images.outer + Images.inner) }

  static var lstm: Int {
    let rows = 400 * 32
    let input = product(rows, 167, 4 * 512)
    let recurrence = product(rows, 512, 4 * 512)
    // The state before the first symbol is constant.
    return 3 * (input + recurrence + product(rows, 512, 167)) - input - product(32, 512, 4 * 512)
  }

  /// The dense count: whole kernels, masked taps too.
  static var pixelCNN: Int {
    let pixels = 32 * 28 * 28
    func layer(inputs: Int, size: Int) -> (kernels: Int, others: Int) {
      let vertical = product(pixels, size * size * inputs, 64)
      let horizontal = product(pixels, size * inputs, 64)
      return (vertical + horizontal, product(pixels, 64, 64) + product(pixels, 32, 32))
    }
    let first = layer(inputs: 1, size: 7)
    let next = layer(inputs: 32, size: 3)
    let output = product(pixels, 32, 32) + product(pixels, 32, 4)
    let forward = first.kernels + first.others + 6 * (next.kernels + next.others) + output
    return 3 * forward - first.kernels
  }
}
