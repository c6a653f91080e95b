import Failures
import Tensors

/// A model's weights averaged over its training, late ones weighing more: average ← decay·average +
/// (1 − decay)·w. Such an average is often a better generator than the last step's weights (Yazıcı et al., 2019).
///
/// ```swift
/// var average = ExponentialMovingAverage(decay: 0.999)
/// average.update(from: generator)                               // after each step
/// let pictures = average.standingIn(for: generator) { $0(codes) }
/// ```
public struct ExponentialMovingAverage {
  public let decay: Double

  private var averages: [(parameter: Parameter, value: Tensor)] = []

  public init(decay: Double) {
    if !(decay >= 0 && decay < 1) {
      fail(
        expected: "a decay from 0 up to 1 for ExponentialMovingAverage", found: "\(decay)",
        mend: "0.999 averages over about a thousand steps")
    }
    self.decay = decay
  }

  /// Takes the weights into the average; the first time they are the average.
  public mutating func update(from model: some Model) {
    let parameters = model.parameters.map(\.parameter)
    if averages.isEmpty { averages = parameters.map { ($0, $0.value) } }
    requireAveraged(parameters)
    for place in averages.indices {
      averages[place].value =
        averages[place].value * decay + parameters[place].value * (1 - decay)
    }
  }

  /// Runs `body` while the model's weights are the averaged ones.
  public func standingIn<Averaged: Model, Result>(
    for model: Averaged, _ body: (Averaged) throws -> Result
  ) rethrows -> Result {
    requireAveraged(model.parameters.map(\.parameter))
    let before = averages.map { $0.parameter.value }
    for (parameter, value) in averages { parameter.value = value }
    defer { for (average, own) in zip(averages, before) { average.parameter.value = own } }
    return try body(model)
  }

  private func requireAveraged(_ parameters: [Parameter]) {
    if !parameters.elementsEqual(averages, by: { $0 === $1.parameter }) {
      fail(
        expected: "the model whose weights are averaged",
        found: averages.isEmpty ? "none averaged yet" : "another one",
        mend: "call update(from:) with this model after each of its steps")
    }
  }
}
