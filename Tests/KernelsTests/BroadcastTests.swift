import Kernels
import Randomness
import Testing

@Suite struct BroadcastTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let shape: [Int], a: [Int], b: [Int]
  }

  static let named = [
    Case(testDescription: "one number", shape: [], a: [], b: []),
    Case(testDescription: "the same shape", shape: [5, 7], a: [7, 1], b: [7, 1]),
    Case(testDescription: "a number on the right", shape: [5, 7], a: [7, 1], b: [0, 0]),
    Case(testDescription: "a number on the left", shape: [5, 7], a: [0, 0], b: [7, 1]),
    Case(testDescription: "a bias", shape: [37, 90], a: [90, 1], b: [0, 1]),
    Case(testDescription: "a short bias", shape: [1_000, 3], a: [3, 1], b: [0, 1]),
    Case(testDescription: "a column", shape: [37, 90], a: [90, 1], b: [1, 0]),
    Case(testDescription: "a short column", shape: [300, 10], a: [10, 1], b: [1, 0]),
    Case(testDescription: "an outer sum", shape: [20, 30], a: [1, 0], b: [0, 1]),
    Case(testDescription: "transposed", shape: [70, 80], a: [80, 1], b: [1, 70]),
    Case(
      testDescription: "channels of each picture", shape: [4, 50, 8], a: [400, 8, 1], b: [8, 0, 1]),
    Case(testDescription: "an axis of one", shape: [4, 1, 8], a: [8, 99, 1], b: [8, 0, 1]),
    Case(testDescription: "an empty axis", shape: [4, 0, 8], a: [0, 8, 1], b: [0, 0, 1]),
    Case(testDescription: "a large bias", shape: [9_000, 70], a: [70, 1], b: [0, 1]),
    Case(testDescription: "a large short column", shape: [90_000, 7], a: [7, 1], b: [1, 0]),
    Case(testDescription: "a long strided row", shape: [2, 1_200], a: [2_400, 2], b: [1, 2]),
    Case(
      testDescription: "eight axes", shape: [2, 3, 1, 2, 3, 2, 1, 3],
      a: [108, 36, 36, 18, 6, 3, 3, 1], b: [0, 0, 0, 6, 0, 3, 0, 1]),
  ]

  static func oracle(_ item: Case, _ a: [Double], _ b: [Double]) -> [Double] {
    let count = item.shape.reduce(1, *)
    return (0..<count).map { place in
      var rest = place
      var left = 0
      var right = 0
      for axis in item.shape.indices.reversed() {
        let index = rest % item.shape[axis]
        rest /= item.shape[axis]
        left += index * item.a[axis]
        right += index * item.b[axis]
      }
      return 2 * a[left] - b[right]
    }
  }

  func check<Number: KernelNumber>(_: Number.Type, _ item: Case) {
    func reach(_ strides: [Int]) -> Int {
      1 + zip(item.shape, strides).reduce(0) { $0 + max(0, $1.0 - 1) * $1.1 }
    }
    let a = Number.numbers(reach(item.a), seed: 4)
    let b = Number.numbers(reach(item.b), seed: 5)
    let double = a.map { 2 * $0 }
    let count = item.shape.reduce(1, *)
    onEveryMachine(near: Self.oracle(item, a.doubles, b.doubles)) {
      [Number](count) {
        Number.broadcast(
          KERNELS_SUBTRACT, double, item.a, b, item.b, $0, item.shape, Int32(item.shape.count), 0)
      }
    }
  }

  @Test(arguments: named) func operandsAreRepeatedAlongTheirAxes(_ item: Case) {
    check(Float.self, item)
    check(Double.self, item)
  }

  @Test func randomShapesAndStridesAreRight() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<300 {
      let shape = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Int.random(in: 1...9, using: &random)
      }
      func strides() -> [Int] {
        var step = 1
        let dense = shape.reversed().map { size in
          defer { step *= size }
          return step
        }
        return dense.reversed().map {
          Bool.random(using: &random) ? $0 : [0, 1, 2, $0].randomElement(using: &random)!
        }
      }
      check(Float.self, Case(testDescription: "", shape: shape, a: strides(), b: strides()))
    }
  }
}
