import Failures

/// Stops where a layer would have no inputs, outputs, channels, … at all.
func requireSizes(_ sizes: [(name: String, size: Int)], of layer: String) {
  for (name, size) in sizes where size < 1 {
    fail(
      expected: "at least 1 for the \(name) of \(layer)", found: "\(size)",
      mend: "check how the size was computed")
  }
}
