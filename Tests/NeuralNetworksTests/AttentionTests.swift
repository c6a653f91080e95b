import NeuralNetworks
import Randomness
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct AttentionTests {
  @Test func eachQueryGathersValuesByTheSoftmaxOfItsProductsWithTheKeys() {
    inFloat64(seed: 25) { random in
      let (q, k, v) = (
        Tensor.normal([2, 3, 4], using: &random), Tensor.normal([2, 5, 4], using: &random),
        Tensor.normal([2, 5, 2], using: &random)
      )
      let mask = Tensor([[1, 0, 1, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, 1]])
      let (gathered, weights) = attention(queries: q, keys: k, values: v, mask: mask)
      var (naiveWeights, naive) = ([Double](), [Double]())
      for batch in 0..<2 {
        let (keys, values) = (k[batch].rows, v[batch].rows)
        for (query, allowed) in zip(q[batch].rows, mask.rows) {
          let powers = zip(keys, allowed).map { key, isAllowed in
            isAllowed * exp(zip(query, key).reduce(0) { $0 + $1.0 * $1.1 } / 2)
          }
          let row = powers.map { $0 / powers.reduce(0, +) }
          naiveWeights += row
          naive += (0..<2).map { dot(row, column: $0, of: values) }
        }
      }
      #expect(distance(weights, naiveWeights) < 1e-14)
      #expect(distance(gathered, naive) < 1e-14)
    }
  }

  @Test func weightsSumToOneAndNoneFallsOnTheFuture() {
    var random = SeededGenerator(seed: 26)
    let layer = CausalSelfAttention(12, heads: 3, using: &random)
    let (result, weights) = layer.attended(.normal([2, 7, 12], using: &random) * 3)
    #expect(result.shape == [2, 7, 12])
    #expect(weights.shape == [2, 3, 7, 7])
    #expect(distance(weights.sum(axis: -1), [Double](repeating: 1, count: 42)) < 1e-6)
    let table = weights.reshaped(to: [42, 7]).rows
    for (row, numbers) in table.enumerated() {
      #expect(numbers[(row % 7 + 1)...].allSatisfy { $0 == 0 })
      #expect(numbers[...(row % 7)].allSatisfy { $0 > 0 })
    }
  }

  @Test func noGradientFlowsFromTheFuture() {
    inFloat64(seed: 27) { random in
      let layer = CausalSelfAttention(4, heads: 2, using: &random)
      let x = Tensor.normal([1, 6, 4], using: &random)
      let slope = gradient(at: x) { layer($0)[0, 3].sum() }[0].rows
      #expect(slope.map { $0.contains { $0 != 0 } } == [true, true, true, true, false, false])
    }
  }

  @Test func continuingFromACacheIsTheSameAsComputingTheWhole() {
    inFloat64(seed: 28) { random in
      let layer = CausalSelfAttention(6, heads: 2, using: &random)
      let x = Tensor.normal([2, 7, 6], using: &random)
      var cache = CausalSelfAttention.Cache()
      var parts = [layer(x[0..., 0..<3], after: &cache)]
      for place in 3..<7 { parts.append(layer(x[0..., place..<(place + 1)], after: &cache)) }
      #expect(distance(.concatenating(parts, axis: 1), layer(x)) < 1e-13)
    }
  }

  @Test func aCausalMaskAllowsThePastOfTheLastPlaces() {
    #expect(Tensor.causalMask(queries: 3, keys: 3).rows == [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    #expect(Tensor.causalMask(queries: 2, keys: 4).rows == [[1, 1, 1, 0], [1, 1, 1, 1]])
  }
}
