import Tensors

extension Case {
  /// Pooled and enlarged pictures.
  static func pictures(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let shape = [k, n + 3, m + 2, 2]
    let sizes: [(window: Int, stride: Int?)] = [(2, nil), (3, 1), (2, 3), (1, nil), (3, 2)]
    return sizes.flatMap { window, stride in
      let step = stride ?? window
      let target = [k, (n + 3 - window) / step + 1, (m + 2 - window) / step + 1, 2]
      /// What `function` makes of the numbers of each window.
      func windows(_ x: Grid, _ function: ([Double]) -> Double) -> Grid {
        Grid(target) { place in
          function(
            (0..<(window * window)).map { inside in
              x[
                place[0], place[1] * step + inside / window, place[2] * step + inside % window,
                place[3]]
            })
        }
      }
      let gap: ([Double]) -> Double = {
        let sorted = $0.sorted()
        return sorted.count > 1 ? sorted[sorted.count - 1] - sorted[sorted.count - 2] : 1
      }
      return [
        Case(
          name: "maxPooled by \(window) at \(step)", operands: [Operand(shape)],
          kinks: { windows($0[0], gap) },
          function: { $0[0].maxPooled(window: window, stride: stride) },
          reference: { windows($0[0]) { $0.max()! } }),
        Case(
          name: "meanPooled by \(window) at \(step)", operands: [Operand(shape)],
          function: { $0[0].meanPooled(window: window, stride: stride) },
          reference: { windows($0[0], mean) }),
      ]
    }
      + [1, 2, 3].map { factor in
        Case(
          name: "enlarged by \(factor)", operands: [Operand([k, n, m, 2])],
          function: { $0[0].enlarged(by: factor) },
          reference: { grids in
            Grid([k, n * factor, m * factor, 2]) {
              grids[0][$0[0], $0[1] / factor, $0[2] / factor, $0[3]]
            }
          })
      }
  }
}
