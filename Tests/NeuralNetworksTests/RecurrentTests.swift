import NeuralNetworks
import Randomness
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Recurrent layers against loops written from their formulas, in float64.
@Suite struct RecurrentTests {
  @Test func anLSTMFollowsItsFormulas() {
    inFloat64(seed: 10) { random in
      let layer = LSTM(3, cells: 2, using: &random)
      layer.bias.value = .normal([8], using: &random)
      let x = Tensor.normal([1, 6, 3], using: &random)
      let (w, u, b) = (
        layer.inputWeight.value.rows, layer.stateWeight.value.rows, layer.bias.value.scalars
      )
      let inputs = x[0].rows
      var (memory, output, outputs) = ([0.0, 0], [0.0, 0], [Double]())
      for input in inputs {
        let gates = (0..<8).map {
          b[$0] + dot(input, column: $0, of: w) + dot(output, column: $0, of: u)
        }
        memory = (0..<2).map {
          logistic(gates[2 + $0]) * memory[$0] + logistic(gates[$0]) * tanh(gates[4 + $0])
        }
        output = (0..<2).map { logistic(gates[6 + $0]) * tanh(memory[$0]) }
        outputs += output
      }
      let (found, state) = layer(x)
      #expect(distance(found, outputs) < 1e-14)
      #expect(distance(state.memory, memory) < 1e-14)
      #expect(distance(state.output, output) < 1e-14)
    }
  }

  @Test func aGRUFollowsItsFormulas() {
    inFloat64(seed: 10) { random in
      let layer = GRU(3, cells: 2, using: &random)
      layer.bias.value = .normal([6], using: &random)
      let x = Tensor.normal([1, 6, 3], using: &random)
      let (w, u, candidate, b) = (
        layer.inputWeight.value.rows, layer.gateWeight.value.rows, layer.candidateWeight.value.rows,
        layer.bias.value.scalars
      )
      var (state, outputs) = ([0.0, 0], [Double]())
      for input in x[0].rows {
        let fromInput = (0..<6).map { b[$0] + dot(input, column: $0, of: w) }
        let gates = (0..<4).map { logistic(fromInput[$0] + dot(state, column: $0, of: u)) }
        let kept = [gates[2] * state[0], gates[3] * state[1]]
        let proposed = (0..<2).map {
          tanh(fromInput[4 + $0] + dot(kept, column: $0, of: candidate))
        }
        state = (0..<2).map { gates[$0] * state[$0] + (1 - gates[$0]) * proposed[$0] }
        outputs += state
      }
      let (found, last) = layer(x)
      #expect(distance(found, outputs) < 1e-14)
      #expect(distance(last, state) < 1e-14)
    }
  }

  @Test func recurrentLayersGoOnFromAStateAndTakeSymbols() {
    inFloat64(seed: 10) { random in
      let (lstm, gru) = (LSTM(5, cells: 3, using: &random), GRU(5, cells: 3, using: &random))
      let symbols = [[0, 4, 2, 1], [3, 3, 0, 2]]
      let x = Tensor.oneHot(Array(symbols.joined()), classes: 5).reshaped(to: [2, 4, 5])
      #expect(distance(lstm(symbols).outputs, lstm(x).outputs) < 1e-14)
      #expect(distance(gru(symbols).outputs, gru(x).outputs) < 1e-14)

      let half = lstm(x[0..., 0..<2])
      let rest = lstm(x[0..., 2..<4], after: half.state)
      #expect(
        distance(.concatenating([half.outputs, rest.outputs], axis: 1), lstm(x).outputs) < 1e-14)
      let next = lstm.step(
        [2, 0], after: lstm.step(x[0..., 1], after: lstm.step([0, 3], after: lstm.start(batch: 2))))
      #expect(distance(next.output, lstm(x).outputs[0..., 2]) < 1e-14)
      let gruNext = gru.step(x[0..., 1], after: gru.step([0, 3], after: gru.start(batch: 2)))
      #expect(distance(gruNext, gru(symbols).outputs[0..., 1]) < 1e-14)
    }
  }
}
