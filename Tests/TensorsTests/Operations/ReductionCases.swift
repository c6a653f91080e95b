import Tensors

extension Case {
  /// Sums, means, variances, norms, largest and smallest, over all elements and along each axis.
  static func reductions(_ lengths: Lengths) -> [Case] {
    let shape = [lengths.n, lengths.m, lengths.k]
    func each(
      _ name: String, kink: @escaping ([Double]) -> Double = { _ in 1 },
      _ whole: @escaping (Tensor) -> Tensor,
      _ along: @escaping (Tensor, Int, Bool) -> Tensor,
      _ reference: @escaping ([Double]) -> Double
    ) -> [Case] {
      let operand = Operand(shape)
      let all = Case(
        name: "\(name) of all", operands: [operand],
        kinks: { Grid([], numbers: [kink($0[0].numbers)]) },
        function: { whole($0[0]) }, reference: { Grid([], numbers: [reference($0[0].numbers)]) })
      return [all]
        + (0..<3).flatMap { axis in
          [true, false].map { keeping in
            Case(
              name: "\(name) along \(axis)\(keeping ? ", kept" : "")", operands: [operand],
              kinks: { $0[0].along(axis, kink) },
              // The same axis counted from the end, too.
              function: { along($0[0], keeping ? axis : axis - 3, keeping) },
              reference: {
                let kept = $0[0].along(axis, reference)
                return keeping ? kept : kept.without(axis)
              })
          }
        }
    }
    return [
      each("sum", { $0.sum() }, { $0.sum(axis: $1, keepingAxis: $2) }, sum),
      each("mean", { $0.mean() }, { $0.mean(axis: $1, keepingAxis: $2) }, mean),
      each(
        "variance", { $0.variance() }, { $0.variance(axis: $1, keepingAxis: $2) }, variance),
      each(
        "norm", kink: length, { $0.norm() }, { $0.norm(axis: $1, keepingAxis: $2) }, length),
      each("max", kink: smallestGap, { $0.max() }, { $0.max(axis: $1, keepingAxis: $2) }) {
        $0.max()!
      },
      each("min", kink: smallestGap, { $0.min() }, { $0.min(axis: $1, keepingAxis: $2) }) {
        $0.min()!
      },
    ].flatMap { $0 } + severalAxes(lengths)
  }

  private static func severalAxes(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let several: [(String, (Tensor, [Int]) -> Tensor, ([Double]) -> Double)] = [
      ("sum", { $0.sum(axes: $1) }, sum), ("mean", { $0.mean(axes: $1) }, mean),
    ]
    let reductions = several.flatMap { name, function, reference in
      [[], [0], [0, 1], [0, 2], [-1, 1], [2, 0, 1], [1, 1]].map { axes in
        Case(
          name: "\(name) along \(axes)", operands: [Operand([n, m, k])],
          function: { function($0[0], axes) },
          reference: {
            let gone = Set(axes.map { ($0 + 3) % 3 })
            let kept = gone.reduce($0[0]) { $0.along($1, reference) }
            return kept.shaped((0..<3).filter { !gone.contains($0) }.map { kept.shape[$0] })
          })
      }
    }
    let larger: [([Int], [Int])] = [
      ([m], [n, m]), ([n, 1], [n, m]), ([], [n, m]), ([1, m, 1], [k, n, m, k]), ([n, m], [n, m]),
      ([1], [n]), ([1, 1], [1, 1, 1]),
    ]
    return reductions
      + larger.map { from, to in
        Case(
          name: "expanded from \(from) to \(to)", operands: [Operand(from)],
          function: { $0[0].expanded(to: Shape(to)) },
          reference: { grids in Grid(to) { grids[0].repeated($0) } })
      }
  }
}

/// How far the largest and the smallest are from the next.
private func smallestGap(_ line: [Double]) -> Double {
  let sorted = line.sorted()
  guard sorted.count > 1 else { return 1 }
  return min(sorted[1] - sorted[0], sorted[sorted.count - 1] - sorted[sorted.count - 2])
}

private func length(_ numbers: [Double]) -> Double {
  sum(numbers.map { $0 * $0 }).squareRoot()
}

func sum(_ numbers: [Double]) -> Double { numbers.reduce(0, +) }

func mean(_ numbers: [Double]) -> Double { sum(numbers) / Double(numbers.count) }

func variance(_ numbers: [Double]) -> Double {
  let centre = mean(numbers)
  return mean(numbers.map { ($0 - centre) * ($0 - centre) })
}
