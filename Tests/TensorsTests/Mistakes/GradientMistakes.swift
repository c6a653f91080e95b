import Tensors

extension Mistake {
  /// Gradients and models.
  static let gradients = [
    Mistake(
      "expected a gradient of one number, found shape [2, 3]; perhaps .sum() or .mean() "
        + "at the function's end"
    ) {
      _ = gradient(at: x) { $0 * 2 }
    },
    Mistake(
      "expected at most 8 gradients inside one another, found one more; is a function "
        + "calling itself without end?"
    ) {
      func endless(_ x: Tensor) -> Tensor { gradient(at: x, endless) }
      _ = endless(Tensor(1))
    },
    Mistake(
      "expected a direction of the point's shape [2, 3], found [3]; give one number for "
        + "each of the point's"
    ) {
      _ = hessianVectorProduct(at: x, along: .ones([3])) { $0.squared().sum() }
    },
    Mistake(
      "expected a loss that uses every parameter of Pair, found second never read; take "
        + "the gradient at the part that is used, or leave out what is not"
    ) {
      _ = gradient(at: Pair()) { $0.first.value.sum() }
    },
    Mistake(
      "expected a model with parameters, found none in Nothing; store layers or "
        + "Parameters in it"
    ) {
      _ = gradient(at: Nothing()) { _ in Tensor(1) }
    },
    Mistake(
      "expected one of the parameters first, second, found third; names are paths of "
        + "stored properties"
    ) {
      _ = gradient(at: Pair()) { ($0.first.value * $0.second.value).sum() }["third"]
    },
    Mistake(
      "expected float32 numbers of shape [2] for a parameter, found float32 of shape "
        + "[3]; a parameter keeps the shape it was made with"
    ) {
      let pair = Pair()
      pair.first.value = .ones([3])
    },
    Mistake(
      "expected weights that stay while their gradient is taken, found a change of them; update the "
        + "model after its gradient, not inside its loss"
    ) {
      _ = gradient(at: Pair()) { pair in
        pair.first.value = .zeros([2])
        return (pair.first.value * pair.second.value).sum()
      }
    },
    Mistake("expected layers in properties, arrays or dictionaries, found a set of them in layers")
    {
      _ = Crowd().parameters
    },
  ]
}

private struct Pair: Model {
  let first = Parameter(Tensor([1, 2]))
  let second = Parameter(Tensor([3, 4]))
}

private struct Nothing: Model {}

private struct Crowd: Model {
  struct Member: Model, Hashable {
    let weight = Parameter(Tensor([1]))
    static func == (a: Self, b: Self) -> Bool { a.weight === b.weight }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(weight)) }
  }
  let layers: Set = [Member()]
}
