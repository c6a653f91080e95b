import NeuralNetworks
import Randomness
import Tensors
import Testing

/// A mistake stops the program with words that say what was expected, what was found and what to do.
@Suite struct FailureTests {
  /// The words a program that was stopped wrote on its way.
  private func words(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test func aGradientThatIsNotFiniteIsTracedToItsParameter() async {
    let adam = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      let network = MLP([2, 3, 1], using: &random)
      var gradient = gradient(at: network) { $0(.ones([4, 2])).sum() }
      gradient.tensors[2] = Tensor([[1], [.nan], [.infinity]])
      var adam = Adam(rate: 0.1)
      adam.update(network, along: gradient)
    }
    #expect(
      words(adam).contains(
        "expected a finite gradient, found 2 of 3 numbers not finite in that of layers[1].weight [3, 1]; try a smaller rate, gradient.clipped(toNorm:), or look for a square root or logarithm of 0"
      ))
    let others = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let norm = LayerNorm(2)
      var gradient = gradient(at: norm) { $0(Tensor([[1, 2]])).sum() }
      gradient.tensors[0] = Tensor([.nan, 0])
      var descent = SGD(rate: 0.1)
      descent.update(norm, along: gradient)
    }
    #expect(words(others).contains("found 1 of 2 numbers not finite in that of scale [2]"))
    let last = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let norm = LayerNorm(2)
      var gradient = gradient(at: norm) { $0(Tensor([[1, 2]])).sum() }
      gradient.tensors[1] = Tensor([.nan, 0])
      var descent = RMSProp(rate: 0.1)
      descent.update(norm, along: gradient)
    }
    #expect(words(last).contains("found 1 of 2 numbers not finite in that of shift [2]"))
  }

  @Test func aGradientBelongsToTheModelAtWhichItWasTaken() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      let (generator, critic) = (MLP([2, 2], using: &random), MLP([2, 1], using: &random))
      let slope = gradient(at: critic) { $0(generator(.ones([4, 2]))).sum() }
      var adam = Adam(rate: 0.1)
      adam.update(generator, along: slope)
    }
    #expect(
      words(result).contains(
        "expected a gradient taken at this MLP, found one at another model; update the model at which the gradient was taken"
      ))
  }

  @Test func aGradientHasTheShapesOfItsParameters() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let norm = LayerNorm(2)
      var gradient = gradient(at: norm) { $0(Tensor([[1, 2]])).sum() }
      gradient.tensors[1] = Tensor([0, 0, 0])
      var adam = Adam(rate: 0.1)
      adam.update(norm, along: gradient)
    }
    #expect(
      words(result).contains(
        "expected a gradient of float32 numbers of shape [2] for shift, found float32 of shape [3]; a gradient keeps the shapes of its parameters"
      ))
  }

  @Test func aStepOfOneParameterChecksItsGradient() async {
    let longer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var adam = Adam(rate: 0.1)
      _ = adam.step(Parameter(Tensor([1, 2])), along: .ones([4096]))
    }
    #expect(
      words(longer).contains(
        "expected a gradient of float32 numbers of shape [2] for a parameter, found float32 of shape [4096]"
      ))
    let finer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var adam = Adam(rate: 0.1)
      _ = adam.step(Parameter(Tensor([1, 2])), along: Tensor([1, 2], precision: .float64))
    }
    #expect(words(finer).contains("found float64 of shape [2]"))
  }

  @Test func anEmptyBatchIsRefusedByLayers() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      let layer = Linear(2, 1, using: &random)
      _ = gradient(at: layer) { $0(.zeros([0, 2])).sum() }
    }
    #expect(
      words(linear).contains(
        "expected at least one example for Linear, found shape [0, 2]; is a batch or a range empty?"
      ))
    let pictures = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = Convolution(from: 1, to: 2, window: 3, using: &random)(.zeros([0, 4, 4, 1]))
    }
    #expect(words(pictures).contains("expected at least one example for Convolution"))
  }

  @Test func oneExampleCannotBeNormalisedByItsBatch() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(3)(.ones([1, 3]))
    }
    #expect(
      words(result).contains(
        "expected at least two examples or pixels to normalise by, found [1, 3]")
    )
  }

  @Test func decaysAreShares() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Adam(rate: 0.1, firstDecay: 1.5)
    }
    #expect(words(result).contains("expected a firstDecay from 0 up to 1, found 1.5"))
  }

  @Test func layersSayWhichInputsTheyTake() async {
    let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = Linear(3, 2, using: &random)(.ones([4, 2]))
    }
    #expect(
      words(linear).contains(
        "expected inputs of 3 numbers for a weight of shape [3, 2], found shape [4, 2]"))
    let pictures = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = Convolution(from: 1, to: 2, window: 3, using: &random)(.ones([28, 28, 1]))
    }
    #expect(
      words(pictures).contains(
        "expected pictures [batch, height, width, 1] for Convolution, found [28, 28, 1]; perhaps .expandingAxis(0) for one picture, or .expandingAxis(-1) for one channel"
      ))
    let sequences = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = LSTM(5, cells: 2, using: &random)(.ones([7, 5]))
    }
    #expect(
      words(sequences).contains(
        "expected sequences [batch, length, 5] for LSTM, found [7, 5]; perhaps .expandingAxis(0) for one sequence, or .expandingAxis(-1) for one channel"
      ))
    let channels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(3)(.ones([4, 2]))
    }
    #expect(words(channels).contains("expected […, 3] for BatchNorm, found [4, 2]"))
    let uneven = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = GRU(5, cells: 2, using: &random)([[1, 2], [3]])
    }
    #expect(
      words(uneven).contains(
        "expected sequences of equal length for GRU, 2 symbols as the first, found 1 in sequence 1; cut or fill them to one length"
      ))
  }

  @Test func layersOfNoSizeAreRefused() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = Linear(3, 0, using: &random)
    }
    #expect(words(none).contains("expected at least 1 for the outputs of Linear, found 0"))
    let one = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = MLP([3], using: &random)
    }
    #expect(words(one).contains("expected at least two sizes for MLP, found [3]"))
    let even = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = MaskedConvolution(from: 1, to: 1, window: 4, seeing: .earlier, using: &random)
    }
    #expect(
      words(even).contains(
        "expected an odd window that sees something for MaskedConvolution, found 4 × 4 seeing .earlier; 3, 5 and 7 are usual"
      ))
    let heads = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = CausalSelfAttention(10, heads: 3, using: &random)
    }
    #expect(words(heads).contains("expected a number of heads that divides the width 10, found 3"))
  }

  @Test func batchNormMustSeeABatchBeforeItIsEvaluated() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BatchNorm(2).inEvaluation { $0(.ones([4, 2])) }
    }
    #expect(
      words(result).contains(
        "expected batch normalisation that has seen a batch before it is evaluated, found none; train it, or load its weights, first"
      ))
  }

  @Test func masksFitAndLetEveryQuerySee() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor.ones([1, 3, 2])
      _ = attention(queries: x, keys: x, values: x, mask: .ones([3, 2]))
    }
    #expect(words(shape).contains("expected a mask [3, 3] of queries and keys, found [3, 2]"))
    let blind = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor.ones([1, 2, 2])
      _ = attention(queries: x, keys: x, values: x, mask: Tensor([[1, 1], [0, 0]]))
    }
    #expect(
      words(blind).contains("expected a mask that lets every query see a key, found a row of zeros")
    )
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = attention(queries: .ones([1, 2, 3]), keys: .ones([1, 2, 4]), values: .ones([1, 2, 4]))
    }
    #expect(
      words(sizes).contains(
        "expected queries [batch, n, d], keys [batch, m, d] and values [batch, m, e], found [1, 2, 3], [1, 2, 4] and [1, 2, 4]"
      ))
  }

  @Test func weightsOfAnotherMakeAreRefused() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      MLP([2, 3], using: &random).weights = MLP([2, 4], using: &random).weights
    }
    #expect(
      words(result).contains(
        "expected shape [2, 3] for layers[0].weight, found [2, 4]; make the model with the sizes it was trained with"
      ))
    let name = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LayerNorm(2).weights["gain"]
    }
    #expect(words(name).contains("expected one of the weights scale, shift, found gain"))
  }

  @Test func anAverageStandsInForItsOwnModelAlone() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      ExponentialMovingAverage(decay: 0.9).standingIn(for: LayerNorm(2)) { _ in }
    }
    #expect(
      words(none).contains("expected the model whose weights are averaged, found none averaged yet")
    )
    let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var average = ExponentialMovingAverage(decay: 0.9)
      average.update(from: LayerNorm(2))
      average.update(from: LayerNorm(2))
    }
    #expect(words(other).contains("found another one; call update(from:) with this model"))
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ExponentialMovingAverage(decay: 1)
    }
    #expect(words(decay).contains("expected a decay from 0 up to 1 for ExponentialMovingAverage"))
  }

  @Test func dropoutCannotDropEverything() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = dropout(.ones([2]), rate: 1, using: &random)
    }
    #expect(words(result).contains("expected a rate from 0 up to 1 for dropout, found 1.0"))
  }
}
