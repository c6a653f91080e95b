import Tensors

extension Model {
  /// Clips every parameter's numbers to a range: how the first WGAN bounds its critic's slope
  /// (Arjovsky et al., 2017, algorithm 1).
  public func clipWeights(to range: ClosedRange<Double>) {
    for named in parameters { named.parameter.value = named.parameter.value.clamped(to: range) }
  }
}
