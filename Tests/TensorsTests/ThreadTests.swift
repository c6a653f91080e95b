import Foundation
import Randomness
import Synchronization
import Tensors
import Testing

/// Several threads at once, each with tensors of its own or reading the same model.
@Suite struct ThreadTests {
  struct Network: Model, @unchecked Sendable {
    let hidden: Parameter
    let window: Parameter

    init(hidden: [Float], window: [Float]) {
      self.hidden = Parameter(Tensor(hidden, shape: [1_500, 1_500]))
      self.window = Parameter(Tensor(window, shape: [3, 3, 256, 256]))
    }

    func callAsFunction(_ x: Tensor, _ picture: Tensor) -> [Double] {
      affine(x, weight: hidden.value, activation: .relu).scalars
        + picture.convolved(with: window.value, padding: .same).scalars
    }
  }

  /// Runs `body` on so many threads at once and waits for all.
  static func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for index in 0..<count {
      group.enter()
      Thread.detachNewThread {
        body(index)
        group.leave()
      }
    }
    group.wait()
  }

  /// Large weights and little to do with them: most of the time goes into the order in which products read
  /// them, which is made by whoever reads first.
  @Test func severalThreadsMayReadOneModel() {
    var random = SeededGenerator(seed: 1)
    func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(random.uniform(from: -1, to: 1)) }
    }
    let (hidden, window) = (numbers(1_500 * 1_500), numbers(9 * 256 * 256))
    let (x, picture) = (numbers(2 * 1_500), numbers(9 * 256))
    @Sendable func result(of network: Network) -> [Double] {
      network(Tensor(x, shape: [2, 1_500]), Tensor(picture, shape: [1, 3, 3, 256]))
    }
    let alone = result(of: Network(hidden: hidden, window: window))
    let wrong = Atomic(0)
    for _ in 0..<30 {
      // The same numbers, which nobody has read before.
      let network = Network(hidden: hidden, window: window)
      Self.onThreads(4) { _ in
        for _ in 0..<3 where result(of: network) != alone { wrong.add(1, ordering: .relaxed) }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  /// The second fails while the first's story is being found; the program ends with one that is true.
  @Test func twoThreadsThatFailTellOneStory() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ThreadTests.onThreads(2) { thread in
        _ = gradient(at: Tensor([-1])) { x in
          let moved = (0..<100_000 * (thread + 2)).reduce(x) { y, _ in y * 1 }
          return (thread == 0 ? log(moved) : moved.squareRoot()).sum()
        }
      }
    }
    let told = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(
      told.contains("made first by operation 200001, “log”")
        || told.contains("made first by operation 300001, “squareRoot”"), "\(told)")
  }

  #if os(Linux)
    /// The process's resident memory.
    static func resident() -> Int {
      let text = try! String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      return Int(text.split(separator: " ")[1])! * 4_096
    }

    @Test func aLongGradientGivesItsTapeBack() async {
      await #expect(processExitsWith: .success) {
        func differentiate(_ steps: Int) {
          _ = gradient(at: Tensor.ones([2])) { x in
            (0..<steps).reduce(x) { y, _ in y + 0.001 }.sum()
          }
        }
        differentiate(10)
        let before = ThreadTests.resident()
        differentiate(1_000_000)
        // A million steps take 256 MB.
        #expect(ThreadTests.resident() - before < 60_000_000)
      }
    }

    @Test func aThreadThatEndsLeavesNoTape() async {
      await #expect(processExitsWith: .success) {
        func runThreads(_ count: Int) {
          for _ in 0..<count {
            ThreadTests.onThreads(1) { _ in
              let slope = gradient(at: Tensor.ones([2])) { x in
                (0..<8_000).reduce(x) { y, _ in y + 0.001 }.sum()
              }
              precondition(slope.shape == [2])
            }
          }
        }
        runThreads(30)
        let before = ThreadTests.resident()
        runThreads(300)
        // Each tape had room for 8,000 steps, 2 MB: all of them together would be 600.
        #expect(ThreadTests.resident() - before < 60_000_000)
      }
    }
  #endif
}

/// What is computed in one pass gives the same bits as the same in two.
@Suite struct FusedActivationTests {
  @Test func theFusedRectifierIsTheRectifier() {
    let odd: [Float] = [-.infinity, .nan, -0.0, -2, 0, 3, .infinity, -1e-30]
    let x = Tensor(odd, shape: [8, 1])
    let weight = Tensor([1, -1, 0.5, 1e-30] as [Float], shape: [1, 4])
    for activation in [Activation.relu, .leakyRelu(slope: 0), .leakyRelu(slope: 0.2)] {
      let fused = affine(x, weight: weight, activation: activation).scalars
      let apart = activation(affine(x, weight: weight)).scalars
      #expect(fused.map(\.bitPattern) == apart.map(\.bitPattern), "\(activation)")
    }
    let relu = affine(x, weight: weight, activation: .relu)
    #expect(relu[0].scalars.first == 0)
  }
}
