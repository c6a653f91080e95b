import NeuralNetworks
import Randomness
import Tensors
import Testing

/// What a pixel depends on, read from gradients: exactly 0 where it may not see.
@Suite struct MaskTests {
  /// For one output place, whether each input place has any influence on it, row by row.
  private func influence(
    on row: Int, _ column: Int, size: Int, _ network: (Tensor) -> Tensor,
    using random: inout SeededGenerator
  ) -> [Bool] {
    let x = Tensor.normal([1, size, size, 1], using: &random)
    let slope = gradient(at: x) { network($0)[0, row, column].sum() }
    return slope.scalars.map { $0 != 0 }
  }

  private func places(_ size: Int, where isSeen: (Int, Int) -> Bool) -> [Bool] {
    (0..<(size * size)).map { isSeen($0 / size, $0 % size) }
  }

  @Test func masksAAndBSeeWhatComesBeforeInRasterOrder() {
    inFloat64(seed: 20) { random in
      let a = MaskedConvolution(from: 1, to: 2, window: 5, seeing: .earlier, using: &random)
      let seenByA = influence(on: 2, 2, size: 5, { a($0) }, using: &random)
      #expect(seenByA == places(5) { $0 < 2 || $0 == 2 && $1 < 2 })
      let b = MaskedConvolution(
        from: 1, to: 2, window: 5, seeing: .earlierAndItself, using: &random)
      let seenByB = influence(on: 2, 2, size: 5, { b($0) }, using: &random)
      #expect(seenByB == places(5) { $0 < 2 || $0 == 2 && $1 <= 2 })
    }
  }

  @Test func aStackOfMasksNeverSeesThePresentOrTheFutureButHasABlindSpot() {
    inFloat64(seed: 21) { random in
      let first = MaskedConvolution(from: 1, to: 4, window: 3, seeing: .earlier, using: &random)
      let rest = (0..<5).map { _ in
        MaskedConvolution(from: 4, to: 4, window: 3, seeing: .earlierAndItself, using: &random)
      }
      let seen = influence(
        on: 4, 3, size: 8, { x in rest.reduce(first(x)) { $1($0) } }, using: &random)
      let past = places(8) { $0 < 4 || $0 == 4 && $1 < 3 }
      #expect(zip(seen, past).allSatisfy { isSeen, isPast in !isSeen || isPast })
      // A place two rows up and to the right lies in the past and within reach, yet is not seen.
      #expect(!seen[3 * 8 + 5] && past[3 * 8 + 5])
    }
  }

  @Test func verticalAndHorizontalStacksTogetherSeeTheWholePast() {
    inFloat64(seed: 22) { random in
      let size = 6
      func layer(_ channels: Int, _ view: MaskedConvolution.View) -> MaskedConvolution {
        MaskedConvolution(from: channels, to: 3, window: 3, seeing: view, using: &random)
      }
      let (vertical, horizontal) = (layer(1, .rowsAbove), layer(1, .left))
      let deeper = (0..<6).map { _ in (layer(3, .rowsAboveAndItsOwn), layer(3, .leftAndItself)) }
      func network(_ x: Tensor) -> Tensor {
        var (above, beside) = (vertical(x), horizontal(x))
        beside = beside + above
        for (down, across) in deeper {
          above = down(above)
          beside = across(beside) + above
        }
        return beside
      }
      for (row, column) in [(3, 2), (5, 5), (0, 0), (2, 0)] {
        let seen = influence(on: row, column, size: size, network, using: &random)
        #expect(seen == places(size) { $0 < row || $0 == row && $1 < column })
      }
    }
  }

  @Test func causalSequencesSeeTheirReceptiveFieldAndNoMore() {
    inFloat64(seed: 23) { random in
      let layers = [1, 2, 4].map {
        SequenceConvolution(
          from: 1, to: 1, window: 2, padding: .causal, dilation: $0, using: &random)
      }
      let x = Tensor.normal([1, 16, 1], using: &random)
      let slope = gradient(at: x) { x in layers.reduce(x) { $1($0) }[0, 11].sum() }
      // 1 + Σ(k − 1)d = 8 places, itself included.
      #expect(slope.scalars.map { $0 != 0 } == (0..<16).map { 4...11 ~= $0 })
    }
  }

  @Test func whatIsNotSeenStaysZeroInTraining() {
    var random = SeededGenerator(seed: 24)
    let layer = MaskedConvolution(from: 1, to: 2, window: 3, seeing: .earlier, using: &random)
    let x = Tensor.normal([2, 5, 5, 1], using: &random)
    var adam = Adam(rate: 0.1, weightDecay: 0.1)
    for _ in 0..<5 {
      adam.update(layer, along: gradient(at: layer) { ($0(x) - 1).squared().mean() })
    }
    let weights = layer.weight.value.reshaped(to: [9, 2]).rows
    #expect(weights.map { $0 != [0, 0] } == layer.taps)
  }
}
