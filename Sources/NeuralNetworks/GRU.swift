import Tensors

/// A gated recurrent unit (Cho et al., 2014, equations 5 to 8).
///
/// With the update gate z = σ(x·Wz + h·Uz + bz) and the reset gate r = σ(x·Wr + h·Ur + br), the state
/// h ← z·h + (1 − z)·tanh(x·Wh + (r·h)·Uh + bh).
public struct GRU: Model {
  /// W, [inputs, 3·cells]: update, reset and candidate side by side.
  public let inputWeight: Parameter
  /// Uz and Ur, [cells, 2·cells].
  public let gateWeight: Parameter
  /// Uh, [cells, cells].
  public let candidateWeight: Parameter
  /// b, [3·cells].
  public let bias: Parameter

  public var cells: Int { candidateWeight.shape[0] }

  /// Weights begin as Glorot's even draws for each gate, biases at 0.
  public init(_ inputs: Int, cells: Int, using random: inout some RandomNumberGenerator) {
    requireSizes([("inputs", inputs), ("cells", cells)], of: "GRU")
    func weight(_ rows: Int, _ gates: Int) -> Parameter {
      Parameter(
        Initialiser.glorotUniform.draw(
          [rows, gates * cells], inputs: Double(rows), outputs: Double(cells), using: &random))
    }
    inputWeight = weight(inputs, 3)
    gateWeight = weight(cells, 2)
    candidateWeight = weight(cells, 1)
    bias = Parameter(.zeros([3 * cells]))
  }

  /// The state before anything was seen: zeros, [batch, cells].
  public func start(batch: Int) -> Tensor {
    .zeros([batch, cells], precision: bias.value.precision)
  }

  /// One step with inputs [batch, inputs] from a state to the next, both [batch, cells].
  public func step(_ x: Tensor, after state: Tensor) -> Tensor {
    step(fromInput: matmul(x, inputWeight.value), state)
  }

  /// One step with a symbol for each sequence of the batch, whose row of W is looked up.
  public func step(_ symbols: [Int], after state: Tensor) -> Tensor {
    step(fromInput: inputWeight.value.gathering(symbols), state)
  }

  /// All steps of sequences [batch, length, inputs]: the states [batch, length, cells] and the last one.
  public func callAsFunction(_ sequences: Tensor, after state: Tensor? = nil) -> (
    outputs: Tensor, state: Tensor
  ) {
    let (batch, length) = requireSequences(sequences, inputs: inputWeight.shape[0], of: "GRU")
    let fromInputs = matmul(sequences, inputWeight.value)
    let states = unrolled(length, from: state ?? start(batch: batch)) { place, state in
      step(fromInput: fromInputs[0..., place], state)
    }
    return (.stacking(states, axis: 1), states[length - 1])
  }

  /// All steps of sequences of symbols, all of one length.
  public func callAsFunction(_ sequences: [[Int]], after state: Tensor? = nil) -> (
    outputs: Tensor, state: Tensor
  ) {
    let (batch, length) = requireSequences(sequences, of: "GRU")
    let states = unrolled(length, from: state ?? start(batch: batch)) { place, state in
      step(sequences.map { $0[place] }, after: state)
    }
    return (.stacking(states, axis: 1), states[length - 1])
  }

  private func step(fromInput: Tensor, _ state: Tensor) -> Tensor {
    let input = (fromInput + bias.value).split([2 * cells, cells], axis: 1)
    let gates = sigmoid(matmul(state, gateWeight.value) + input[0]).split(into: 2, axis: 1)
    let (update, reset) = (gates[0], gates[1])
    let candidate = tanh(matmul(reset * state, candidateWeight.value) + input[1])
    return candidate + update * (state - candidate)
  }
}
