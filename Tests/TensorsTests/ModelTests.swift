import Randomness
import Tensors
import Testing

private struct Layer: Model {
  let weight: Parameter
  let bias: Parameter?

  init(_ inputs: Int, _ outputs: Int, isBiased: Bool = true, using random: inout SeededGenerator) {
    weight = Parameter(.normal([inputs, outputs], precision: .float64, using: &random))
    bias = isBiased ? Parameter(.normal([outputs], precision: .float64, using: &random)) : nil
  }

  func callAsFunction(_ x: Tensor, _ activation: Activation = .none) -> Tensor {
    affine(x, weight: weight.value, bias: bias?.value, activation: activation)
  }
}

private struct Critic: Model {
  let layers: [Layer]
  let score: Layer

  init(using random: inout SeededGenerator) {
    layers = [Layer(2, 5, using: &random), Layer(5, 5, using: &random)]
    score = Layer(5, 1, isBiased: false, using: &random)
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    score(layers.reduce(x) { $1($0, .leakyRelu()) })
  }
}

private class Base: Model { let inherited = Parameter(Tensor([1])) }
private final class Derived: Base { let own = Parameter(Tensor([2])) }

/// Gradients at all parameters of a model.
@Suite struct ModelTests {
  private var random = SeededGenerator(seed: 11)

  @Test func whatASuperclassStoresBelongsToTheModel() {
    #expect(Derived().parameters.map(\.name) == ["inherited", "own"])
  }

  @Test func aGradientThatHasExplodedIsClippedToItsDirection() {
    let model = Base()
    let steep = gradient(at: model) { $0.inherited.value.sum() * 3e19 }
    #expect(abs(steep.norm / 3e19 - 1) < 1e-6)
    #expect(abs(steep.clipped(toNorm: 1).tensors[0].scalar - 1) < 1e-6)
  }

  /// The gradient at each parameter by differences of the loss.
  private func differences<M: Model>(at model: M, _ loss: (M) -> Tensor) -> Tensor {
    .concatenating(
      model.parameters.map { named in
        let before = named.parameter.value
        defer { named.parameter.value = before }
        return TensorsTests.differences(at: before) {
          named.parameter.value = $0
          return loss(model)
        }.flattened()
      }, axis: 0)
  }

