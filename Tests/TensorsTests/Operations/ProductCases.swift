import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What an activation makes of a number, and where it has a kink.
struct NaiveActivation {
  let activation: Activation
  let function: (Double) -> Double
  let hasKink: Bool

  static var all: [NaiveActivation] {
    [
      NaiveActivation(activation: .none, function: { $0 }, hasKink: false),
      NaiveActivation(activation: .relu, function: { max($0, 0) }, hasKink: true),
      NaiveActivation(
        activation: .leakyRelu(slope: 0.3), function: { $0 > 0 ? $0 : 0.3 * $0 }, hasKink: true),
      NaiveActivation(activation: .tanh, function: { tanh($0) }, hasKink: false),
      NaiveActivation(activation: .sigmoid, function: { 1 / (1 + exp(-$0)) }, hasKink: false),
    ]
  }

  func kinks(_ before: Grid) -> Grid { hasKink ? before : Grid([0], numbers: []) }
}

extension Case {
  /// Matrix products, plain, in batches, and with bias and activation.
  static func products(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let shapes: [([Int], [Int])] = [
      ([n, m], [m, k]), ([k, n, m], [k, m, n]), ([k, n, m], [m, k]), ([1, n, m], [1, m, k]),
      ([2, 1, n, m], [2, 1, m, k]), ([2, k, n, m], [m, 3]),
    ]
    let plain = shapes.map { a, b in
      Case(
        name: "matmul \(a) × \(b)", operands: [Operand(a), Operand(b)],
        function: { matmul($0[0], $0[1]) }, reference: { multiplied($0[0], $0[1]) })
    }
    let inputs: [[Int]] = [[n, m], [2, n, m], [m], [0, m]]
    let withEpilogue = inputs.flatMap { input in
      NaiveActivation.all.flatMap { activation in
        [
          affineCase(input, weight: [m, k], isBiased: true, activation),
          affineCase(input, weight: [m, k], isBiased: false, activation),
        ]
      }
    }
    return plain + withEpilogue + [
      Case(
        name: "matmul of transposes", operands: [Operand([m, n]), Operand([k, m])],
        function: { matmul($0[0].transposed(), $0[1].transposed()) },
        reference: { grids in
          Grid([n, k]) { place in
            (0..<m).reduce(0) { $0 + grids[0][$1, place[0]] * grids[1][place[1], $1] }
          }
        }),
      Case(
        name: "one weight in three products", operands: [Operand([n, m]), Operand([m, m])],
        function: {
          let once = matmul($0[0], $0[1])
          return matmul(matmul(tanh(once), $0[1]) + once, $0[1])
        },
        reference: { grids in
          let once = multiplied(grids[0], grids[1])
          let twice = multiplied(once.map { tanh($0) }, grids[1])
          return multiplied(pairs(twice, once, +), grids[1])
        }),
    ]
  }

  private static func affineCase(
    _ input: [Int], weight: [Int], isBiased: Bool, _ activation: NaiveActivation
  ) -> Case {
    let before: ([Grid]) -> Grid = { grids in
      let rows = input.dropLast().reduce(1, *)
      let product = multiplied(grids[0].shaped([rows, weight[0]]), grids[1])
        .shaped(input.dropLast() + [weight[1]])
      return isBiased ? pairs(product, grids[2], +) : product
    }
    return Case(
      name: "affine of \(input)\(isBiased ? " with bias" : ""), \(activation.activation)",
      operands: [Operand(input), Operand(weight)] + (isBiased ? [Operand([weight[1]])] : []),
      kinks: { activation.kinks(before($0)) },
      function: {
        affine(
          $0[0], weight: $0[1], bias: isBiased ? $0[2] : nil, activation: activation.activation)
      },
      reference: { before($0).map(activation.function) })
  }
}

/// The product of the last two axes; the first ones are a batch, which the right side may lack.
private func multiplied(_ a: Grid, _ b: Grid) -> Grid {
  let rank = a.shape.count
  return Grid(a.shape.dropLast() + [b.shape.last!]) { place in
    let batch = b.shape.count == rank ? Array(place.dropLast(2)) : []
    return (0..<a.shape[rank - 1]).reduce(0) {
      $0 + a[place.dropLast() + [$1]] * b[batch + [$1, place[rank - 1]]]
    }
  }
}
