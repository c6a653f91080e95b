import Randomness
import Tensors
import Testing

/// Shapes of every rank, with axes of every length, none included.
@Suite struct ShapeTests {
  private var random = SeededGenerator(seed: 7)

  /// A shape of up to seven axes and few elements.
  private mutating func drawnShape(rank: Int) -> [Int] {
    let lengths = rank > 4 ? [1, 1, 2, 2, 3] : [0, 1, 1, 2, 3, 4]
    return (0..<rank).map { _ in lengths.randomElement(using: &random)! }
  }

  private mutating func drawn(_ shape: [Int], in range: ClosedRange<Double> = -2...2) -> Grid {
    Grid(shape) { _ in
      (random.uniform(from: range.lowerBound, to: range.upperBound) * 64).rounded() / 64
    }
  }

  @Test mutating func shapesKnowTheirAxes() {
    for rank in 0...7 {
      let lengths = drawnShape(rank: rank)
      let shape = Shape(lengths)
      #expect(shape.rank == rank && shape.count == rank && Array(shape) == lengths)
      #expect(shape.elementCount == lengths.reduce(1, *))
      #expect(shape.description == "\(lengths)")
      #expect(shape.first == lengths.first && shape.last == lengths.last)
      #expect(shape == Shape(lengths) && shape.hashValue == Shape(lengths).hashValue)
      if rank < 7 { #expect(shape != Shape(lengths + [1])) }
    }
    #expect(Shape([2_147_483_647, 1])[0] == 2_147_483_647)
  }

  @Test mutating func twoTensorsOfAnyShapesAreBroadcast() {
    for turn in 0..<300 {
      let whole = drawnShape(rank: turn % 8)
      var (first, second) = (whole, whole)
      for axis in whole.indices {
        switch UInt.random(in: 0..<4, using: &random) {
        case 0: first[axis] = 1
        case 1: second[axis] = 1
        default: break
        }
      }
      // First axes of length 1 may be missing.
      if turn % 3 == 0 { first.removeFirst(first.prefix { $0 == 1 }.count) }
      let (a, b) = (drawn(first), drawn(second, in: 0.5...2))
      let (x, y) = (a.tensor(.float64), b.tensor(.float64))
      #expect(Grid(x + y) == pairs(a, b, +), "\(first) + \(second)")
      #expect(Grid(x - y) == pairs(a, b, -), "\(first) − \(second)")
      #expect(Grid(x * y) == pairs(a, b, *), "\(first) × \(second)")
      #expect(Grid(y - x) == pairs(b, a, -), "\(second) − \(first)")
      #expect(Grid(x .< y) == pairs(a, b) { $0 < $1 ? 1 : 0 }, "\(first) < \(second)")
      #expect(distance(Grid(x / y), pairs(a, b, /)) < 1e-15, "\(first) / \(second)")
      // Each gradient has its operand's shape and is the sum over the places where that was repeated.
      let (dx, dy) = gradient(at: x, y) { ($0 * $1).sum() }
      #expect(distance(dx, differences(at: x) { ($0 * y).sum() }) < 1e-9, "\(first), \(second)")
      #expect(distance(dy, differences(at: y) { (x * $0).sum() }) < 1e-9, "\(first), \(second)")
    }
  }

  @Test mutating func sumsGoOverAnySetOfAxes() {
    for turn in 0..<200 {
      let shape = drawnShape(rank: turn % 8)
      let axes = shape.indices.filter { _ in Bool.random(using: &random) }
      let grid = drawn(shape)
      let kept = axes.reduce(grid) { $0.along($1, sum) }
      let left = shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
      let x = grid.tensor(.float64)
      #expect(distance(Grid(x.sum(axes: axes)), kept.shaped(left)) < 1e-14, "\(shape), \(axes)")
      let weights = drawn(left).tensor(.float64)
      #expect(
        distance(
          gradient(at: x) { ($0.sum(axes: axes) * weights).sum() },
          differences(at: x) { ($0.sum(axes: axes) * weights).sum() }) < 1e-9, "\(shape), \(axes)")
    }
  }

  @Test mutating func axesComeInAnyOrder() {
    for turn in 0..<100 {
      let shape = drawnShape(rank: turn % 8)
      let order = random.permutation(of: shape.count)
      let grid = drawn(shape)
      let expected = Grid(order.map { shape[$0] }) { place in
        var old = place
        for (axis, from) in order.enumerated() { old[from] = place[axis] }
        return grid[old]
      }
      for precision in Precision.allCases {
        #expect(Grid(grid.tensor(precision).permuted(order)) == expected, "\(shape) to \(order)")
      }
    }
  }

