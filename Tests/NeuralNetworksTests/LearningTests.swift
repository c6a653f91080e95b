import NeuralNetworks
import Randomness
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct LearningTests {
  @Test(arguments: Precision.allCases)
  func anMLPLearnsExclusiveOr(precision: Precision) {
    withPrecision(precision) {
      var random = SeededGenerator(seed: 30)
      let network = MLP([2, 8, 1], activation: .tanh, using: &random)
      let x = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
      let truth = Tensor([[0], [1], [1], [0]])
      var adam = Adam(rate: 0.05)
      for _ in 0..<300 {
        let step = gradient(at: network) { bernoulliLoss(logits: $0(x), targets: truth).mean() }
        adam.update(network, along: step)
      }
      let answers = sigmoid(network(x)).scalars
      #expect(zip(answers, [0, 1, 1, 0]).allSatisfy { abs($0 - $1) < 0.1 })
    }
  }

  /// Points on two interleaved half circles, and which half each belongs to.
  private func moons(_ count: Int, using random: inout SeededGenerator) -> (Tensor, Tensor) {
    let points = (0..<count).map { place in
      let angle = Double.pi * random.uniform()
      let (x, y) = place % 2 == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
      return [x + 0.08 * random.normal(), y + 0.08 * random.normal()]
    }
    return (Tensor(points), Tensor((0..<count).map { [Double($0 % 2)] }))
  }

  /// Trains a classifier on moons; the share of unseen points it gets right, and the weights it ends with.
  private func trainOnMoons(seed: UInt64) -> (share: Double, digest: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (x, halves) = moons(256, using: &random)
    let (unseen, truth) = moons(512, using: &random)
    let network = MLP([2, 32, 32, 1], using: &random)
    var adam = Adam(rate: 0.01)
    for _ in 0..<300 {
      let step = gradient(at: network) { bernoulliLoss(logits: $0(x), targets: halves).mean() }
      adam.update(network, along: step)
    }
    let right = (network(unseen) .> 0) .== truth
    return (right.mean().scalar, network.weights.digest)
  }

  @Test func anMLPTellsTwoMoonsApart() {
    #expect(trainOnMoons(seed: 31).share > 0.98)
  }

  @Test func theSameSeedTrainsTheSameWeightsToTheLastBit() {
    let first = trainOnMoons(seed: 32)
    #expect(trainOnMoons(seed: 32).digest == first.digest)
    #expect(trainOnMoons(seed: 33).digest != first.digest)
  }

  /// A convolutional network, as a chapter would store it.
  private struct Network: Model {
    let convolution: Convolution
    let norm = BatchNorm(4)
    let enlarging: TransposedConvolution
    let masked: MaskedConvolution

    init(using random: inout SeededGenerator) {
      convolution = Convolution(from: 1, to: 4, window: 3, padding: 1, using: &random)
      enlarging = TransposedConvolution(
        from: 4, to: 1, window: 4, stride: 2, padding: 1, activation: .tanh, using: &random)
      masked = MaskedConvolution(from: 1, to: 1, window: 3, seeing: .earlier, using: &random)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { masked(enlarging(relu(norm(convolution(x))))) }
  }

  @Test func adamLowersALossThroughSeveralLayers() {
    var random = SeededGenerator(seed: 34)
    let network = Network(using: &random)
    let x = Tensor.normal([2, 5, 5, 1], using: &random)
    let target = Tensor.normal([2, 10, 10, 1], using: &random)
    var adam = Adam(rate: 1e-2)
    var losses: [Double] = []
    for _ in 0..<50 {
      let step = valueWithGradient(at: network) { ($0(x) - target).squared().mean() }
      losses.append(step.value.scalar)
      adam.update(network, along: step.gradient)
    }
    #expect(losses.last! < 0.9 * losses[0])
  }

  /// A sequence whose next symbol is the one before the last: it takes a memory to predict it.
  @Test func anLSTMLearnsToRememberASymbol() {
    var random = SeededGenerator(seed: 35)
    struct Reader: Model {
      let memory: LSTM
      let readout: Linear
    }
    let reader = Reader(
      memory: LSTM(4, cells: 16, using: &random), readout: Linear(16, 4, using: &random))
    let sequences = (0..<32).map { _ in
      (0..<12).map { _ in Int.random(in: 0..<4, using: &random) }
    }
    let labels = sequences.flatMap { [0] + $0.dropLast() }
    var adam = Adam(rate: 0.02)
    var loss = 0.0
    for _ in 0..<150 {
      let step = valueWithGradient(at: reader) { reader in
        let logits = reader.readout(reader.memory(sequences).outputs)
        return crossEntropy(logits: logits.reshaped(to: [-1, 4]), labels: labels)
      }
      loss = step.value.scalar
      adam.update(reader, along: step.gradient)
    }
    // Guessing costs log 4 = 1.39.
    #expect(loss < 0.1)
  }
}
