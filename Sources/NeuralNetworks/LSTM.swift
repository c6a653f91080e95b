import Tensors

/// A long short-term memory (Hochreiter & Schmidhuber, 1997, with the forget gate of Gers et al., 2000).
///
/// With the gates [i, f, g, o] = x·W + h·U + b: memory c ← σ(f)·c + σ(i)·tanh(g), output h ← σ(o)·tanh(c).
public struct LSTM: RecurrentLayer {
  /// What is carried from one step to the next; both [batch, cells].
  public struct State {
    public let memory: Tensor
    public let output: Tensor

    public init(memory: Tensor, output: Tensor) {
      self.memory = memory
      self.output = output
    }
  }

  /// W, [inputs, 4·cells]: input, forget, candidate and output side by side.
  public let inputWeight: Parameter
  /// U, [cells, 4·cells].
  public let stateWeight: Parameter
  /// b, [4·cells].
  public let bias: Parameter

  public var cells: Int { stateWeight.shape[0] }

  /// Weights begin as Glorot's even draws for each gate, biases at 0, but for 1 in the forget gate: what is in
  /// memory stays until it learns to forget (Jozefowicz et al., 2015).
  public init(_ inputs: Int, cells: Int, using random: inout some RandomNumberGenerator) {
    requireSizes([("inputs", inputs), ("cells", cells)], of: "LSTM")
    inputWeight = Parameter(
      Initialiser.glorotUniform.draw(
        [inputs, 4 * cells], inputs: Double(inputs), outputs: Double(cells), using: &random))
    stateWeight = Parameter(
      Initialiser.glorotUniform.draw(
        [cells, 4 * cells], inputs: Double(cells), outputs: Double(cells), using: &random))
    bias = Parameter(
      .concatenating([.zeros([cells]), .ones([cells]), .zeros([2 * cells])], axis: 0))
  }

  /// The state before anything was seen: zeros.
  public func start(batch: Int) -> State {
    let zeros = Tensor.zeros([batch, cells], precision: bias.value.precision)
    return State(memory: zeros, output: zeros)
  }

  public func step(fromInput product: Tensor, after state: State) -> State {
    let gates = affine(state.output, weight: stateWeight.value, bias: bias.value) + product
    let (memory, output) = memoryCell(gates: gates, memory: state.memory)
    return State(memory: memory, output: output)
  }

  public func output(of state: State) -> Tensor { state.output }
}
