import Kernels
import Randomness
import Testing

@Suite struct MovementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let shape: [Int], x: [Int], y: [Int]
  }

  static let named = [
    Case(testDescription: "one number", shape: [], x: [], y: []),
    Case(testDescription: "a line", shape: [1_000], x: [1], y: [1]),
    Case(testDescription: "a reversed line", shape: [100], x: [-1], y: [1]),
    Case(testDescription: "every second", shape: [100], x: [2], y: [1]),
    Case(testDescription: "one number repeated", shape: [4, 100], x: [0, 0], y: [100, 1]),
    Case(testDescription: "a row repeated", shape: [9, 100], x: [0, 1], y: [100, 1]),
    Case(testDescription: "a small transpose", shape: [3, 5], x: [1, 3], y: [5, 1]),
    Case(testDescription: "a transpose", shape: [77, 131], x: [1, 77], y: [131, 1]),
    Case(
      testDescription: "a transpose by the result", shape: [77, 131], x: [131, 1], y: [1, 77]),
    Case(testDescription: "a large transpose", shape: [1_000, 700], x: [1, 1_000], y: [700, 1]),
    Case(testDescription: "channels first", shape: [3, 6, 50], x: [300, 1, 6], y: [300, 50, 1]),
    Case(testDescription: "columns cut out", shape: [40, 7], x: [20, 1], y: [7, 1]),
    Case(
      testDescription: "a frame around pictures", shape: [4, 9, 9, 8], x: [648, 72, 8, 1],
      y: [968, 88, 8, 1]),
    Case(testDescription: "an axis of one", shape: [4, 1, 6], x: [6, 77, 1], y: [6, 6, 1]),
    Case(testDescription: "an empty axis", shape: [4, 0], x: [1, 1], y: [1, 1]),
    Case(
      testDescription: "eight axes", shape: [2, 2, 3, 1, 2, 3, 2, 2],
      x: [1, 2, 4, 1, 12, 24, 72, 144], y: [144, 72, 24, 24, 12, 4, 2, 1]),
    Case(testDescription: "many rows", shape: [90_000, 8], x: [16, 1], y: [8, 1]),
  ]

  /// Where each element is in an array of these strides, and how long the array is; negative strides start at
  /// its end.
  static func places(_ shape: [Int], _ strides: [Int]) -> (places: [Int], start: Int, length: Int) {
    let reach = zip(shape, strides).map { max(0, $0 - 1) * $1 }
    let start = -reach.filter { $0 < 0 }.reduce(0, +)
    let length = start + 1 + reach.filter { $0 > 0 }.reduce(0, +)
    let places = (0..<shape.reduce(1, *)).map { place in
      var rest = place
      var position = start
      for axis in shape.indices.reversed() {
        position += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      return position
    }
    return (places, start, length)
  }

  func check<Number: KernelNumber>(_: Number.Type, _ item: Case) {
    let from = Self.places(item.shape, item.x)
    let to = Self.places(item.shape, item.y)
    let x = Number.numbers(from.length, seed: 17)
    let before = Number.numbers(to.length, seed: 18)
    for adding in [false, true] {
      var oracle = before
      for (source, target) in zip(from.places, to.places) {
        oracle[target] = adding ? oracle[target] + x[source] : x[source]
      }
      onEveryMachine(near: oracle.doubles, within: 0) {
        var y = before
        x.withUnsafeBufferPointer { x in
          y.withUnsafeMutableBufferPointer { y in
            Number.copy(
              x.baseAddress! + from.start, item.x, y.baseAddress! + to.start, item.y, item.shape,
              Int32(item.shape.count), adding)
          }
        }
        return y
      }
    }
  }

  @Test(arguments: named) func elementsGoWhereTheirStridesSay(_ item: Case) {
    check(Float.self, item)
    check(Double.self, item)
  }

  @Test func randomPermutationsOfAxesAreRight() {
    var random = SeededGenerator(seed: 19)
    for _ in 0..<300 {
      let shape = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Int.random(in: 1...12, using: &random)
      }
      func strides() -> [Int] {
        var strides = shape
        var step = Int.random(in: 1...2, using: &random)
        for axis in shape.indices.shuffled(using: &random) {
          strides[axis] = Bool.random(using: &random) ? step : -step
          step *= shape[axis]
        }
        return strides
      }
      check(Float.self, Case(testDescription: "", shape: shape, x: strides(), y: strides()))
      check(Double.self, Case(testDescription: "", shape: shape, x: strides(), y: strides()))
    }
  }

  @Test func elementsThatMeetAreAllAddedInOrder() {
    // Windows of three that overlap, and everything in one place: enough of them for several threads.
    for item in [
      Case(testDescription: "", shape: [200_000, 3], x: [3, 1], y: [1, 1]),
      Case(testDescription: "", shape: [3, 200_000], x: [1, 3], y: [1, 1]),
      Case(testDescription: "", shape: [2, 300_000], x: [300_000, 1], y: [0, 0]),
    ] {
      let count = item.shape.reduce(1, *)
      let length = Self.places(item.shape, item.y).length
      // The last digits of these sums tell in which order they were added.
      let x = Double.numbers(count, seed: 35)
      var oracle = [Double](repeating: 0, count: length)
      let places = zip(
        Self.places(item.shape, item.x).places, Self.places(item.shape, item.y).places)
      for (from, to) in places { oracle[to] += x[from] }
      onEveryMachine(near: oracle, within: 0) {
        var y = [Double](repeating: 0, count: length)
        kernels_copy_d(x, item.x, &y, item.y, item.shape, 2, true)
        return y
      }
    }
  }

  func rowsMove<Number: KernelNumber>(_: Number.Type, outer: Int, rows: Int, count: Int, width: Int)
  {
    var random = SeededGenerator(seed: 20)
    let indices = (0..<count).map { _ in Int32.random(in: 0..<Int32(rows), using: &random) }
    let x = Number.numbers(outer * rows * width, seed: 21)
    let g = Number.numbers(outer * count * width, seed: 22)
    var gathered: [Double] = []
    var scattered = x
    for o in 0..<outer {
      for (i, index) in indices.enumerated() {
        for c in 0..<width {
          let place = (o * rows + Int(index)) * width + c
          gathered.append(Double(x[place]))
          scattered[place] += g[(o * count + i) * width + c]
        }
      }
    }
    onEveryMachine(near: gathered, within: 0) {
      [Number](gathered.count) { Number.gather(x, indices, $0, outer, rows, count, width) }
    }
    onEveryMachine(near: scattered.doubles, within: 0) {
      var y = x
      y.withUnsafeMutableBufferPointer {
        Number.scatter(g, indices, $0.baseAddress, outer, rows, count, width)
      }
      return y
    }
  }

  @Test(arguments: [
    [1, 10, 7, 1], [1, 5, 30, 3], [3, 9, 12, 16], [1, 6_000, 400, 784], [40, 50, 300, 33],
  ])
  func rowsAreGatheredAndScatteredByIndex(_ shape: [Int]) {
    rowsMove(Float.self, outer: shape[0], rows: shape[1], count: shape[2], width: shape[3])
    rowsMove(Double.self, outer: shape[0], rows: shape[1], count: shape[2], width: shape[3])
  }

  func windowsAre<Number: KernelNumber>(_: Number.Type, _ s: [Int]) {
    let (batch, height, width, channels, window, stride) = (s[0], s[1], s[2], s[3], s[4], s[5])
    // Few values, so that some are equal and the first must win; a NaN wins over all.
    var x = Number.numbers(batch * height * width * channels, within: 4, seed: 23).map {
      $0.rounded()
    }
    x[x.count / 2] = .nan
    var oracle: [Double] = []
    for b in 0..<batch {
      for i in Swift.stride(from: 0, through: height - window, by: stride) {
        for j in Swift.stride(from: 0, through: width - window, by: stride) {
          for c in 0..<channels {
            let places = (0..<window * window).map {
              ((b * height + i + $0 / window) * width + j + $0 % window) * channels + c
            }
            let best =
              places.first { x[$0].isNaN } ?? places.first { p in
                places.allSatisfy { x[$0] <= x[p] }
              }!
            oracle.append(Double(best))
          }
        }
      }
    }
    onEveryMachine(near: oracle, within: 0) {
      var y = [Int32](repeating: -1, count: oracle.count)
      Number.windowOfLargest(x, &y, batch, height, width, channels, window, stride)
      return y.map { Double($0) }
    }
  }

  /// Places are counted in Int32. The pictures are refused before any of them is read.
  @Test func moreElementsThanPlacesCanCountAreRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var place: Int32 = 0
      kernels_window_of_largest_f([0], &place, 3, 32_768, 32_768, 1, 32_768, 1)
    }
    let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      words.contains(
        "expected pictures of at most 2147483648 elements to pool, found 3 x 32768 x 32768 x 1"))
  }

  @Test(arguments: [
    [1, 4, 4, 1, 2, 2], [2, 5, 7, 3, 3, 1], [3, 8, 9, 70, 2, 2], [16, 28, 28, 33, 2, 2],
    [1, 3, 3, 8, 3, 1],
  ])
  func theLargestOfEachWindowIsFound(_ shape: [Int]) {
    windowsAre(Float.self, shape)
    windowsAre(Double.self, shape)
  }
}
