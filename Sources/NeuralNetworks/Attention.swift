import Failures
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Scaled dot-product attention (Vaswani et al., 2017, equation 1): softmax(Q·Kᵀ/√d)·V.
///
/// - Parameters:
///   - queries: [batch, n, d]
///   - keys: [batch, m, d]
///   - values: [batch, m, e]
///   - mask: [n, m] or [batch, n, m]: 1 where a query may look, 0 where it may not
/// - Returns: what each query gathered, [batch, n, e], and the weights it gave to the keys, [batch, n, m], whose
///   rows sum to 1.
public func attention(
  queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor? = nil
) -> (gathered: Tensor, weights: Tensor) {
  guard queries.rank == 3, keys.rank == 3, values.rank == 3,
    queries.shape[0] == keys.shape[0], queries.shape[2] == keys.shape[2],
    keys.shape[0] == values.shape[0], keys.shape[1] == values.shape[1]
  else {
    fail(
      expected: "queries [batch, n, d], keys [batch, m, d] and values [batch, m, e]",
      found: "\(queries.shape), \(keys.shape) and \(values.shape)",
      mend: "with several heads, let the batch be batch·heads")
  }
  var scores =
    matmul(queries, keys.transposed()) / Double(queries.shape[2]).squareRoot()
  if let mask { scores = masked(scores, by: mask) }
  let weights = scores.softmax(axis: -1)
  return (matmul(weights, values), weights)
}

/// So low that its exponential is 0, and yet finite.
private let nothing = -1e9

private func masked(_ scores: Tensor, by mask: Tensor) -> Tensor {
  if mask.shape != scores.shape, Array(mask.shape) != Array(scores.shape.dropFirst()) {
    fail(
      expected: "a mask [\(scores.shape[1]), \(scores.shape[2])] of queries and keys",
      found: "\(mask.shape)", mend: "1 where a query may look, 0 where it may not")
  }
  if mask.max(axis: -1).min().scalar == 0 {
    fail(
      expected: "a mask that lets every query see a key", found: "a row of zeros",
      mend: "let each place see itself at least")
  }
  return choose(mask.detached.expanded(to: scores.shape), scores, otherwise: nothing)
}

extension Tensor {
  /// A mask [queries, keys] by which no place sees a later one: 1 on and left of the diagonal. Where there are
  /// fewer queries than keys they are the last places.
  public static func causalMask(
    queries: Int, keys: Int, precision: Precision = .standard
  ) -> Tensor {
    let earlier = keys - queries
    return .counting(to: keys, precision: precision)
      .<= Tensor.counting(to: queries, precision: precision).expandingAxis(-1) + Double(earlier)
  }
}
