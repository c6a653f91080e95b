import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Case {
  /// What runs in one pass for first derivatives and is taken apart for further ones.
  static func fused(_ lengths: Lengths) -> [Case] {
    softmaxes(lengths) + normalisations(lengths) + gates(lengths)
  }

  private static func softmaxes(_ lengths: Lengths) -> [Case] {
    let shape = [lengths.n, lengths.m, lengths.k]
    let labels = (0..<lengths.n).map { ($0 * 5 + 2) % lengths.m }
    return (0..<3).flatMap { axis in
      [
        Case(
          name: "softmax along \(axis)", operands: [Operand(shape)],
          function: { $0[0].softmax(axis: axis - 3) },
          reference: { $0[0].within(axis, probabilities) }),
        Case(
          name: "logSoftmax along \(axis)", operands: [Operand(shape)],
          function: { $0[0].logSoftmax(axis: axis) },
          reference: { $0[0].within(axis, probabilities).map { log($0) } }),
        Case(
          name: "logSumExp along \(axis)", operands: [Operand(shape)],
          function: { $0[0].logSumExp(axis: axis - 3) },
          reference: { $0[0].along(axis) { log(sum($0.map { exp($0) })) }.without(axis) }),
        Case(
          name: "logSumExp along \(axis), kept", operands: [Operand(shape)],
          function: { $0[0].logSumExp(axis: axis, keepingAxis: true) },
          reference: { $0[0].along(axis) { log(sum($0.map { exp($0) })) } }),
      ]
    } + [
      Case(
        name: "crossEntropy", operands: [Operand([lengths.n, lengths.m])],
        function: { crossEntropy(logits: $0[0], labels: labels) },
        reference: { grids in
          let all = grids[0].within(1, probabilities)
          return Grid([], numbers: [mean((0..<lengths.n).map { -log(all[$0, labels[$0]]) })])
        })
    ]
  }

  private static func normalisations(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    // With ε so large that a single number, whose variance is 0, has a derivative to be seen.
    let epsilon = 0.1
    return [[n, m], [n, m, k], [k, n, m, 2]].flatMap { shape -> [Case] in
      let (last, rows) = (shape.count - 1, shape.dropLast().reduce(1, *))
      let byBatch: ([Grid]) -> Grid = {
        $0[0].shaped([rows, shape[last]]).within(0) { normalised($0, epsilon) }.shaped(shape)
      }
      let middle = shape.dropFirst().dropLast().reduce(1, *)
      return [
        Case(
          name: "normalisedByBatch of \(shape)", operands: [Operand(shape)],
          function: { $0[0].normalisedByBatch(epsilon: epsilon).normalised }, reference: byBatch),
        Case(
          name: "normalisedByLayer of \(shape)", operands: [Operand(shape)],
          function: { $0[0].normalisedByLayer(epsilon: epsilon) },
          reference: { $0[0].within(last) { normalised($0, epsilon) } }),
      ]
        + (shape.count < 3
          ? []
          : [
            Case(
              name: "normalisedByInstance of \(shape)", operands: [Operand(shape)],
              function: { $0[0].normalisedByInstance(epsilon: epsilon) },
              reference: {
                $0[0].shaped([shape[0], middle, shape[last]])
                  .within(1) { normalised($0, epsilon) }.shaped(shape)
              })
          ])
    }
  }

  private static func gates(_ lengths: Lengths) -> [Case] {
    let (n, m, k) = (lengths.n, lengths.m, lengths.k)
    let cell: ([Grid]) -> (memory: Grid, state: Grid) = { grids in
      let (gates, memory) = (grids[0], grids[1])
      func gate(_ number: Int, _ place: [Int]) -> Double { gates[place[0], number * m + place[1]] }
      let new = Grid([n, m]) { place in
        logistic(gate(1, place)) * memory[place] + logistic(gate(0, place)) * tanh(gate(2, place))
      }
      return (new, Grid([n, m]) { logistic(gate(3, $0)) * tanh(new[$0]) })
    }
    func memoryCase(
      _ name: String, _ function: @escaping (Tensor, Tensor) -> Tensor,
      _ reference: @escaping (Grid, Grid) -> Grid
    ) -> Case {
      Case(
        name: "memoryCell, \(name)", operands: [Operand([n, 4 * m]), Operand([n, m])],
        function: {
          let (memory, state) = memoryCell(gates: $0[0], memory: $0[1])
          return function(memory, state)
        },
        reference: {
          let (memory, state) = cell($0)
          return reference(memory, state)
        })
    }
    let shapes = [[2 * m], [n, 2 * m], [n, k, 2 * m]]
    let gated = shapes.map { shape in
      Case(
        name: "gated \(shape)", operands: [Operand(shape)], function: { $0[0].gated() },
        reference: { grids in
          Grid(shape.dropLast() + [m]) { place in
            let gate = Array(place.dropLast()) + [place.last! + m]
            return tanh(grids[0][place]) * logistic(grids[0][gate])
          }
        })
    }
    return gated + [
      memoryCase("memory", { memory, _ in memory }, { memory, _ in memory }),
      memoryCase("state", { _, state in state }, { _, state in state }),
      memoryCase("both", { $0 * $1 }, { pairs($0, $1, *) }),
      Case(
        name: "memoryCell twice", operands: [Operand([n, 4 * m]), Operand([n, m])],
        function: {
          let once = memoryCell(gates: $0[0], memory: $0[1])
          return memoryCell(gates: $0[0] * 0.5, memory: once.memory).state + once.state
        },
        reference: {
          let once = cell($0)
          return pairs(cell([$0[0].map { $0 * 0.5 }, once.memory]).state, once.state, +)
        }),
    ]
  }
}

private func probabilities(_ logits: [Double]) -> [Double] {
  let total = sum(logits.map { exp($0) })
  return logits.map { exp($0) / total }
}

private func normalised(_ numbers: [Double], _ epsilon: Double) -> [Double] {
  let (centre, deviation) = (mean(numbers), (variance(numbers) + epsilon).squareRoot())
  return numbers.map { ($0 - centre) / deviation }
}

private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
