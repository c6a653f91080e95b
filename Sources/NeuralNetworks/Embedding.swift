import Tensors

/// A vector for each symbol, learned: a look-up of rows, the same as 1-of-N times a weight.
public struct Embedding: Model {
  /// [symbols, width].
  public let weight: Parameter

  public init(
    _ symbols: Int, width: Int, initialiser: Initialiser = .normal(deviation: 1),
    using random: inout some RandomNumberGenerator
  ) {
    requireSizes([("symbols", symbols), ("width", width)], of: "Embedding")
    weight = Parameter(
      initialiser.draw(
        [symbols, width], inputs: Double(symbols), outputs: Double(width), using: &random))
  }

  /// One vector for each symbol, [symbols, width].
  public func callAsFunction(_ symbols: [Int]) -> Tensor { weight.value.gathering(symbols) }

  /// The vectors of sequences of one length, [batch, length, width].
  public func callAsFunction(_ sequences: [[Int]]) -> Tensor {
    let (batch, length) = requireSequences(sequences, of: "Embedding")
    return self(Array(sequences.joined()))
      .reshaped(to: [batch, length, weight.shape[1]])
  }
}
