import Foundation
import Kernels
import Testing

/// The float32 functions against float64 of the C library, in units in the last place.
@Suite struct ElementaryFunctionTests {
  struct Elementary: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let function: kernels_unary
    /// The bound that functions.h states.
    let bound: Double
    var constant: Float = 0
    let oracle: @Sendable (Double) -> Double
  }

  static let functions = [
    Elementary(testDescription: "exp", function: KERNELS_EXPONENTIAL, bound: 1.1) { exp($0) },
    Elementary(testDescription: "log", function: KERNELS_LOGARITHM, bound: 0.9) { log($0) },
    Elementary(testDescription: "sin", function: KERNELS_SINE, bound: 1.6) { sin($0) },
    Elementary(testDescription: "cos", function: KERNELS_COSINE, bound: 1.6) { cos($0) },
    Elementary(testDescription: "tanh", function: KERNELS_TANH, bound: 2.6) { tanh($0) },
    Elementary(testDescription: "sigmoid", function: KERNELS_SIGMOID, bound: 2.5) { x in
      x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x))
    },
    Elementary(testDescription: "softplus", function: KERNELS_SOFTPLUS, bound: 2.3) { x in
      max(x, 0) + log1p(exp(-abs(x)))
    },
    Elementary(testDescription: "erf", function: KERNELS_ERROR_FUNCTION, bound: 1.4) { erf($0) },
    Elementary(testDescription: "square root", function: KERNELS_SQUARE_ROOT, bound: 0.5) {
      $0.squareRoot()
    },
    Elementary(testDescription: "reciprocal", function: KERNELS_RECIPROCAL, bound: 0.5) { 1 / $0 },
    Elementary(testDescription: "x^0.5", function: KERNELS_POWER, bound: 0.5, constant: 0.5) {
      pow($0, 0.5)
    },
    Elementary(testDescription: "x^3", function: KERNELS_POWER, bound: 1.5, constant: 3) {
      pow($0, 3)
    },
    Elementary(testDescription: "x^1.7", function: KERNELS_POWER, bound: 1, constant: 1.7) {
      pow($0, Double(Float(1.7)))
    },
  ]

  /// How far `y` is from `z` in units of z's last place. Below the normal numbers that unit stays the same.
  static func distance(_ y: Float, _ z: Double) -> Double {
    let rounded = Float(z)
    if z.isNaN || y.isNaN { return z.isNaN && y.isNaN ? 0 : .infinity }
    if rounded.isInfinite || y.isInfinite {
      // A result that rounds to infinity may be the largest number, and the other way round.
      let largest = Double(Float.greatestFiniteMagnitude)
      return y == rounded
        ? 0
        : abs(z) >= largest * (1 - 0x1p-23) && abs(y) >= .greatestFiniteMagnitude ? 1 : .infinity
    }
    let unit = max(Double(rounded.ulp), Double(Float.leastNonzeroMagnitude))
    // Just below a power of two the unit is the smaller one.
    let smaller =
      abs(z) < Double(rounded.magnitude) && rounded.significandBitPattern == 0 ? unit / 2 : unit
    return abs(Double(y) - z) / smaller
  }

  static func worst(_ elementary: Elementary, at x: [Float]) -> (distance: Double, x: Float) {
    let y = [Float](x.count) {
      kernels_map_f(elementary.function, x, $0, x.count, elementary.constant, 0)
    }
    var worst = (distance: 0.0, x: Float(0))
    for (x, y) in zip(x, y) {
      let found = distance(y, elementary.oracle(Double(x)))
      if found > worst.distance { worst = (found, x) }
    }
    return worst
  }

  @Test(arguments: functions) func aFunctionIsExactToItsBoundOnTheWholeRange(
    _ elementary: Elementary
  ) {
    for path in paths {
      var worst = (distance: 0.0, x: Float(0))
      for start in stride(from: UInt64(0), to: 1 << 32, by: 997 << 12) {
        let x = stride(from: start, to: min(start + 997 << 12, 1 << 32), by: 997).map {
          Float(bitPattern: UInt32($0))
        }
        let found = on(path) { Self.worst(elementary, at: x) }
        if found.distance > worst.distance { worst = found }
      }
      #expect(
        worst.distance <= elementary.bound,
        "\(elementary) is \(worst.distance) units from the truth at \(worst.x), path \(path.rawValue)"
      )
    }
  }

  @Test(arguments: functions) func aFunctionIsExactToItsBoundAtOddPlaces(_ elementary: Elementary) {
    let places: [Float] = [
      0, 1, .infinity, .nan, .leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude,
      .pi, .pi / 2, .pi / 4, 88.72283, 88.72284, 89, 87.33654, 103.97, 103.98, 104, 104.1, 9.01, 10,
      0.92, 4,
      0x1.6a09e6p-1, 0x1.6a09e6p0, 0x1p20, 1e6, 1e7, 1e10, 1e30, 0x1p-12, 0x1p-24, 0x1p-25, 0.5, 2,
      3.7,
    ]
    var x: [Float] = []
    for place in places + places.map({ -$0 }) {
      var up = place
      var down = place
      for _ in 0..<200 {
        x += [up, down]
        (up, down) = (up.nextUp, down.nextDown)
      }
    }
    for path in paths {
      let found = on(path) { Self.worst(elementary, at: x) }
      #expect(
        found.distance <= elementary.bound,
        "\(found.distance) units at \(found.x), path \(path.rawValue)")
    }
  }

  @Test(arguments: functions) func anElementsResultDoesNotDependOnItsPlace(_ elementary: Elementary)
  {
    let x = Float.numbers(97, within: 20) + [3e6, .nan, -7e8, .infinity, 1]
    for path in paths {
      on(path) {
        let together = [Float](x.count) {
          kernels_map_f(elementary.function, x, $0, x.count, elementary.constant, 0)
        }
        for (index, x) in x.enumerated() {
          let alone = [Float](1) {
            kernels_map_f(elementary.function, [x], $0, 1, elementary.constant, 0)
          }
          #expect(
            alone[0].bitPattern == together[index].bitPattern
              || alone[0].isNaN && together[index].isNaN)
        }
      }
    }
  }
}