  @Test mutating func parametersAreFoundByTheirPaths() {
    let critic = Critic(using: &random)
    #expect(
      critic.parameters.map(\.name) == [
        "layers[0].weight", "layers[0].bias", "layers[1].weight", "layers[1].bias", "score.weight",
      ])
    #expect(critic.parameterCount == 10 + 5 + 25 + 5 + 5)
    struct Twice: Model {
      let first: Layer
      let second: Layer
    }
    let layer = Layer(2, 3, using: &random)
    #expect(
      Twice(first: layer, second: layer).parameters.map(\.name) == ["first.weight", "first.bias"])
  }

  @Test mutating func aGradientPenaltyIsWhatDifferencesSay() {
    let critic = Critic(using: &random)
    let fake = Tensor.normal([6, 2], precision: .float64, using: &random)
    let real = Tensor.normal([6, 2], precision: .float64, using: &random)
    let even = Tensor.uniform([6, 1], precision: .float64, using: &random)
    let between = real * even + fake * (1 - even)
    let loss: (Critic) -> Tensor = { critic in
      let slope = gradient(at: between) { critic($0).sum() }.norm(axis: 1)
      return critic(fake).mean() - critic(real).mean() + 10 * (slope - 1).squared().mean()
    }
    let (value, slope) = valueWithGradient(at: critic, loss)
    #expect(value.scalar == loss(critic).scalar)
    #expect(distance(slope.flattened, differences(at: critic, loss)) < 1e-9)
  }

  /// ∂/∂generator |∂ loss/∂critic|²: a gradient at one model inside a gradient at another.
  @Test mutating func gradientsAtTwoModelsNest() {
    let generator = Layer(3, 2, using: &random)
    let critic = Critic(using: &random)
    let noise = Tensor.normal([4, 3], precision: .float64, using: &random)
    let loss: (Layer) -> Tensor = { generator in
      let slope = gradient(at: critic) { softplus($0(generator(noise, .tanh))).mean() }
      return slope.flattened.squared().sum()
    }
    let found = gradient(at: generator, loss)
    #expect(found.parameters.map(\.name) == ["weight", "bias"])
    #expect(distance(found.flattened, differences(at: generator, loss)) < 1e-9)
  }

  /// A gradient at a model inside a gradient at the same model: the Hessian's rows, summed.
  @Test mutating func gradientsAtOneModelNest() {
    let critic = Critic(using: &random)
    let x = Tensor.normal([4, 2], precision: .float64, using: &random)
    let loss: (Critic) -> Tensor = { critic in
      gradient(at: critic) { tanh($0(x)).sum() }.flattened.squared().sum()
    }
    let found = gradient(at: critic, loss)
    #expect(distance(found.flattened, differences(at: critic, loss)) < 1e-8)
  }

  @Test mutating func theGradientAtOneModelLeavesOthersFrozen() {
    let generator = Layer(3, 2, using: &random)
    let critic = Critic(using: &random)
    let noise = Tensor.normal([4, 3], precision: .float64, using: &random)
    let before = critic.parameters.map { $0.parameter.value.digest }
    let loss: (Layer) -> Tensor = { softplus(-critic($0(noise))).mean() }
    let found = gradient(at: generator, loss)
    #expect(found.tensors.map(\.shape) == [[3, 2], [2]])
    #expect(distance(found.flattened, differences(at: generator, loss)) < 1e-9)
    #expect(critic.parameters.map { $0.parameter.value.digest } == before)
  }

  @Test mutating func parametersAreThemselvesAgainAfterAGradient() throws {
    struct Stop: Error {}
    let layer = Layer(2, 2, using: &random)
    let before = layer.weight.value.digest
    #expect(throws: Stop.self) {
      _ = try gradient(at: layer) { layer -> Tensor in
        _ = layer(.ones([1, 2], precision: .float64))
        throw Stop()
      }
    }
    #expect(layer.weight.value.digest == before)
    #expect(
      gradient(at: Tensor(1, precision: .float64)) { x in
        x * layer.weight.value.sum()
      }.scalar == layer.weight.value.sum().scalar)
  }

  @Test mutating func aGradientHasANormAndCanBeClipped() {
    let layer = Layer(2, 3, using: &random)
    let found = gradient(at: layer) { (3 * $0.weight.value).sum() + (4 * $0.bias!.value).sum() }
    #expect(abs(found.norm - (6 * 9 + 3 * 16.0).squareRoot()) < 1e-12)
    #expect(found["bias"].scalars == [4, 4, 4])
    #expect(abs(found.clipped(toNorm: 1).norm - 1) < 1e-12)
    #expect(found.clipped(toNorm: 100).tensors.map(\.digest) == found.tensors.map(\.digest))
    #expect(found.flattened.shape == [9])
  }

  @Test mutating func changingAParameterChangesNoTensorReadBefore() {
    let parameter = Parameter(Tensor([1, 2]))
    let before = parameter.value
    parameter.update { change in
      // What an optimiser does: it writes into the memory it is given.
      #expect(change.scalars == [1, 2])
    }
    parameter.value = parameter.value * 2
    #expect(before.scalars == [1, 2])
    #expect(parameter.value.scalars == [2, 4])
  }

  /// A weight's packed elements are kept from one product to the next, and thrown away when it changes.
  @Test mutating func productsSeeWhatAParameterHoldsNow() {
    let layer = Parameter(Tensor.normal([40, 50], using: &random))
    let x = Tensor.normal([30, 40], using: &random)
    func agrees() -> Bool {
      let packed = matmul(x, layer.value)
      // Fresh memory is no weight, and has nothing kept.
      let fresh = matmul(x, layer.value + 0)
      let reshaped = matmul(x, layer.value.reshaped(to: [40, 50]))
      return packed.digest == fresh.digest && packed.digest == reshaped.digest
    }
    #expect(agrees() && agrees())
    layer.value = layer.value * 2
    #expect(agrees() && agrees())
    // The same memory under another shape is another matrix.
    let other = Tensor.normal([30, 50], using: &random)
    let turned = layer.value.reshaped(to: [50, 40])
    #expect(matmul(other, turned).digest == matmul(other, turned + 0).digest)
    #expect(agrees())
  }
}
