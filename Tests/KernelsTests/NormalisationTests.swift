import Kernels
import Testing

@Suite struct NormalisationTests {
  /// Batch [1, rows, channels], layer [rows, width, 1] and instance [pictures, places, channels] normalisation.
  static let shapes: [[Int]] = [
    [1, 64, 8], [1, 1_000, 3], [1, 130, 70], [1, 20_000, 32], [1, 50, 400], [1, 300_001, 1],
    [1, 100_000, 6],
    [128, 10, 1], [60, 129, 1], [3, 200_000, 1], [7, 49, 24], [6, 30, 20], [2, 1, 5], [3, 2, 300],
  ]

  struct Column {
    var indices: [Int]
    init(_ place: Int, of shape: [Int]) {
      let (count, inner) = (shape[1], shape[2])
      indices = (0..<count).map { (place / inner * count + $0) * inner + place % inner }
    }
    func mean(_ value: (Int) -> Double) -> Double {
      indices.reduce(0) { $0 + value($1) } / Double(indices.count)
    }
  }

  func check<Number: KernelNumber>(_: Number.Type, _ shape: [Int], centre: Double, epsilon: Double)
  {
    let size = shape.reduce(1, *)
    let columns = shape[0] * shape[2]
    let x = Number.numbers(size, seed: 9).map { $0 + Number(centre) }
    let g = Number.numbers(size, seed: 10)
    var mean = [Double]()
    var inverse = [Double]()
    var dx = [Double](repeating: 0, count: size)
    for place in 0..<columns {
      let column = Column(place, of: shape)
      let m = column.mean { Double(x[$0]) }
      mean.append(m)
      inverse.append(
        1 / (column.mean { (Double(x[$0]) - m) * (Double(x[$0]) - m) } + epsilon).squareRoot())
    }
    func column(_ index: Int) -> Int { index / (shape[1] * shape[2]) * shape[2] + index % shape[2] }
    let tolerance = Number.tolerance * (1 + abs(centre))
    onEveryMachine(near: mean + inverse, within: tolerance) {
      [Number](2 * columns) {
        Number.moments(x, $0, $0! + columns, shape[0], shape[1], shape[2], Number(epsilon))
      }
    }
    let m = mean.map { Number($0) }
    let s = inverse.map { Number($0) }
    let normal = x.indices.map { (Double(x[$0]) - Double(m[column($0)])) * Double(s[column($0)]) }
    onEveryMachine(near: normal, within: tolerance) {
      [Number](size) { Number.normalise(x, m, s, $0, shape[0], shape[1], shape[2]) }
    }
    let y = normal.map { Number($0) }
    for place in 0..<columns {
      let column = Column(place, of: shape)
      let meanG = column.mean { Double(g[$0]) }
      let meanGY = column.mean { Double(g[$0]) * Double(y[$0]) }
      for i in column.indices {
        dx[i] = Double(s[place]) * (Double(g[i]) - meanG - Double(y[i]) * meanGY)
      }
    }
    onEveryMachine(near: dx, within: 4 * Number.tolerance * Double(s.max()!)) {
      [Number](size) { Number.normaliseSlope(y, s, g, $0, shape[0], shape[1], shape[2]) }
    }
  }

  @Test(arguments: shapes) func normalisingIsItsFormula(shape: [Int]) {
    check(Float.self, shape, centre: 0, epsilon: 1e-5)
    check(Double.self, shape, centre: 0, epsilon: 1e-5)
  }

