import Foundation
import Kernels
import Testing

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// The gates against the same formulas written with derivatives by central differences.
@Suite struct GateTests {
  static let shapes = [[0, 4], [1, 1], [3, 7], [5, 8], [20, 100], [3_000, 33]]

  func gateIs<Number: KernelNumber>(_: Number.Type, rows: Int, width: Int) {
    let x = Number.numbers(2 * rows * width, within: 4, seed: 24)
    let g = Number.numbers(rows * width, seed: 25)
    var result: [Double] = []
    var slope = [Double](repeating: 0, count: x.count)
    for row in 0..<rows {
      for i in 0..<width {
        let left = row * 2 * width + i
        let right = left + width
        let l = Double(x[left])
        let r = Double(x[right])
        let cotangent = Double(g[row * width + i])
        func f(_ l: Double, _ r: Double) -> Double { tanh(l) * sigmoid(r) }
        result.append(f(l, r))
        slope[left] = cotangent * sigmoid(r) / (cosh(l) * cosh(l))
        slope[right] = cotangent * tanh(l) * sigmoid(r) * sigmoid(-r)
        #expect(abs((f(l + 1e-5, r) - f(l - 1e-5, r)) / 2e-5 * cotangent - slope[left]) < 1e-9)
        #expect(abs((f(l, r + 1e-5) - f(l, r - 1e-5)) / 2e-5 * cotangent - slope[right]) < 1e-9)
      }
    }
    onEveryMachine(near: result) { [Number](result.count) { Number.gate(x, $0, rows, width) } }
    onEveryMachine(near: slope) {
      [Number](slope.count) { Number.gateSlope(x, g, $0, rows, width) }
    }
  }

  @Test(arguments: shapes) func aGateAndItsSlopeAreTheirFormulas(shape: [Int]) {
    gateIs(Float.self, rows: shape[0], width: shape[1])
    gateIs(Double.self, rows: shape[0], width: shape[1])
  }

  /// New memory and state of one cell.
  static func cell(_ z: [Double], _ memory: Double) -> (memory: Double, state: Double) {
    let new = sigmoid(z[1]) * memory + sigmoid(z[0]) * tanh(z[2])
    return (new, sigmoid(z[3]) * tanh(new))
  }

  func cellIs<Number: KernelNumber>(_: Number.Type, rows: Int, width: Int) {
    let count = rows * width
    let gates = Number.numbers(4 * count, within: 3, seed: 26)
    let memory = Number.numbers(count, seed: 27)
    let g = Number.numbers(2 * count, seed: 28)
    var y = [Double](repeating: 0, count: 2 * count)
    var active = [Double](repeating: 0, count: 4 * count)
    var slope = [Double](repeating: 0, count: 5 * count)  // of the gates, then of the memory
    for row in 0..<rows {
      for i in 0..<width {
        let at = row * width + i
        let places = (0..<4).map { (row * 4 + $0) * width + i }
        let z = places.map { Double(gates[$0]) }
        let m = Double(memory[at])
        (y[at], y[count + at]) = Self.cell(z, m)
        for (gate, place) in places.enumerated() {
          active[place] = gate == 2 ? tanh(z[2]) : sigmoid(z[gate])
        }
        func loss(_ z: [Double], _ m: Double) -> Double {
          let y = Self.cell(z, m)
          return Double(g[at]) * y.memory + Double(g[count + at]) * y.state
        }
        let h = 1e-5
        for (gate, place) in places.enumerated() {
          var up = z
          var down = z
          up[gate] += h
          down[gate] -= h
          slope[place] = (loss(up, m) - loss(down, m)) / (2 * h)
        }
        slope[4 * count + at] = (loss(z, m + h) - loss(z, m - h)) / (2 * h)
      }
    }
    onEveryMachine(near: y) {
      [Number](2 * count) { Number.memoryCell(gates, memory, $0, nil, rows, width) }
    }
    onEveryMachine(near: y + active) {
      [Number](6 * count) { Number.memoryCell(gates, memory, $0, $0! + 2 * count, rows, width) }
    }
    let kept = active.map { Number($0) }
    let result = y.map { Number($0) }
    onEveryMachine(near: slope, within: max(1e-9, 4 * Number.tolerance)) {
      [Number](5 * count) {
        Number.memoryCellSlope(kept, memory, result, g, $0, $0! + 4 * count, rows, width)
      }
    }
  }

  @Test(arguments: shapes) func aMemoryCellAndItsSlopeAreTheirFormulas(shape: [Int]) {
    cellIs(Float.self, rows: shape[0], width: shape[1])
    cellIs(Double.self, rows: shape[0], width: shape[1])
  }
}
