import Tensors

/// Numbers in a grid, computed place by place in double precision and as slowly as one likes: what tensors
/// are held against.
struct Grid: Equatable, Sendable {
  let shape: [Int]
  let numbers: [Double]

  init(_ shape: [Int], numbers: [Double]) {
    precondition(shape.reduce(1, *) == numbers.count)
    (self.shape, self.numbers) = (shape, numbers)
  }

  /// The number at each place by a function of the place.
  init(_ shape: [Int], _ number: ([Int]) -> Double) {
    var numbers: [Double] = []
    var place = shape.map { _ in 0 }
    for _ in 0..<shape.reduce(1, *) {
      numbers.append(number(place))
      for axis in shape.indices.reversed() {
        place[axis] += 1
        if place[axis] < shape[axis] { break }
        place[axis] = 0
      }
    }
    self.init(shape, numbers: numbers)
  }

  init(_ tensor: Tensor) { self.init(Array(tensor.shape), numbers: tensor.scalars) }

  func tensor(_ precision: Precision) -> Tensor {
    Tensor(numbers, shape: Shape(shape), precision: precision)
  }

  subscript(_ place: [Int]) -> Double {
    var index = 0
    for (axis, step) in place.enumerated() { index = index * shape[axis] + step }
    return numbers[index]
  }

  subscript(_ place: Int...) -> Double { self[place] }

  /// The number that a place of a larger grid sees: last axes against last axes, those of length 1 repeated.
  func repeated(_ place: [Int]) -> Double {
    let own = place.suffix(shape.count)
    return self[zip(own, shape).map { $1 == 1 ? 0 : $0 }]
  }

  func map(_ function: (Double) -> Double) -> Grid { Grid(shape, numbers: numbers.map(function)) }

  /// What `function` makes of the numbers along an axis, which stays with length 1.
  func along(_ axis: Int, _ function: ([Double]) -> Double) -> Grid {
    var kept = shape
    kept[axis] = 1
    return Grid(kept) { place in
      function(
        (0..<shape[axis]).map { step in
          var inside = place
          inside[axis] = step
          return self[inside]
        })
    }
  }

  /// What `function` makes of the numbers along an axis, as many as there were.
  func within(_ axis: Int, _ function: ([Double]) -> [Double]) -> Grid {
    Grid(shape) { place in
      let line = (0..<shape[axis]).map { step in
        var inside = place
        inside[axis] = step
        return self[inside]
      }
      return function(line)[place[axis]]
    }
  }

  func without(_ axis: Int) -> Grid {
    var lengths = shape
    lengths.remove(at: axis)
    return Grid(lengths, numbers: numbers)
  }

  func shaped(_ shape: [Int]) -> Grid { Grid(shape, numbers: numbers) }
}

/// f(a, b) with broadcasting.
func pairs(_ a: Grid, _ b: Grid, _ function: (Double, Double) -> Double) -> Grid {
  let rank = max(a.shape.count, b.shape.count)
  let (long, other) = (
    Array(repeating: 1, count: rank - a.shape.count) + a.shape,
    Array(repeating: 1, count: rank - b.shape.count) + b.shape
  )
  let shape = zip(long, other).map { $0 == 1 ? $1 : $0 }
  return Grid(shape) { function(a.repeated($0), b.repeated($0)) }
}

/// The largest difference, as a share of the largest number of both (or of 1, if that is larger); infinite
/// where shapes differ or something is not a number.
func distance(_ a: Grid, _ b: Grid) -> Double {
  guard a.shape == b.shape else { return .infinity }
  let size = max(1, (a.numbers + b.numbers).reduce(0) { max($0, abs($1)) })
  return zip(a.numbers, b.numbers).reduce(0) {
    let difference = abs($1.0 - $1.1) / size
    return difference.isNaN ? .infinity : max($0, difference)
  }
}

func distance(_ a: Tensor, _ b: Tensor) -> Double { distance(Grid(a), Grid(b)) }
