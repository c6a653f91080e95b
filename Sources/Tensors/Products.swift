import Failures
import Kernels

/// The matrix product [m, k] × [k, n] → [m, n].
///
/// With more axes, the last two are matrices and the first ones a batch: [b, m, k] × [b, k, n], or
/// [b, m, k] × [k, n] with one right matrix for all.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  guard a.rank >= 2, b.rank >= 2 else { failProduct(a, b) }
  if b.rank == 2, a.rank > 2 {
    guard a.shape[a.rank - 1] == b.shape[0] else { failProduct(a, b) }
    let rows = a.reshaped(to: [a.rows(before: 1), b.shape[0]])
    return product(rows, b, false, false)
      .reshaped(to: a.shape.replacing(a.rank - 1, with: b.shape[1]))
  }
  guard a.rank == b.rank, a.shape[a.rank - 1] == b.shape[b.rank - 2],
    a.shape.prefix(a.rank - 2).elementsEqual(b.shape.prefix(b.rank - 2))
  else { failProduct(a, b) }
  return product(a, b, false, false)
}

/// x·W + b with the activation, in one pass: x is [rows, inputs] (or with more axes before the last),
/// W [inputs, outputs], b [outputs].
public func affine(
  _ x: Tensor, weight: Tensor, bias: Tensor? = nil, activation: Activation = .none
) -> Tensor {
  if weight.rank != 2 {
    fail(
      expected: "a weight [inputs, outputs]", found: "shape \(weight.shape)",
      mend: "make it a matrix of two axes")
  }
  guard x.rank >= 1, x.shape[x.rank - 1] == weight.shape[0] else {
    fail(
      expected: "inputs of \(weight.shape[0]) numbers for a weight of shape \(weight.shape)",
      found: "shape \(x.shape)",
      mend: x.rank > 2 ? "perhaps .flattened(from: 1)" : "let the last axis be the inputs")
  }
  if let bias, bias.shape != [weight.shape[1]] {
    fail(
      expected: "a bias of shape [\(weight.shape[1])]", found: "\(bias.shape)",
      mend: "one number for each output")
  }
  if let bias, bias.precision != weight.precision { Tensor.failMixed(weight, bias, "affine") }
  let rows = x.rank == 2 ? x : x.reshaped(to: [x.rows(before: 1), weight.shape[0]])
  let result = product(rows, weight, false, false, Epilogue(bias: bias, activation: activation))
  return x.rank == 2
    ? result : result.reshaped(to: x.shape.replacing(x.rank - 1, with: weight.shape[1]))
}

extension Tensor {
  /// The product of all axes but the last ones. A −1 could not tell it where one of those is empty.
  fileprivate func rows(before last: Int) -> Int {
    shape.dropLast(last).reduce(1, *)
  }
}

private func failProduct(_ a: Tensor, _ b: Tensor) -> Never {
  let advice =
    if a.rank < 2 || b.rank < 2 {
      "perhaps .expandingAxis(0) or .expandingAxis(-1) to make a matrix of a vector"
    } else if a.shape[a.rank - 1] == b.shape[b.rank - 2] {
      "the axes before the last two are a batch, equal in both or missing in the second"
    } else if a.shape[a.rank - 1] == b.shape[b.rank - 1] {
      "perhaps .transposed() on the second"
    } else if a.shape[a.rank - 2] == b.shape[b.rank - 2] {
      "perhaps .transposed() on the first"
    } else {
      "the first's last axis and the second's last but one must be equal"
    }
  fail(
    expected: "[m, k] × [k, n] for matmul", found: "\(a.shape) × \(b.shape)", mend: advice)
}

/// A·B of the last two axes, each stored transposed where said; the axes before are a batch, equal in both.
func product(
  _ a: Tensor, _ b: Tensor, _ aTransposed: Bool, _ bTransposed: Bool, _ epilogue: Epilogue = .none
) -> Tensor {
  if a.precision != b.precision {
    Tensor.failMixed(a, b, "matmul")
  }
  let rank = a.rank
  let m = a.shape[aTransposed ? rank - 1 : rank - 2]
  let k = a.shape[aTransposed ? rank - 2 : rank - 1]
  let n = b.shape[bTransposed ? rank - 2 : rank - 1]
  var result = Tensor(
    unwritten: rank == 2 ? [m, n] : Shape(Array(a.shape.prefix(rank - 2)) + [m, n]), a.precision)
  var batch = 1
  for axis in 0..<(rank - 2) { batch *= a.shape[axis] }
  let packing = batch == 1 ? b.buffer.keptPacking() : nil
  epilogue.withKernel { kernel in
    for index in 0..<batch {
      switch a.precision {
      case .float32:
        kernels_product_f(
          aTransposed, bTransposed, m, n, k, a.floats + index * m * k, b.floats + index * k * n,
          result.floats + index * m * n, false, kernel, packing)
      case .float64:
        kernels_product_d(
          aTransposed, bTransposed, m, n, k, a.doubles + index * m * k, b.doubles + index * k * n,
          result.doubles + index * m * n, false, kernel, packing)
      }
    }
  }
  let plain = finish(
    &result, .product(leftTransposed: aTransposed, rightTransposed: bTransposed), a, b)
  return epilogue.finish(plain)
}
