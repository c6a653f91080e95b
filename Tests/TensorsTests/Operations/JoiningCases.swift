import Tensors

extension Case {
  /// Tensors put together and cut apart.
  static func joining(_ lengths: Lengths) -> [Case] {
    let shape = [lengths.n, lengths.m, lengths.k]
    func lengthened(_ axis: Int, by extra: Int) -> [Int] {
      var longer = shape
      longer[axis] += extra
      return longer
    }
    let concatenations = (0..<3).flatMap { axis in
      [
        Case(
          name: "three concatenated along \(axis), one of them twice",
          operands: [Operand(shape), Operand(lengthened(axis, by: 2))],
          function: { .concatenating([$0[0], $0[1], $0[0]], axis: axis - 3) },
          reference: { concatenated([$0[0], $0[1], $0[0]], axis) }),
        Case(
          name: "concatenated with nothing along \(axis)",
          operands: [Operand(shape), Operand(lengthened(axis, by: -shape[axis]))],
          function: { .concatenating([$0[1], $0[0]], axis: axis) },
          reference: { concatenated([$0[1], $0[0]], axis) }),
        Case(
          name: "one concatenated along \(axis)", operands: [Operand(shape)],
          function: { .concatenating([$0[0]], axis: axis) }, reference: { $0[0] }),
        Case(
          name: "split along \(axis), the parts' products with one another",
          operands: [Operand(lengthened(axis, by: shape[axis] + 1))],
          function: {
            let parts = $0[0].split([shape[axis], 1, shape[axis]], axis: axis)
            return parts[0] * parts[1] - parts[2]
          },
          reference: { grids in
            Grid(shape) { place in
              func at(_ step: Int) -> Double {
                var inside = place
                inside[axis] = step
                return grids[0][inside]
              }
              return at(place[axis]) * at(shape[axis]) - at(place[axis] + shape[axis] + 1)
            }
          }),
        Case(
          name: "split into two along \(axis)",
          operands: [Operand(lengthened(axis, by: shape[axis]))],
          function: {
            let halves = $0[0].split(into: 2, axis: axis - 3)
            return halves[0] * halves[1]
          },
          reference: { grids in
            Grid(shape) { place in
              var other = place
              other[axis] += shape[axis]
              return grids[0][place] * grids[0][other]
            }
          }),
      ]
    }
    let stacks = (0..<4).map { axis in
      Case(
        name: "stacked along \(axis)", operands: [Operand(shape), Operand(shape)],
        function: { .stacking([$0[0], $0[1]], axis: axis < 2 ? axis : axis - 4) },
        reference: { grids in
          var target = shape
          target.insert(2, at: axis)
          return Grid(target) { place in
            var inside = place
            return grids[inside.remove(at: axis)][inside]
          }
        })
    }
    return concatenations + stacks
  }
}

private func concatenated(_ grids: [Grid], _ axis: Int) -> Grid {
  var target = grids[0].shape
  target[axis] = grids.reduce(0) { $0 + $1.shape[axis] }
  return Grid(target) { place in
    var inside = place
    var part = 0
    while inside[axis] >= grids[part].shape[axis] {
      inside[axis] -= grids[part].shape[axis]
      part += 1
    }
    return grids[part][inside]
  }
}
