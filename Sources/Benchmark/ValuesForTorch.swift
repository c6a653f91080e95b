import Foundation
import Literate
import NeuralNetworks
import Randomness
import Runner
import Tensors

/// What our operations make of random float64 numbers, for PyTorch to compute again: see Benchmarks/values.py.
struct ValuesForTorch {
  private struct Table: Model { let values: [String: Parameter] }

  /// Operands and results under "case.part".
  static func weights() -> Weights {
    var random = SeededGenerator(seed: 0)
    var values: [String: Parameter] = [:]
    func draw(_ shape: Shape) -> Tensor { .normal(shape, precision: .float64, using: &random) }
    func put(_ name: String, _ parts: KeyValuePairs<String, Tensor>) {
      for (part, tensor) in parts { values["\(name).\(part)"] = Parameter(tensor) }
    }

    let (a, b) = (draw([5, 7]), draw([7, 3]))
    put("product", ["a": a, "b": b, "y": matmul(a, b)])
    let (picture, window) = (draw([2, 9, 8, 3]), draw([3, 4, 3, 5]))
    put(
      "convolution",
      [
        "x": picture, "w": window,
        "y": picture.convolved(with: window, stride: 2, padding: .all(2), dilation: 2),
      ])
    let (small, wide) = (draw([2, 4, 5, 3]), draw([4, 3, 6, 3]))
    put(
      "transposed",
      [
        "x": small, "w": wide,
        "y": small.convolvedTransposed(with: wide, stride: 2, padding: .all(1)),
      ])
    let (sequence, taps) = (draw([2, 11, 3]), draw([3, 3, 4]))
    put(
      "sequence", ["x": sequence, "w": taps, "y": sequence.convolved(with: taps, padding: .causal)])
    put("max pooling", ["x": picture, "y": picture.maxPooled(window: 2)])
    put("mean pooling", ["x": picture, "y": picture.meanPooled(window: 2)])
    put("batch norm", ["x": picture, "y": picture.normalisedByBatch().normalised])
    put("layer norm", ["x": a, "y": a.normalisedByLayer()])
    put("instance norm", ["x": picture, "y": picture.normalisedByInstance()])
    put("softmax", ["x": a, "y": a.softmax()])
    put("log softmax", ["x": a, "y": a.logSoftmax()])
    put("log-sum-exp", ["x": a, "y": a.logSumExp()])
    put("softplus", ["x": a, "y": softplus(a)])
    put("erf", ["x": a, "y": erf(a)])
    let targets = sigmoid(draw([5, 7]))
    put(
      "Bernoulli loss",
      ["x": a, "t": targets, "y": bernoulliLoss(logits: a, targets: targets)])
    let (gates, memory) = (draw([4, 24]), draw([4, 6]))
    let cell = memoryCell(gates: gates, memory: memory)
    put("LSTM cell", ["g": gates, "c": memory, "memory": cell.memory, "y": cell.state])
    let (q, k, v) = (draw([2, 5, 6]), draw([2, 7, 6]), draw([2, 7, 4]))
    put(
      "attention",
      ["q": q, "k": k, "v": v, "y": attention(queries: q, keys: k, values: v).gathered])
    return Table(values: values).weights
  }

  /// Has PyTorch compute them again; whether all agree.
  static func areAgreed(by peer: Peer) throws -> Bool {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "values-\(ProcessInfo.processInfo.processIdentifier).safetensors")
    defer { try? FileManager.default.removeItem(at: file) }
    try weights().save(to: file.path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: peer.python)
    process.arguments = ["-W", "ignore", (peer.programs.parent / "values.py").string, file.path]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
