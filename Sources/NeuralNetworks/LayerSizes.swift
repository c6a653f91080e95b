import Failures
import Tensors

/// Stops where there is no example at all: its loss would be 0, whatever the weights.
func requireExamples(_ x: Tensor, of layer: String) {
  if x.count == 0 {
    fail(
      expected: "at least one example for \(layer)", found: "shape \(x.shape)",
      mend: "is a batch or a range empty?")
  }
}

/// Stops where a layer would have no inputs, outputs, channels, … at all.
func requireSizes(_ sizes: [(name: String, size: Int)], of layer: String) {
  for (name, size) in sizes where size < 1 {
    fail(
      expected: "at least 1 for the \(name) of \(layer)", found: "\(size)",
      mend: "check how the size was computed")
  }
}
