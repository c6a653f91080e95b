import NeuralNetworks
import Randomness
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What layers compute against loops written from their formulas, in float64.
@Suite struct LayerTests {
  @Test func linearIsAProductABiasAndAnActivation() {
    inFloat64(seed: 7) { random in
      let layer = Linear(3, 2, activation: .sigmoid, using: &random)
      layer.bias!.value = Tensor([0.3, -0.2])
      let x = Tensor.normal([4, 3], using: &random)
      let (rows, weight) = (x.rows, layer.weight.value.rows)
      let naive = (0..<4).flatMap { row in
        (0..<2).map { column in
          logistic([0.3, -0.2][column] + dot(rows[row], column: column, of: weight))
        }
      }
      #expect(distance(layer(x), naive) < 1e-14)
    }
  }

  @Test func anMLPIsItsLayersOneAfterTheOther() {
    inFloat64(seed: 7) { random in
      let network = MLP([3, 5, 4, 2], activation: .tanh, last: .sigmoid, using: &random)
      #expect(network.layers.map(\.activation) == [.tanh, .tanh, .sigmoid])
      #expect(network.parameterCount == 3 * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2)
      #expect(
        network.parameters.map(\.name) == [
          "layers[0].weight", "layers[0].bias", "layers[1].weight", "layers[1].bias",
          "layers[2].weight", "layers[2].bias",
        ])
      let x = Tensor.normal([2, 3], using: &random)
      let byHand = network.layers[2](network.layers[1](network.layers[0](x)))
      #expect(network(x).digest == byHand.digest)
      #expect(network(x).shape == [2, 2])
    }
  }

  /// y[b, i, j, f] = b[f] + Σ x[b, i·stride + di·dilation − padding, …, c]·w[di, dj, c, f].
  private func naiveConvolution(
    _ x: Tensor, _ w: Tensor, _ bias: Tensor, stride: Int, before: Int, dilation: Int, high: Int,
    wide: Int
  ) -> [Double] {
    let (xs, ws, bs) = (x.scalars, w.scalars, bias.scalars)
    var result: [Double] = []
    for b in 0..<x.shape[0] {
      for i in 0..<high {
        for j in 0..<wide {
          for f in 0..<w.shape[3] {
            var sum = bs[f]
            for di in 0..<w.shape[0] {
              for dj in 0..<w.shape[1] {
                let (row, column) = (
                  i * stride + di * dilation - before, j * stride + dj * dilation - before
                )
                guard 0..<x.shape[1] ~= row, 0..<x.shape[2] ~= column else { continue }
                for c in 0..<w.shape[2] {
                  sum +=
                    xs[((b * x.shape[1] + row) * x.shape[2] + column) * x.shape[3] + c]
                    * ws[((di * w.shape[1] + dj) * w.shape[2] + c) * w.shape[3] + f]
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }

  @Test(arguments: [(1, 0, 1), (2, 1, 1), (1, 2, 2), (3, 1, 1)])
  func aConvolutionIsASumOverItsWindow(stride: Int, padding: Int, dilation: Int) {
    inFloat64(seed: 7) { random in
      let layer = Convolution(
        from: 2, to: 3, window: 3, stride: stride, padding: .all(padding), dilation: dilation,
        using: &random)
      layer.bias!.value = .normal([3], using: &random)
      let x = Tensor.normal([2, 7, 8, 2], using: &random)
      let y = layer(x)
      let (high, wide) = (
        (7 + 2 * padding - 2 * dilation - 1) / stride + 1,
        (8 + 2 * padding - 2 * dilation - 1) / stride + 1
      )
      #expect(y.shape == [2, high, wide, 3])
      let naive = naiveConvolution(
        x, layer.weight.value, layer.bias!.value, stride: stride, before: padding,
        dilation: dilation, high: high, wide: wide)
      #expect(distance(y, naive) < 1e-13)
    }
  }

  @Test func aMaskedConvolutionIsAConvolutionWithZerosInItsWindow() {
    for view in MaskedConvolution.View.allCases {
      inFloat64(seed: 7) { random in
        let layer = MaskedConvolution(from: 2, to: 3, window: 5, seeing: view, using: &random)
        layer.bias!.value = .normal([3], using: &random)
        let x = Tensor.normal([2, 6, 5, 2], using: &random)
        let naive = naiveConvolution(
          x, layer.weight.value, layer.bias!.value, stride: 1, before: 2, dilation: 1, high: 6,
          wide: 5)
        #expect(distance(layer(x), naive) < 1e-13)
        let used = layer.weight.value.squared().sum(axes: [2, 3]).flattened().scalars.map { $0 > 0 }
        #expect(used == layer.taps)
      }
    }
  }

  @Test func aTransposedConvolutionIsTheAdjointOfAConvolution() {
    inFloat64(seed: 7) { random in
      let up = TransposedConvolution(
        from: 3, to: 2, window: 4, stride: 2, padding: 1, bias: false, using: &random)
      let down = Convolution(
        from: 2, to: 3, window: 4, stride: 2, padding: 1, bias: false, using: &random)
      down.weight.value = up.weight.value
      let (x, y) = (
        Tensor.normal([2, 8, 6, 2], using: &random), Tensor.normal([2, 4, 3, 3], using: &random)
      )
      #expect(up(y).shape == x.shape)
      #expect(abs((down(x) * y).sum().scalar - (x * up(y)).sum().scalar) < 1e-12)
    }
  }

  @Test func aCausalConvolutionOverSequencesSumsOverThePast() {
    inFloat64(seed: 7) { random in
      let layer = SequenceConvolution(
        from: 2, to: 3, window: 3, padding: .causal, dilation: 2, using: &random)
      layer.bias!.value = .normal([3], using: &random)
      let x = Tensor.normal([2, 9, 2], using: &random)
      let (xs, ws, bs) = (x.scalars, layer.weight.value.scalars, layer.bias!.value.scalars)
      var naive: [Double] = []
      for b in 0..<2 {
        for i in 0..<9 {
          for f in 0..<3 {
            var sum = bs[f]
            for d in 0..<3 where i - 2 * (2 - d) >= 0 {
              for c in 0..<2 {
                sum += xs[(b * 9 + i - 2 * (2 - d)) * 2 + c] * ws[(d * 2 + c) * 3 + f]
              }
            }
            naive.append(sum)
          }
        }
      }
      #expect(distance(layer(x), naive) < 1e-13)
    }
  }

  @Test func anEmbeddingLooksUpRows() {
    inFloat64(seed: 7) { random in
      let layer = Embedding(4, width: 2, using: &random)
      let rows = layer.weight.value.rows
      #expect(distance(layer([3, 0, 3]), rows[3] + rows[0] + rows[3]) == 0)
      #expect(layer([[1, 2, 3], [0, 0, 1]]).shape == [2, 3, 2])
    }
  }

  @Test func geluIsXTimesTheNormalDistributionFunction() {
    let x = Tensor.spaced(from: -4, to: 4, count: 33, precision: .float64)
    #expect(distance(gelu(x), x.scalars.map { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }) < 1e-14)
  }

  @Test func dropoutKeepsTheMeanAndScalesWhatItKeeps() {
    var random = SeededGenerator(seed: 7)
    let x = Tensor.ones([100, 1000])
    let y = dropout(x, rate: 0.3, using: &random)
    let kept = y.scalars.count { $0 != 0 }
    #expect(y.scalars.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
    // The number kept is binomial: 70,000 with a deviation of √(100,000·0.3·0.7) = 145.
    #expect(abs(Double(kept) - 70_000) < 4 * 145)
    #expect(dropout(x, rate: 0, using: &random).digest == x.digest)
  }
}
