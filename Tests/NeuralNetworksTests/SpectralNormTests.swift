import NeuralNetworks
import Randomness
import Tensors
import Testing

@Suite struct SpectralNormTests {
  /// The largest singular value of a matrix by one-sided Jacobi rotations: columns are turned in pairs until all
  /// are orthogonal; their lengths are the singular values.
  private func largestSingularValue(_ rows: [[Double]]) -> Double {
    var columns = rows[0].indices.map { column in rows.map { $0[column] } }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    for _ in 0..<60 {
      for p in columns.indices {
        for q in columns.indices where q > p {
          let (a, b, c) = (
            dot(columns[p], columns[p]), dot(columns[q], columns[q]), dot(columns[p], columns[q])
          )
          if abs(c) < 1e-300 { continue }
          let zeta = (b - a) / (2 * c)
          let t = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
          let cosine = 1 / (1 + t * t).squareRoot()
          let sine = cosine * t
          let (x, y) = (columns[p], columns[q])
          columns[p] = zip(x, y).map { cosine * $0 - sine * $1 }
          columns[q] = zip(x, y).map { sine * $0 + cosine * $1 }
        }
      }
    }
    return columns.map { dot($0, $0).squareRoot() }.max()!
  }

  @Test func powerIterationFindsTheLargestSingularValue() {
    inFloat64(seed: 16) { random in
      let weight = Tensor.normal([7, 5], using: &random)
      let norm = SpectralNorm(of: weight, using: &random)
      let truth = largestSingularValue(weight.rows)
      #expect(abs(norm.largestSingularValue(of: weight).scalar / truth - 1) < 0.02)
      for _ in 0..<500 { _ = norm.largestSingularValue(of: weight) }
      // The 10⁻¹² that keeps a length of 0 from dividing leaves that much.
      #expect(abs(norm.largestSingularValue(of: weight).scalar - truth) < 1e-11)
      #expect(abs(largestSingularValue(norm(weight).rows) - 1) < 1e-11)
    }
  }

  @Test func aConvolutionsWeightCountsAsAMatrixOfItsFilters() {
    inFloat64(seed: 17) { random in
      let layer = Convolution(
        from: 3, to: 4, window: 2, isSpectrallyNormalised: true, using: &random)
      for _ in 0..<500 { _ = layer(.normal([1, 2, 2, 3], using: &random)) }
      let truth = largestSingularValue(layer.weight.value.reshaped(to: [12, 4]).rows)
      #expect(
        abs(layer.spectralNorm!.largestSingularValue(of: layer.weight.value).scalar - truth) < 1e-10
      )
    }
  }

  @Test func aSpectrallyNormalisedNetworkIsOneLipschitz() {
    inFloat64(seed: 18) { random in
      let critic = MLP(
        [2, 16, 16, 1], activation: .leakyRelu(), isSpectrallyNormalised: true, using: &random)
      for _ in 0..<300 { _ = critic(.normal([1, 2], using: &random)) }
      let x = Tensor.normal([500, 2], using: &random) * 3
      let slopes = critic.inEvaluation { critic in
        gradient(at: x) { critic($0).sum() }.norm(axis: 1)
      }
      #expect(slopes.max().scalar <= 1 + 1e-9)
      #expect(slopes.max().scalar > 0.1)
    }
  }

  @Test func inEvaluationTheIterationRests() {
    var random = SeededGenerator(seed: 19)
    let layer = Linear(6, 5, isSpectrallyNormalised: true, using: &random)
    let x = Tensor.normal([3, 6], using: &random)
    let direction = layer.spectralNorm!.direction.value.digest
    let first = layer.inEvaluation { $0(x) }
    #expect(layer.inEvaluation { $0(x) }.digest == first.digest)
    #expect(layer.spectralNorm!.direction.value.digest == direction)
    _ = layer(x)
    #expect(layer.spectralNorm!.direction.value.digest != direction)
  }
}
