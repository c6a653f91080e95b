import Tensors

/// A layer that reads a sequence place by place and carries a state from each to the next.
///
/// A layer says where it starts and how it takes one step; this gives it whole sequences, of numbers or of
/// symbols.
public protocol RecurrentLayer: Model {
  /// What is carried from one step to the next.
  associatedtype State

  /// W, [inputs, gates·cells].
  var inputWeight: Parameter { get }

  /// The state before anything was seen.
  func start(batch: Int) -> State

  /// One step from what the inputs give, x·W, [batch, gates·cells].
  func step(fromInput product: Tensor, after state: State) -> State

  /// What of a state is seen from outside, [batch, cells].
  func output(of state: State) -> Tensor
}

extension RecurrentLayer {
  /// One step with inputs [batch, inputs].
  public func step(_ x: Tensor, after state: State) -> State {
    step(fromInput: matmul(x, inputWeight.value), after: state)
  }

  /// One step with a symbol for each sequence of the batch: 1-of-N times W is a row of W, looked up.
  public func step(_ symbols: [Int], after state: State) -> State {
    step(fromInput: inputWeight.value.gathering(symbols), after: state)
  }

  /// All steps of sequences [batch, length, inputs]: the outputs [batch, length, cells] and the last state.
  public func callAsFunction(_ sequences: Tensor, after state: State? = nil) -> (
    outputs: Tensor, state: State
  ) {
    let (batch, length) = requireSequences(
      sequences, inputs: inputWeight.shape[0], of: "\(Self.self)")
    // x·W of all places at once would be one fine product, but leave the caches before it is used.
    return unrolled(length, from: state ?? start(batch: batch)) { place, state in
      step(sequences[0..., place], after: state)
    }
  }

  /// All steps of sequences of symbols, all of one length.
  public func callAsFunction(_ sequences: [[Int]], after state: State? = nil) -> (
    outputs: Tensor, state: State
  ) {
    let (batch, length) = requireSequences(sequences, of: "\(Self.self)")
    return unrolled(length, from: state ?? start(batch: batch)) { place, state in
      step(sequences.map { $0[place] }, after: state)
    }
  }

  private func unrolled(
    _ length: Int, from start: State, step: (Int, State) -> State
  ) -> (outputs: Tensor, state: State) {
    var (state, outputs) = (start, [Tensor]())
    for place in 0..<length {
      state = step(place, state)
      outputs.append(output(of: state))
    }
    return (.stacking(outputs, axis: 1), state)
  }
}
