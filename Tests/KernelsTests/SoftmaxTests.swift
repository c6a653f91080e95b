import Foundation
import Kernels
import Testing

@Suite struct SoftmaxTests {
  static let shapes = [
    [0, 5], [1, 1], [3, 2], [128, 10], [5, 167], [40, 784], [2, 1_025], [3_000, 33], [1, 300_000],
  ]

  func check<Number: KernelNumber>(_: Number.Type, rows: Int, columns: Int) {
    let size = rows * columns
    let x = Number.numbers(size, within: 9, seed: 15)
    let g = Number.numbers(size, seed: 16)
    for logarithm in [false, true] {
      var result: [Double] = []
      var slope: [Double] = []
      for row in 0..<rows {
        let line = row * columns..<(row + 1) * columns
        let most = Double(x[line].max()!)
        let sum = x[line].reduce(0.0) { $0 + exp(Double($1) - most) }
        result += x[line].map {
          logarithm ? Double($0) - most - log(sum) : exp(Double($0) - most) / sum
        }
        let all = line.reduce(0.0) { $0 + Double(g[$1]) * (logarithm ? 1 : result[$1]) }
        slope += line.map {
          logarithm ? Double(g[$0]) - exp(result[$0]) * all : result[$0] * (Double(g[$0]) - all)
        }
      }
      let y = result.map { Number($0) }
      onEveryMachine(near: result) {
        [Number](size) { Number.softmax(x, $0, rows, columns, logarithm) }
      }
      onEveryMachine(near: result) {
        var y = x
        y.withUnsafeMutableBufferPointer {
          Number.softmax(UnsafePointer($0.baseAddress), $0.baseAddress, rows, columns, logarithm)
        }
        return y
      }
      onEveryMachine(near: slope, within: 10 * Number.tolerance) {
        [Number](size) { Number.softmaxSlope(y, g, $0, rows, columns, logarithm) }
      }
    }
  }

  @Test(arguments: shapes) func softmaxIsItsFormula(shape: [Int]) {
    check(Float.self, rows: shape[0], columns: shape[1])
    check(Double.self, rows: shape[0], columns: shape[1])
  }

  @Test func largeNumbersDoNotOverflow() {
    for path in paths {
      on(path) {
        let x: [Float] = [0, 3e38, -3e38, -.infinity, 3e38]
        let shares = [Float](5) { kernels_softmax_f(x, $0, 1, 5, false) }
        #expect(shares == [0, 0.5, 0, 0, 0.5])
        let y = [Float](5) { kernels_softmax_f(x, $0, 1, 5, true) }
        #expect(abs(y[1] + Float(log(2.0))) < 1e-6 && y[3] == -.infinity)
        let unknown = [Float](3) { kernels_softmax_f([1, .nan, 2], $0, 1, 3, false) }
        #expect(unknown.allSatisfy { $0.isNaN })
      }
    }
  }
}
