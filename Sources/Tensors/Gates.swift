import Failures
import Kernels

extension Tensor {
  /// tanh(left half)·σ(right half) of the last axis: the gate of PixelCNN and WaveNet
  /// (van den Oord et al., 2016).
  public func gated() -> Tensor {
    let channels = shape.last ?? 0
    if rank == 0 || channels % 2 != 0 {
      fail(
        expected: "an even number of channels to gate", found: "shape \(shape)",
        mend: "half are values, half are gates")
    }
    if mayBeTraced, Tape.ofThread.isNested {
      let halves = split(into: 2, axis: -1)
      return tanh(halves[0]) * sigmoid(halves[1])
    }
    let width = channels / 2
    var result = Tensor(unwritten: shape.replacing(rank - 1, with: width), precision)
    let rows = width == 0 ? 0 : result.count / width
    switch precision {
    case .float32: kernels_gate_f(floats, result.floats, rows, width)
    case .float64: kernels_gate_d(doubles, result.doubles, rows, width)
    }
    return finish(&result, .gate, self)
  }
}

func gateSlope(_ x: Tensor, _ g: Tensor) -> Tensor {
  let width = g.shape[g.rank - 1]
  let result = Tensor(unwritten: x.shape, x.precision)
  let rows = width == 0 ? 0 : g.count / width
  switch x.precision {
  case .float32: kernels_gate_slope_f(x.floats, g.floats, result.floats, rows, width)
  case .float64: kernels_gate_slope_d(x.doubles, g.doubles, result.doubles, rows, width)
  }
  x.keepElements()
  g.keepElements()
  return result
}

/// One step of a long short-term memory (Hochreiter & Schmidhuber, 1997; with Gers's forget gate).
///
/// `gates` is [rows, 4·width]: input, forget, candidate and output before their functions; `memory` is
/// [rows, width]. New memory = σ(forget)·memory + σ(input)·tanh(candidate); state = σ(output)·tanh(memory).
public func memoryCell(gates: Tensor, memory: Tensor) -> (memory: Tensor, state: Tensor) {
  guard gates.rank == 2, memory.rank == 2, gates.shape[0] == memory.shape[0],
    gates.shape[1] == 4 * memory.shape[1]
  else {
    fail(
      expected: "gates [rows, 4·width] and memory [rows, width]",
      found: "\(gates.shape) and \(memory.shape)",
      mend: "the four gates stand side by side: input, forget, candidate, output")
  }
  if gates.precision != memory.precision { Tensor.failMixed(gates, memory, "memoryCell") }
  let (rows, width) = (memory.shape[0], memory.shape[1])
  let isTraced = gates.mayBeTraced || memory.mayBeTraced
  if isTraced, Tape.ofThread.isNested {
    let parts = gates.split(into: 4, axis: 1)
    let new = sigmoid(parts[1]) * memory + sigmoid(parts[0]) * tanh(parts[2])
    return (new, sigmoid(parts[3]) * tanh(new))
  }
  var result = Tensor(unwritten: [2, rows, width], gates.precision)
  let active = isTraced ? Tensor(unwritten: gates.shape, gates.precision) : nil
  switch gates.precision {
  case .float32:
    kernels_memory_cell_f(gates.floats, memory.floats, result.floats, active?.floats, rows, width)
  case .float64:
    kernels_memory_cell_d(
      gates.doubles, memory.doubles, result.doubles, active?.doubles, rows, width)
  }
  let kept = isTraced && !FirstNonFinite.isSought ? gates.withoutElements : gates
  let both = finish(&result, .memoryCell, kept, memory, active)
  return (both[0], both[1])
}

extension Step {
  /// Gates and memory get their cotangents in one pass.
  func memoryCellSlope(_ g: Tensor) -> Cotangents {
    let (gates, memory) = (
      Tensor(unwritten: a.shape, a.precision), Tensor(unwritten: b.shape, b.precision)
    )
    let (rows, width) = (b.shape[0], b.shape[1])
    switch b.precision {
    case .float32:
      kernels_memory_cell_slope_f(
        c.floats, b.floats, y.floats, g.floats, gates.floats, memory.floats, rows, width)
    case .float64:
      kernels_memory_cell_slope_d(
        c.doubles, b.doubles, y.doubles, g.doubles, gates.doubles, memory.doubles, rows, width)
    }
    for tensor in [b, c, y, g] { tensor.keepElements() }
    return (gates, memory, nil)
  }
}
