import Foundation
import Kernels
import Testing

@Suite struct ElementwiseTests {
  static let sizes = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 64, 100, 1_001]
  /// Enough for several threads.
  static let large = 300_011

  static func unary(_ x: Double, p: Double, q: Double) -> [(kernels_unary, Double)] {
    [
      (KERNELS_NEGATE, -x), (KERNELS_ABSOLUTE, abs(x)), (KERNELS_SIGN, x > 0 ? 1 : x < 0 ? -1 : 0),
      (KERNELS_SQUARE, x * x), (KERNELS_SQUARE_ROOT, x < 0 ? .nan : sqrt(x)),
      (KERNELS_RECIPROCAL, 1 / x),
      (KERNELS_EXPONENTIAL, exp(x)), (KERNELS_LOGARITHM, log(x)), (KERNELS_SINE, sin(x)),
      (KERNELS_COSINE, cos(x)), (KERNELS_TANH, tanh(x)), (KERNELS_SIGMOID, 1 / (1 + exp(-x))),
      (KERNELS_SOFTPLUS, log(1 + exp(x))), (KERNELS_ERROR_FUNCTION, erf(x)),
      (KERNELS_FLOOR, floor(x)),
      (KERNELS_SCALE_AND_SHIFT, p * x + q), (KERNELS_RECTIFIED, x > 0 ? x : p * x),
      (KERNELS_CLAMP, min(max(x, p), q)), (KERNELS_POWER, pow(x, p)), (KERNELS_IS_FINITE, 1),
    ]
  }

  static func binary(_ a: Double, _ b: Double, p: Double) -> [(kernels_binary, Double)] {
    let sigmoid = 1 / (1 + exp(-a))
    return [
      (KERNELS_ADD, a + b), (KERNELS_SUBTRACT, a - b), (KERNELS_MULTIPLY, a * b),
      (KERNELS_DIVIDE, a / b),
      (KERNELS_MAXIMUM, max(a, b)), (KERNELS_MINIMUM, min(a, b)), (KERNELS_RAISE, pow(a, b)),
      (KERNELS_EQUAL, a == b ? 1 : 0), (KERNELS_LESS, a < b ? 1 : 0),
      (KERNELS_LESS_OR_EQUAL, a <= b ? 1 : 0),
      (KERNELS_LOGITS_LOSS, log(1 + exp(a)) - a * b), (KERNELS_RECTIFIED_SLOPE, a > 0 ? b : p * b),
      (KERNELS_TANH_SLOPE, b * (1 - a * a)), (KERNELS_SIGMOID_SLOPE, b * a * (1 - a)),
      (KERNELS_SOFTPLUS_SLOPE, b * sigmoid), (KERNELS_SQUARE_ROOT_SLOPE, b / (2 * a)),
    ]
  }

  func mapsAre<Number: KernelNumber>(_: Number.Type, p: Number, q: Number, count: Int) {
    let x = Number.numbers(count)
    let oracle = x.map { Self.unary(Double($0), p: Double(p), q: Double(q)) }
    for (index, (function, _)) in Self.unary(0, p: 0, q: 0).enumerated() {
      onEveryMachine(near: oracle.map { $0[index].1 }) {
        [Number](count) { Number.map(function, x, $0, count, p, q) }
      }
      // In place.
      onEveryMachine(near: oracle.map { $0[index].1 }) {
        var y = x
        y.withUnsafeMutableBufferPointer {
          Number.map(function, UnsafePointer($0.baseAddress), $0.baseAddress, count, p, q)
        }
        return y
      }
    }
  }

  @Test(arguments: sizes + [large]) func everyFunctionOfOneNumberIsItsFormula(count: Int) {
    mapsAre(Float.self, p: -0.75, q: 1.25, count: count)
    mapsAre(Double.self, p: -0.75, q: 1.25, count: count)
  }

  func combinationsAre<Number: KernelNumber>(_: Number.Type, p: Number, count: Int) {
    // Some pairs are equal.
    let a = Number.numbers(count, seed: 1)
    let b = zip(a, Number.numbers(count, seed: 2)).map { $0 > 1.5 ? $0 : $1 }
    for (aStep, bStep) in [(1, 1), (1, 0), (0, 1), (0, 0)] {
      let oracle = (0..<count).map {
        Self.binary(Double(a[$0 * aStep]), Double(b[$0 * bStep]), p: Double(p))
      }
      for (index, (function, _)) in Self.binary(0, 0, p: 0).enumerated() {
        onEveryMachine(near: oracle.map { $0[index].1 }) {
          [Number](count) { Number.combine(function, a, aStep, b, bStep, $0, count, p) }
        }
        onEveryMachine(near: oracle.map { $0[index].1 }) {
          var y = aStep == 1 ? a : bStep == 1 ? b : [Number](repeating: 0, count: count)
          y.withUnsafeMutableBufferPointer { y in
            a.withUnsafeBufferPointer { a in
              b.withUnsafeBufferPointer { b in
                Number.combine(
                  function, aStep == 1 ? UnsafePointer(y.baseAddress) : a.baseAddress, aStep,
                  aStep == 0 && bStep == 1 ? UnsafePointer(y.baseAddress) : b.baseAddress, bStep,
                  y.baseAddress,
                  count, p)
              }
            }
          }
          return y
        }
      }
    }
  }

  @Test(arguments: [0, 1, 7, 8, 9, 100, 1_001, large]) func everyFunctionOfTwoNumbersIsItsFormula(
    count: Int
  ) {
    combinationsAre(Float.self, p: 0.2, count: count)
    combinationsAre(Double.self, p: 0.2, count: count)
  }

  @Test func rectifyingAtSlopeZeroMakesNoNaNOfInfinity() {
    for path in paths {
      on(path) {
        let x: [Float] = [-.infinity, -1, -0.0, 0, 2, .infinity, .nan]
        let y = [Float](7) { kernels_map_f(KERNELS_RECTIFIED, x, $0, 7, 0, 0) }
        #expect(Array(y[..<6]) == [0, 0, 0, 0, 2, .infinity])
        #expect(y[6].isNaN)
        let g: [Float] = [.infinity, 1, 1, 1, 2, 3, 4]
        let slope = [Float](7) { kernels_combine_f(KERNELS_RECTIFIED_SLOPE, x, 1, g, 1, $0, 7, 0) }
        #expect(slope == [0, 0, 0, 0, 2, 3, 0])
      }
    }
  }

  @Test func nothingHidesANaN() {
    for path in paths {
      on(path) {
        for pair in [[Float.nan, 1], [1, .nan], [.nan, .nan]] {
          for function in [KERNELS_MAXIMUM, KERNELS_MINIMUM, KERNELS_ADD, KERNELS_LOGITS_LOSS] {
            let y = [Float](1) { kernels_combine_f(function, [pair[0]], 1, [pair[1]], 1, $0, 1, 0) }
            #expect(y[0].isNaN)
          }
        }
        for function in 0..<KERNELS_IS_FINITE.rawValue {
          let y = [Float](1) {
            kernels_map_f(kernels_unary(rawValue: function), [.nan], $0, 1, 0.5, 1)
          }
          #expect(y[0].isNaN, "function \(function)")
        }
        let x: [Float] = [.nan, .infinity, -.infinity, 0, .greatestFiniteMagnitude]
        let finite = [Float](5) { kernels_map_f(KERNELS_IS_FINITE, x, $0, 5, 0, 0) }
        #expect(finite == [0, 0, 0, 1, 1])
      }
    }
  }

  func choosingIs<Number: KernelNumber>(_: Number.Type, count: Int) {
    let condition = Number.numbers(count).map { $0 > 0.5 ? Number(0) : $0 }
    let a = Number.numbers(count, seed: 2)
    let b = Number.numbers(count, seed: 3)
    let oracle = (0..<count).map { Double(condition[$0] != 0 ? a[$0] : b[$0]) }
    onEveryMachine(near: oracle, within: 0) {
      [Number](count) { Number.select(condition, a, b, $0, count) }
    }
    let sum = zip(a, b).map { Double($0) + 0.3 * Double($1) }
    onEveryMachine(near: sum) {
      var y = a
      y.withUnsafeMutableBufferPointer { Number.accumulate($0.baseAddress, b, count, 0.3) }
      return y
    }
    onEveryMachine(near: a.map { _ in 0.25 }, within: 0) {
      [Number](count) { Number.fill($0, count, 0.25) }
    }
  }

  @Test(arguments: sizes + [large]) func choosingAddingAndFillingAreTheirFormulas(count: Int) {
    choosingIs(Float.self, count: count)
    choosingIs(Double.self, count: count)
  }

  @Test(arguments: [0, 1, 13, 1_000]) func numbersChangeTheirTypeByRounding(count: Int) {
    let wide = Double.numbers(count)
    let narrow = wide.map { Float($0) }
    let narrowed = [Float](count) { kernels_narrow(wide, $0, count) }
    let widened = [Double](count) { kernels_widen(narrow, $0, count) }
    #expect(narrowed == narrow)
    #expect(widened == narrow.map { Double($0) })
  }
}