  @Test func aMeanFarFromZeroCostsNoDigitsOfTheDeviation() {
    // In float32 the numbers themselves are rounded to 6e-5 here; the deviation is that of the rounded ones.
    let x = Float.numbers(10_000, within: 1, seed: 11).map { $0 + 1_000 }
    for (outer, count, inner) in [(1, 10_000, 1), (1, 1_000, 10), (10, 1_000, 1), (1, 100, 100)] {
      let columns = outer * inner
      let found = [Float](2 * columns) {
        kernels_moments_f(x, $0, $0! + columns, outer, count, inner, 0)
      }
      for place in 0..<columns {
        let column = Column(place, of: [outer, count, inner])
        let mean = column.mean { Double(x[$0]) }
        let variance = column.mean { (Double(x[$0]) - mean) * (Double(x[$0]) - mean) }
        #expect(abs(Double(found[columns + place]) * variance.squareRoot() - 1) < 1e-6)
      }
    }
  }

  @Test func equalNumbersHaveNoDeviation() {
    let x = [Float](repeating: 0.1, count: 999)
    let found = [Float](2) { kernels_moments_f(x, $0, $0! + 1, 1, 999, 1, 1e-5) }
    #expect(abs(found[0] - 0.1) < 1e-8)
    #expect(abs(found[1] - 316.2278) < 1e-3)
  }

  /// An outlier in the first place, from which all distances are taken, in every way columns are folded.
  @Test(arguments: [
    (1, 1_000_000, 1), (1, 100_000, 10), (1, 20_000, 64), (3, 50_000, 1), (2, 9, 3),
  ])
  func anOutlierThatComesFirstCostsNoDigits(outer: Int, count: Int, inner: Int) {
    func check<Number: KernelNumber>(_: Number.Type, within tolerance: Double) {
      var x = Number.numbers(outer * count * inner, within: 1.7, seed: 15)
      for o in 0..<outer {
        for c in 0..<inner { x[o * count * inner + c] = 10_000 }
      }
      let columns = outer * inner
      var expected = [Double]()
      for place in 0..<columns {
        let column = Column(place, of: [outer, count, inner])
        let mean = column.mean { Double(x[$0]) }
        let variance = column.mean { (Double(x[$0]) - mean) * (Double(x[$0]) - mean) }
        expected.append(1 / variance.squareRoot())
      }
      onEveryMachine(near: [Double](repeating: 1, count: columns), within: tolerance) {
        let found = [Number](2 * columns) {
          Number.moments(x, $0, $0! + columns, outer, count, inner, 0)
        }
        return zip(found[columns...], expected).map { $0 / Number($1) }
      }
    }
    check(Float.self, within: Float.tolerance)
    check(Double.self, within: 1e-12)
  }

  @Test(arguments: [1, 3, 16, 40], [3, 1_000]) func hugeNumbersAreNormalised(inner: Int, count: Int)
  {
    // Their squares are beyond float32, those of the second kind beyond float64 too.
    let x = (0..<count * inner).map { 1e20 * Float(1 + $0 / inner % 3) }
    let deviation = Column(0, of: [1, count, inner]).mean {
      (Double(x[$0]) - 2e20) * (Double(x[$0]) - 2e20)
    }.squareRoot()
    onEveryMachine(near: [Double](repeating: 1, count: inner), within: 1e-3) {
      let found = [Float](2 * inner) {
        kernels_moments_f(x, $0, $0! + inner, 1, count, inner, 1e-5)
      }
      return found[inner...].map { $0 * Float(deviation) }
    }
    let beyond = (0..<count * inner).map { 1e200 * Double(1 + $0 / inner % 3) }
    let nothing = [Double](repeating: .nan, count: inner)
    onEveryMachine(near: nothing) {
      let found = [Double](2 * inner) {
        kernels_moments_d(beyond, $0, $0! + inner, 1, count, inner, 1e-5)
      }
      return Array(found[inner...])
    }
  }

  @Test func infiniteNumbersDoNotLookCalm() {
    for path in paths {
      for place in 0..<20 {
        for infinite in [Float.infinity, -.infinity] {
          var x = Float.numbers(20, seed: 16)
          x[place] = infinite
          let found = on(path) {
            [Float](2) { kernels_moments_f(x, $0, $0! + 1, 1, 20, 1, 1e-5) }
          }
          #expect(found[1].isNaN)
        }
      }
    }
  }
}
