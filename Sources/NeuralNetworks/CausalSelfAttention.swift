import Failures
import Tensors

/// Multi-head causal self-attention (Vaswani et al., 2017, section 3.2.2): each place of a sequence gathers from
/// itself and earlier places, in several ways at once.
public struct CausalSelfAttention: Model {
  /// The keys and values of the places seen so far, so that a sequence can be continued place by place without
  /// computing them again.
  public struct Cache {
    fileprivate var keys: Tensor?
    fileprivate var values: Tensor?

    public init() {}
  }

  /// From x to what each place asks for, offers, and gives: all heads side by side, [width, width].
  public let queries: Linear
  public let keys: Linear
  public let values: Linear
  /// From what all heads gathered to the result, [width, width].
  public let joining: Linear
  public let heads: Int

  /// - Parameter heads: a divisor of `width`; each head works on width/heads numbers
  public init(
    _ width: Int, heads: Int, initialiser: Initialiser = .glorotUniform,
    using random: inout some RandomNumberGenerator
  ) {
    requireSizes([("width", width), ("heads", heads)], of: "CausalSelfAttention")
    if width % heads != 0 {
      fail(
        expected: "a number of heads that divides the width \(width)", found: "\(heads)",
        mend: "each head works on an equal share of the width")
    }
    queries = Linear(width, width, initialiser: initialiser, using: &random)
    keys = Linear(width, width, initialiser: initialiser, using: &random)
    values = Linear(width, width, initialiser: initialiser, using: &random)
    joining = Linear(width, width, initialiser: initialiser, using: &random)
    self.heads = heads
  }

  /// For x of shape [batch, length, width], as large.
  public func callAsFunction(_ x: Tensor) -> Tensor { attended(x).result }

  /// The result together with each head's weights, [batch, heads, length, length]: whence each place (row)
  /// gathered.
  public func attended(_ x: Tensor) -> (result: Tensor, weights: Tensor) {
    var cache = Cache()
    return attended(x, after: &cache)
  }

  /// For the places x [batch, length, width] that follow those in the cache, to which they are added.
  public func callAsFunction(_ x: Tensor, after cache: inout Cache) -> Tensor {
    attended(x, after: &cache).result
  }

  private func attended(
    _ x: Tensor, after cache: inout Cache
  ) -> (result: Tensor, weights: Tensor) {
    let (batch, length) = requireSequences(
      x, inputs: joining.weight.shape[0], of: "CausalSelfAttention")
    let (newKeys, newValues) = (ofHeads(keys(x)), ofHeads(values(x)))
    let allKeys = cache.keys.map { .concatenating([$0, newKeys], axis: 1) } ?? newKeys
    let allValues = cache.values.map { .concatenating([$0, newValues], axis: 1) } ?? newValues
    (cache.keys, cache.values) = (allKeys, allValues)
    let (gathered, weights) = attention(
      queries: ofHeads(queries(x)), keys: allKeys, values: allValues,
      mask: .causalMask(queries: length, keys: allKeys.shape[1], precision: x.precision))
    let joined = gathered.reshaped(to: [batch, heads, length, -1]).permuted([0, 2, 1, 3])
      .reshaped(to: x.shape)
    return (joining(joined), weights.reshaped(to: [batch, heads, length, -1]))
  }

  /// [batch, length, width] as [batch·heads, length, width/heads].
  private func ofHeads(_ x: Tensor) -> Tensor {
    let (batch, length) = (x.shape[0], x.shape[1])
    return x.reshaped(to: [batch, length, heads, -1]).permuted([0, 2, 1, 3])
      .reshaped(to: [batch * heads, length, -1])
  }
}
