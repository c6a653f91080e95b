import Kernels
import Randomness
import Testing

@Suite struct ReductionTests {
  /// [outer, count, inner]: lines, columns, short and long, odd and even, large enough for threads.
  static let shapes: [[Int]] = [
    [1, 1, 1], [1, 5, 1], [1, 16, 1], [1, 1_000, 1], [3, 127, 1], [200, 10, 1], [1, 700_003, 1],
    [3, 300_000, 1],
    [1, 7, 3], [1, 5_003, 3], [1, 40, 20], [1, 3_001, 20], [1, 33, 64], [2, 100, 63], [1, 20, 257],
    [1, 9, 700],
    [1, 300_001, 2], [1, 30_000, 32], [5, 49, 24], [2, 3, 5], [4, 1, 6], [1, 2_000, 1_000],
    [0, 3, 2], [2, 3, 0],
  ]

  struct Sum {
    var value = 0.0, lost = 0.0
    /// Adds as Kahan did: what each addition loses is added to the next.
    mutating func add(_ x: Double) {
      let y = x - lost
      let next = value + y
      lost = (next - value) - y
      value = next
    }
  }

  static func oracle(_ reduction: kernels_reduction, _ x: [Double], _ shape: [Int]) -> [Double] {
    let (outer, count, inner) = (shape[0], shape[1], shape[2])
    return (0..<outer * inner).map { place in
      let column = (0..<count).map { (place / inner * count + $0) * inner + place % inner }
      var sum = Sum()
      switch reduction {
      case KERNELS_SUM: for index in column { sum.add(x[index]) }
      default: return column.map { x[$0] }.max()!
      }
      return sum.value
    }
  }

  func check<Number: KernelNumber>(_: Number.Type, _ shape: [Int]) {
    let size = shape.reduce(1, *)
    let results = shape[0] * shape[2]
    let x = Number.numbers(size, seed: 7)
    for reduction in [KERNELS_SUM, KERNELS_LARGEST] {
      // The error is one of rounding the terms, which grows like the root of their number.
      let bound = Number.tolerance * (1 + 0.1 * Double(shape[1]).squareRoot())
      onEveryMachine(near: Self.oracle(reduction, x.doubles, shape), within: bound) {
        [Number](results) { Number.reduce(reduction, x, $0, shape[0], shape[1], shape[2]) }
      }
    }
    for path in paths {
      let places = on(path) {
        var y = [Int32](repeating: -1, count: results)
        Number.indexOfLargest(x, &y, shape[0], shape[1], shape[2])
        return y
      }
      let largest = places.enumerated().map { place, index in
        Double(x[(place / shape[2] * shape[1] + Int(index)) * shape[2] + place % shape[2]])
      }
      expect(
        largest.map { Number($0) }, near: Self.oracle(KERNELS_LARGEST, x.doubles, shape),
        within: 0)
    }
  }

  @Test(arguments: shapes) func sumsAndExtremesAreThoseOfANaiveLoop(shape: [Int]) {
    check(Float.self, shape)
    check(Double.self, shape)
  }

  @Test func aMillionOnesAreAMillion() {
    let ones = [Float](repeating: 1, count: 1_000_000)
    for path in paths {
      on(path) {
        for (outer, inner) in [(1, 1), (1, 10), (10, 1), (2, 5)] {
          let count = 1_000_000 / outer / inner
          let y = [Float](outer * inner) {
            kernels_reduce_f(KERNELS_SUM, ones, $0, outer, count, inner)
          }
          #expect(y == [Float](repeating: Float(count), count: outer * inner))
        }
      }
    }
  }

  @Test func manyTenthsLoseNothing() {
    let x = [Float](repeating: 0.1, count: 3_000_000)
    let y = [Float](1) { kernels_reduce_f(KERNELS_SUM, x, $0, 1, x.count, 1) }
    let truth = Double(Float(0.1)) * 3_000_000
    #expect(abs(Double(y[0]) - truth) < truth * 1e-7)
  }

  @Test func theFirstOfEqualElementsIsTheLargest() {
    var y: [Int32] = [-1, -1]
    kernels_index_of_largest_f([1, 3, 3, 2, 5, 5, 5, 5], &y, 2, 4, 1)
    #expect(y == [1, 0])
    kernels_index_of_largest_f([1, 9, 7, 9, 7, 2], &y, 1, 3, 2)
    #expect(y == [1, 0])
  }

  @Test(arguments: [1, 7, 16, 40, 300, 5_000]) func aNaNIsNotLost(count: Int) {
    for path in paths {
      on(path) {
        for place in [0, count / 2, count - 1] {
          for inner in [1, 5, 16] {
            var x = [Float](repeating: 1, count: count * inner)
            x[place * inner] = .nan
            for reduction in [KERNELS_SUM, KERNELS_LARGEST] {
              let y = [Float](inner) { kernels_reduce_f(reduction, x, $0, 1, count, inner) }
              #expect(y[0].isNaN && y.dropFirst().allSatisfy { !$0.isNaN })
            }
            var index = [Int32](repeating: -1, count: inner)
            kernels_index_of_largest_f(x, &index, 1, count, inner)
            #expect(index[0] == place)
          }
        }
      }
    }
  }

  @Test func noNumbersAddToZero() {
    let sums = [Float](3) { kernels_reduce_f(KERNELS_SUM, [], $0, 3, 0, 1) }
    let largest = [Float](3) { kernels_reduce_f(KERNELS_LARGEST, [], $0, 1, 0, 3) }
    #expect(sums == [0, 0, 0])
    #expect(largest == [-.infinity, -.infinity, -.infinity])
  }
}
