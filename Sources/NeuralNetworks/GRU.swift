import Tensors

/// A gated recurrent unit (Cho et al., 2014, equations 5 to 8).
///
/// With the update gate z = σ(x·Wz + h·Uz + bz) and the reset gate r = σ(x·Wr + h·Ur + br), the state
/// h ← z·h + (1 − z)·tanh(x·Wh + (r·h)·Uh + bh).
public struct GRU: RecurrentLayer {
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

  public func step(fromInput product: Tensor, after state: Tensor) -> Tensor {
    let input = (product + bias.value).split([2 * cells, cells], axis: 1)
    let gates = sigmoid(matmul(state, gateWeight.value) + input[0]).split(into: 2, axis: 1)
    let (update, reset) = (gates[0], gates[1])
    let candidate = tanh(matmul(reset * state, candidateWeight.value) + input[1])
    return candidate + update * (state - candidate)
  }

  public func output(of state: Tensor) -> Tensor { state }
}
