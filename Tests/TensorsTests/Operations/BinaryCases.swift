import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Case {
  /// Two operands, element by element, with broadcasting in every position.
  static func binary(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let positions: [([Int], [Int])] = [
      ([n, m], [n, m]), ([n, m], [m]), ([m], [n, m]), ([n, 1], [n, m]), ([n, m], [n, 1]),
      ([n, 1], [1, m]), ([n, m, k], [m, 1]), ([], [n, m]), ([n, m], []), ([n, 1, k], [m, 1]),
      ([], []), ([1], []), ([1, n, 1, m], [k, 1, k, 1]),
    ]
    func each(
      _ name: String, _ first: ClosedRange<Double>, _ second: ClosedRange<Double>,
      kink: ((Double, Double) -> Double)? = nil,
      _ function: @escaping (Tensor, Tensor) -> Tensor,
      _ reference: @escaping (Double, Double) -> Double
    ) -> [Case] {
      positions.map { a, b in
        Case(
          name: "\(name) of \(a) and \(b)",
          operands: [Operand(a, in: first), Operand(b, in: second)],
          kinks: { pairs($0[0], $0[1], kink ?? { _, _ in 1 }) },
          function: { function($0[0], $0[1]) }, reference: { pairs($0[0], $0[1], reference) })
      }
    }
    let any = -2.0...2.0
    let difference: (Double, Double) -> Double = { $0 - $1 }
    let smooth = [
      each("sum", any, any, { $0 + $1 }, { $0 + $1 }),
      each("difference", any, any, { $0 - $1 }, { $0 - $1 }),
      each("product", any, any, { $0 * $1 }, { $0 * $1 }),
      each("quotient", any, 0.4...2, { $0 / $1 }, { $0 / $1 }),
      each("power", 0.3...2, any, { $0.raised(to: $1) }, { pow($0, $1) }),
      each(
        "bernoulliLoss", any, 0...1, { bernoulliLoss(logits: $0, targets: $1) },
        { log(1 + exp($0)) - $0 * $1 }),
    ]
    let pieces = [
      each("maximum", any, any, kink: difference, { maximum($0, $1) }, { max($0, $1) }),
      each("minimum", any, any, kink: difference, { minimum($0, $1) }, { min($0, $1) }),
      each(".<", any, any, kink: difference, { $0 .< $1 }, { $0 < $1 ? 1 : 0 }),
      each(".<=", any, any, kink: difference, { $0 .<= $1 }, { $0 <= $1 ? 1 : 0 }),
      each(".>", any, any, kink: difference, { $0 .> $1 }, { $0 > $1 ? 1 : 0 }),
      each(".>=", any, any, kink: difference, { $0 .>= $1 }, { $0 >= $1 ? 1 : 0 }),
      each(".==", any, any, kink: difference, { $0 .== $1 }, { $0 == $1 ? 1 : 0 }),
    ]
    return (smooth + pieces).flatMap { $0 } + chosen(lengths) + severalTimes(lengths)
  }

  private static func severalTimes(_ lengths: Lengths) -> [Case] {
    let (n, m) = (lengths.n, lengths.m)
    return [
      Case(
        name: "comparisons with a number", operands: [Operand([n, m])],
        kinks: { $0[0].map { $0 - 0.5 } },
        function: {
          let x = $0[0]
          return (x .< 0.5) + (x .<= 0.5) * 2 + (x .> 0.5) * 4 + (x .>= 0.5) * 8 + (x .== 0.5) * 16
        }, reference: { $0[0].map { $0 < 0.5 ? 3 : 12 } }),
      Case(
        name: "in place", operands: [Operand([n, m]), Operand([m])],
        function: {
          var x = $0[0]
          x += $0[1]
          x *= $0[0]
          x -= $0[1]
          x /= $0[1].squared() + 1
          return x
        }, reference: { pairs($0[0], $0[1]) { (($0 + $1) * $0 - $1) / ($1 * $1 + 1) } }),
      Case(
        name: "in place, with numbers", operands: [Operand([n, m])],
        function: {
          var x = $0[0]
          x += 3
          x *= 0.7
          x -= 5
          x /= 1.3
          return x
        }, reference: { $0[0].map { (($0 + 3) * 0.7 - 5) / 1.3 } }),
    ]
  }

  private static func chosen(_ lengths: Lengths) -> [Case] {
    let (n, m) = (lengths.n, lengths.m)
    let places: [([Int], [Int])] = [
      ([n, m], [n, m]), ([m], [n, 1]), ([], [n, m]), ([1, m], []),
    ]
    return places.map { a, b in
      Case(
        name: "choose of \(a) and \(b)", operands: [Operand([n, m]), Operand(a), Operand(b)],
        kinks: { $0[0] },
        function: { choose($0[0] .> 0, $0[1], otherwise: $0[2]) },
        reference: { grids in
          Grid([n, m]) {
            grids[0][$0] > 0 ? grids[1].repeated($0) : grids[2].repeated($0)
          }
        })
    } + [
      Case(
        name: "choose, otherwise a number", operands: [Operand([n, m]), Operand([m])],
        kinks: { $0[0] }, function: { choose($0[0] .> 0, $0[1], otherwise: 7) },
        reference: { grids in
          Grid([n, m]) { grids[0][$0] > 0 ? grids[1].repeated($0) : 7 }
        })
    ]
  }
}
