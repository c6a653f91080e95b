import NeuralNetworks
import Randomness
import Tensors

/// A recurrent network that predicts the next of 167 symbols.
struct LSTMTraining: Twin {
  static let (batch, length, symbols, cells) = (32, 400, 167, 512)

  struct Network: Model {
    let recurrence: LSTM
    let logits: Linear

    init(using random: inout SeededGenerator) {
      recurrence = LSTM(LSTMTraining.symbols, cells: LSTMTraining.cells, using: &random)
      logits = Linear(LSTMTraining.cells, LSTMTraining.symbols, using: &random)
    }

    func callAsFunction(_ x: Tensor) -> Tensor { logits(recurrence(x).outputs) }
  }

  let network: Network
  var adam = Adam(rate: 1e-3)
  /// Sequences of symbols.
  var texts: Batches<[[Int]]>

  init() {
    var random = SeededGenerator(seed: 0)
    network = Network(using: &random)
    texts = Batches(4) {
      (0..<Self.batch).map { _ in
        (0...Self.length).map { _ in Int.random(in: 0..<Self.symbols, using: &random) }
      }
    }
  }

  mutating func step() {
    let text = texts.next()
    let x = Tensor.oneHot(text.flatMap { $0.dropLast() }, classes: Self.symbols)
      .reshaped(to: [Self.batch, Self.length, Self.symbols])
    let next = text.flatMap { $0.dropFirst() }
    let slope = gradient(at: network) { network in
      crossEntropy(logits: network(x).reshaped(to: [-1, Self.symbols]), labels: next)
    }
    adam.update(network, along: slope)
  }
}