  @Test mutating func partsAreTakenAlongAnyAxis() {
    for turn in 0..<200 {
      let shape = drawnShape(rank: 1 + turn % 7)
      let axis = Int.random(in: 0..<shape.count, using: &random)
      let length = shape[axis]
      let from = Int.random(in: 0...length, using: &random)
      let to = Int.random(in: from...length, using: &random)
      let (grid, x) = { ($0, $0.tensor(.float64)) }(drawn(shape))
      func expected(_ count: Int, _ place: (Int) -> Int) -> Grid {
        var target = shape
        target[axis] = count
        return Grid(target) {
          var old = $0
          old[axis] = place($0[axis])
          return (0..<length).contains(old[axis]) ? grid[old] : 0
        }
      }
      #expect(Grid(x.slice(axis: axis, from..<to)) == expected(to - from) { $0 + from })
      #expect(Grid(x.reversed(axis: axis)) == expected(length) { length - 1 - $0 })
      #expect(Grid(x.every(2, axis: axis)) == expected((length + 1) / 2) { 2 * $0 })
      #expect(
        Grid(x.padded(axis: axis, before: from, after: to))
          == expected(from + length + to) { $0 - from })
      let parts = x.split([from, to - from, length - to], axis: axis)
      #expect(Grid(.concatenating(parts, axis: axis)) == grid)
      let mirrored = gradient(at: x) {
        ($0.padded(axis: axis, before: 1, after: 0).slice(axis: axis, 0..<length)
          * $0.reversed(axis: axis)).sum()
      }
      let differenced = differences(at: x) {
        ($0.padded(axis: axis, before: 1, after: 0).slice(axis: axis, 0..<length)
          * $0.reversed(axis: axis)).sum()
      }
      #expect(distance(mirrored, differenced) < 1e-9, "\(shape), axis \(axis)")
    }
  }

  @Test mutating func everythingThatMakesSenseOfNothingMakesNothing() {
    for precision in Precision.allCases {
      let none = Tensor.zeros([0, 3], precision: precision)
      let three = Tensor.ones([3], precision: precision)
      let weight = Tensor.ones([3, 2], precision: precision)
      #expect(exp(none).shape == [0, 3])
      #expect((none + three).shape == [0, 3])
      #expect((none * Tensor.ones([1, 1], precision: precision)).shape == [0, 3])
      #expect(none.sum().scalar == 0)
      #expect(none.sum(axis: 0).scalars == [0, 0, 0])
      #expect(none.sum(axis: 1).shape == [0])
      #expect(matmul(none, weight).shape == [0, 2])
      #expect(matmul(weight.transposed().slice(axis: 0, 0..<0), weight).shape == [0, 2])
      // A sum of no products is zero.
      #expect(
        matmul(none.transposed(), Tensor.zeros([0, 2], precision: precision)).scalars
          == [0, 0, 0, 0, 0, 0])
      let empty = Tensor.zeros([2, 3, 0], precision: precision)
      #expect(
        matmul(empty, empty.permuted([0, 2, 1])).scalars == [Double](repeating: 0, count: 18))
      let bias = Tensor([5, 6], precision: precision)
      #expect(
        affine(
          none.transposed(), weight: Tensor.zeros([0, 2], precision: precision), bias: bias
        ).scalars
          == [5, 6, 5, 6, 5, 6])
      #expect(affine(none, weight: weight, bias: Tensor.ones([2], precision: precision)).count == 0)
      #expect(none.transposed().shape == [3, 0])
      #expect(none.reshaped(to: [3, 0, 2]).shape == [3, 0, 2])
      #expect(none.gathering([]).shape == [0, 3])
      #expect(Tensor.concatenating([none, weight.transposed()], axis: 0).shape == [2, 3])
      #expect(none.expanded(to: [2, 0, 3]).count == 0)
      #expect(none.rows == [])
      #expect(none.digest != Tensor.zeros([3, 0], precision: precision).digest)
      #expect(none.description == "[] [0, 3]")
      let pictures = Tensor.zeros([0, 4, 4, 1], precision: precision)
      let window = Tensor.ones([3, 3, 1, 2], precision: precision)
      #expect(pictures.convolved(with: window).shape == [0, 2, 2, 2])
      #expect(
        gradient(at: window) { pictures.convolved(with: $0).sum() }.scalars
          == [Double](repeating: 0, count: 18))
      #expect(gradient(at: none) { ($0 * three).sum() }.shape == [0, 3])
      #expect(gradient(at: weight) { matmul(none, $0).sum() }.scalars == [0, 0, 0, 0, 0, 0])
    }
  }
}
