import Randomness
import Tensors

/// One operation on tensors, with what it is place by place: the entries of the tables that all tests of
/// values and derivatives go through.
struct Case {
  let name: String
  let operands: [Operand]
  /// Numbers whose signs choose between smooth pieces of the function: none may be near zero where a
  /// difference quotient is taken.
  var kinks: ([Grid]) -> Grid = { _ in Grid([0], numbers: []) }
  let function: ([Tensor]) -> Tensor
  let reference: ([Grid]) -> Grid

  /// An operand's shape, and from where to where its numbers are drawn.
  struct Operand {
    let shape: [Int]
    var range: ClosedRange<Double> = -2...2

    init(_ shape: [Int], in range: ClosedRange<Double> = -2...2) {
      (self.shape, self.range) = (shape, range)
    }
  }

  /// Operands far from all kinks. Their numbers are whole multiples of 2⁻¹³, which float32 keeps exactly.
  func drawn(using random: inout SeededGenerator) -> [Grid] {
    for _ in 0..<10_000 {
      let grids = operands.map { operand in
        Grid(operand.shape) { _ in
          let (lower, upper) = (operand.range.lowerBound, operand.range.upperBound)
          return (random.uniform(from: lower, to: upper) * 0x1p13).rounded() * 0x1p-13
        }
      }
      if kinks(grids).numbers.allSatisfy({ abs($0) > 0.01 }) { return grids }
    }
    fatalError("no operands of \(name) lie away from its kinks")
  }

  /// A generator of this case's own, so that a case more does not change the draws of the others.
  var random: SeededGenerator {
    SeededGenerator(seed: name.utf8.reduce(5381) { ($0 &* 33) &+ UInt64($1) })
  }

  /// The whole table, with axes of these lengths.
  static func all(_ lengths: Lengths) -> [Case] {
    unary(lengths) + binary(lengths) + reductions(lengths) + movement(lengths) + joining(lengths)
      + products(lengths) + convolutions(lengths) + pictures(lengths) + fused(lengths)
  }
}

/// The lengths of axes in one run through the table.
struct Lengths: Sendable, CustomStringConvertible {
  let n: Int
  let m: Int
  let k: Int

  /// Chosen ones, with lengths of 1 among them, and drawn ones.
  static let several: [Lengths] = {
    var random = SeededGenerator(seed: 26)
    func length() -> Int { .random(in: 1...5, using: &random) }
    let drawn = (0..<4).map { _ in Lengths(n: length(), m: length(), k: length()) }
    return [
      Lengths(n: 3, m: 4, k: 2), Lengths(n: 1, m: 5, k: 3), Lengths(n: 4, m: 1, k: 1),
      Lengths(n: 2, m: 3, k: 5),
    ] + drawn
  }()

  var description: String { "lengths \(n), \(m), \(k)" }
}
