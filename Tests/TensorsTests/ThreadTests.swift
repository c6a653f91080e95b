import Foundation
import Randomness
import Synchronization
import Tensors
import Testing

/// Several threads at once, each with tensors of its own or reading the same model.
@Suite struct ThreadTests {
  struct Network: Model, @unchecked Sendable {
    let hidden: Parameter
    let score: Parameter
    let window: Parameter

    init(using random: inout SeededGenerator) {
      hidden = Parameter(.normal([144, 300], using: &random))
      score = Parameter(.normal([300, 40], using: &random))
      window = Parameter(.normal([3, 3, 1, 24], using: &random))
    }

    func callAsFunction(_ x: Tensor) -> [Double] {
      let y = affine(relu(affine(x, weight: hidden.value)), weight: score.value)
      let pictures = x.reshaped(to: [x.shape[0], 12, 12, 1])
      return y.scalars
        + pictures.convolved(with: window.value, padding: .same).scalars
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

  @Test func severalThreadsMayReadOneModel() {
    let wrong = Atomic(0)
    for round in 0..<60 {
      var random = SeededGenerator(seed: UInt64(round))
      let x = [Float]((0..<32 * 144).map { _ in Float(random.uniform(from: -1, to: 1)) })
      var again = random
      let reference = Network(using: &random)(Tensor(x, shape: [32, 144]))
      // A model of the same numbers that nobody has read before.
      let network = Network(using: &again)
      let arrived = Atomic(0)
      Self.onThreads(4) { _ in
        let x = Tensor(x, shape: [32, 144])
        arrived.add(1, ordering: .relaxed)
        while arrived.load(ordering: .relaxed) < 4 {}
        for _ in 0..<5 where network(x) != reference { wrong.add(1, ordering: .relaxed) }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  #if os(Linux)
    @Test func aThreadThatEndsLeavesNoTape() async {
      await #expect(processExitsWith: .success) {
        /// The process's resident memory.
        func resident() -> Int {
          let text = try! String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
          return Int(text.split(separator: " ")[1])! * 4_096
        }
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
        let before = resident()
        runThreads(300)
        // Each tape had room for 8,000 steps, 64 KB.
        #expect(resident() - before < 6_000_000)
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
