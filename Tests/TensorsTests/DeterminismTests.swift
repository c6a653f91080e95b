import Kernels
import Randomness
import Tensors
import Testing

/// The same work gives the same bytes, whatever the number of threads; each test in a process of its own,
/// which no other test's threads and paths disturb.
@Suite struct DeterminismTests {
  /// Digests of results and gradients large enough to be shared among threads.
  static func digests(_ precision: Precision) -> [UInt64] {
    var random = SeededGenerator(seed: 21)
    func drawn(_ shape: Shape) -> Tensor {
      .normal(shape, precision: precision, using: &random)
    }
    let (rows, table) = (drawn([517, 301]), drawn([301, 259]))
    let (picture, window) = (drawn([6, 33, 31, 16]), drawn([3, 3, 16, 24]))
    let (gates, memory) = (drawn([260, 4 * 130]), drawn([260, 130]))
    let places = (0..<3_000).map { ($0 * 7_919) % 517 }
    let functions: [(Tensor, (Tensor) -> Tensor)] = [
      (rows, { tanh($0) * sigmoid($0) + softplus($0) }),
      (rows, { ($0 - $0.mean(axis: 0)) / ($0.variance(axis: 0) + 1).squareRoot() }),
      (rows, { $0.sum() + $0.sum(axis: 1).norm() + $0.max(axis: 0).sum() }),
      (rows, { affine($0, weight: table, activation: .tanh) }),
      (table, { affine(rows, weight: $0, activation: .relu) }),
      (picture, { $0.convolved(with: window, stride: 2, padding: 1, activation: .leakyRelu()) }),
      (window, { picture.convolved(with: $0, padding: .same) }),
      (
        window,
        { drawn16 in
          picture.convolved(with: drawn16, padding: 1)
            .convolvedTransposed(with: drawn16, stride: 2, padding: 1)
        }
      ),
      (rows, { $0.softmax() * $0.logSoftmax(axis: 0) }),
      (picture, { $0.normalisedByBatch().normalised * $0.normalisedByInstance() }),
      (picture, { $0.normalisedByLayer().gated().maxPooled(window: 2) }),
      (gates, { memoryCell(gates: $0, memory: memory).state }),
      (rows, { $0.gathering(places).transposed().squared() }),
      (picture, { $0.permuted([3, 1, 0, 2]).reversed(axis: 1).enlarged(by: 2) }),
    ]
    return [rows, picture, gates].map(\.digest)
      + functions.flatMap { point, function in
        let (value, slope) = valueWithGradient(at: point) { x in
          let y = function(x)
          return (y * y).sum()
        }
        return [function(point).digest, value.digest, slope.digest]
      }
  }

  @Test func oneThreadAndTwoGiveTheSameBytes() async {
    await #expect(processExitsWith: .success) {
      for path in [KERNELS_BEST, KERNELS_WITHOUT_AVX512, KERNELS_PORTABLE] {
        kernels_choose_path(path)
        for precision in Precision.allCases {
          kernels_set_threads(1)
          let alone = Self.digests(precision)
          #expect(Self.digests(precision) == alone)
          kernels_set_threads(2)
          #expect(Self.digests(precision) == alone)
          kernels_set_threads(3)
          #expect(Self.digests(precision) == alone)
        }
      }
    }
  }

  /// The whole table in float32 by the machine's own instructions and by plain C.
  @Test func everyProcessorComputesTheSameToRounding() async {
    await #expect(processExitsWith: .success) {
      for lengths in Lengths.several {
        for entry in Case.all(lengths) {
          var random = entry.random
          let operands = entry.drawn(using: &random).map { $0.tensor(.float32) }
          func results() -> (value: Tensor, slope: Tensor) {
            let slope = gradient(at: operands[0]) { x in
              let y = entry.function([x] + operands.dropFirst())
              return (y.converted(to: .float32) * y.converted(to: .float32)).sum()
            }
            return (entry.function(operands), slope)
          }
          kernels_choose_path(KERNELS_BEST)
          let best = results()
          for path in [KERNELS_WITHOUT_AVX512, KERNELS_PORTABLE] {
            kernels_choose_path(path)
            let other = results()
            #expect(distance(best.value, other.value) < 2e-6, "\(entry.name)")
            #expect(distance(best.slope, other.slope) < 1e-5, "the slope of \(entry.name)")
          }
        }
      }
    }
  }
}
