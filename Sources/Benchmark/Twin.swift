/// Our side of a workload: what the program of the same name in Benchmarks/peers does, written as a chapter
/// would write it.
protocol Twin: SendableMetatype {
  /// Sets everything up: model, optimiser, data.
  init()
  /// One step of training.
  mutating func step()
}
