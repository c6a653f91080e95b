import Tensors

/// A mistake and what a program that makes it is told before it stops.
struct Mistake: Sendable {
  let words: String
  let making: @Sendable () -> Void

  init(_ words: String, _ making: @escaping @Sendable () -> Void) {
    (self.words, self.making) = (words, making)
  }

  static let all = shapes + axes + parts + makings + products + pictures + gradients

  static var x: Tensor { .ones([2, 3]) }
  static var exact: Tensor { .ones([2, 3], precision: .float64) }
}
