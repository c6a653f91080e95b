import Tensors

extension Case {
  /// Elements moved and picked; the reference says from which place of the operand each element comes.
  static func movement(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let shape = [n, m, k]
    /// `from` is nil where zero stands.
    func each(
      _ name: String, to target: [Int], _ function: @escaping (Tensor) -> Tensor,
      from: @escaping ([Int]) -> [Int]?
    ) -> Case {
      Case(
        name: name, operands: [Operand(shape)], function: { function($0[0]) },
        reference: { grids in Grid(target) { from($0).map { grids[0][$0] } ?? 0 } })
    }
    /// The same elements in the same order.
    func inOrder(
      _ name: String, to target: [Int], _ function: @escaping (Tensor) -> Tensor
    ) -> Case {
      Case(
        name: name, operands: [Operand(shape)], function: { function($0[0]) },
        reference: { $0[0].shaped(target) })
    }
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    return [
      inOrder("reshaped", to: [k, 1, n * m]) { $0.reshaped(to: Shape([k, 1, n * m])) },
      inOrder("reshaped with −1", to: [m, n * k]) { $0.reshaped(to: [m, -1]) },
      inOrder("flattened", to: [n * m * k]) { $0.flattened() },
      inOrder("flattened from 1", to: [n, m * k]) { $0.flattened(from: 1) },
      inOrder("expandingAxis 0", to: [1, n, m, k]) { $0.expandingAxis(0) },
      inOrder("expandingAxis 2", to: [n, m, 1, k]) { $0.expandingAxis(2) },
      inOrder("expandingAxis −1", to: [n, m, k, 1]) { $0.expandingAxis(-1) },
      inOrder("expandingAxis −2, then removed", to: shape) {
        $0.expandingAxis(-2).removingAxis(2)
      },
      each("transposed", to: [n, k, m], { $0.transposed() }, from: { [$0[0], $0[2], $0[1]] }),
    ]
      + orders.map { order in
        each(
          "permuted to \(order)", to: order.map { shape[$0] }, { $0.permuted(order) },
          from: { place in
            var old = [0, 0, 0]
            for (axis, from) in order.enumerated() { old[from] = place[axis] }
            return old
          })
      }
      + (0..<3).flatMap { axis -> [Case] in
        let length = shape[axis]
        func along(
          _ name: String, length: Int, _ function: @escaping (Tensor) -> Tensor,
          from: @escaping (Int) -> Int
        ) -> Case {
          var target = shape
          target[axis] = length
          return each(
            "\(name) along \(axis)", to: target, function,
            from: { place in
              var old = place
              old[axis] = from(place[axis])
              return (0..<shape[axis]).contains(old[axis]) ? old : nil
            })
        }
        let repeated = [length - 1, 0, length - 1, length / 2, 0]
        return [
          along("slice of all but the first", length: length - 1) {
            $0.slice(axis: axis, 1..<length)
          } from: {
            $0 + 1
          },
          along("slice of all", length: length) {
            $0.slice(axis: axis, 0..<length)
          } from: {
            $0
          },
          along("every second", length: (length + 1) / 2) {
            $0.every(2, axis: axis)
          } from: {
            $0 * 2
          },
          along("every third from the last", length: 1) {
            $0.every(3, axis: axis, from: length - 1)
          } from: { _ in
            length - 1
          },
          along("reversed", length: length) {
            $0.reversed(axis: axis - 3)
          } from: {
            length - 1 - $0
          },
          along("padded by 2 and 1", length: length + 3) {
            $0.padded(axis: axis, before: 2, after: 1)
          } from: {
            $0 - 2
          },
          along("gathering with repetition", length: 5) {
            $0.gathering(repeated, axis: axis)
          } from: {
            repeated[$0]
          },
          along("gathering nothing", length: 0) {
            $0.gathering([], axis: axis)
          } from: {
            $0
          },
        ]
      } + brackets(lengths)
  }

  /// Parts by their places in brackets.
  private static func brackets(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    func each(
      _ name: String, to target: [Int], _ function: @escaping (Tensor) -> Tensor,
      from: @escaping ([Int]) -> [Int]
    ) -> Case {
      Case(
        name: name, operands: [Operand([n, m, k])], function: { function($0[0]) },
        reference: { grids in Grid(target) { grids[0][from($0)] } })
    }
    let columns = (0..<n).map { ($0 * 7 + 1) % m }
    return [
      each("x[i]", to: [m, k], { $0[n - 1] }, from: { [n - 1] + $0 }),
      each("x[i, j, l]", to: [], { $0[0, m - 1, k - 1] }, from: { _ in [0, m - 1, k - 1] }),
      each("x[0..., j]", to: [n, k], { $0[0..., m - 1] }, from: { [$0[0], m - 1, $0[1]] }),
      each(
        "x[..<a, b..., ...c]", to: [n, m - 1, k], { $0[..<n, 1..., ...(k - 1)] },
        from: { [$0[0], $0[1] + 1, $0[2]] }),
      each(
        "x[a..<b, c...d]", to: [n - 1, 1, k], { $0[1..<n, (m - 1)...(m - 1)] },
        from: { [$0[0] + 1, m - 1, $0[2]] }),
      Case(
        name: "picking", operands: [Operand([n, m])], function: { $0[0].picking(columns) },
        reference: { grids in Grid([n]) { grids[0][$0[0], columns[$0[0]]] } }),
    ]
  }
}
