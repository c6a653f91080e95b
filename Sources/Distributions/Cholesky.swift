/// The Cholesky factor of a positive definite matrix, A = L Lᵀ with L lower triangular, and its inverse.
@usableFromInline
struct Cholesky: Hashable, Sendable {
  @usableFromInline let dimension: Int
  /// L, row by row.
  @usableFromInline let lower: [Double]
  /// L⁻¹, row by row: with it a density needs no scratch space.
  @usableFromInline let inverse: [Double]

  /// Nil where a pivot is not positive, that is, where the matrix is not positive definite.
  init?(_ matrix: [[Double]]) {
    let n = matrix.count
    var lower = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        var value = matrix[i][j]
        for k in 0..<j { value -= lower[i * n + k] * lower[j * n + k] }
        if i == j {
          guard value > 0, value.isFinite else { return nil }
          lower[i * n + i] = value.squareRoot()
        } else {
          lower[i * n + j] = value / lower[j * n + j]
        }
      }
    }
    var inverse = [Double](repeating: 0, count: n * n)
    for j in 0..<n {
      inverse[j * n + j] = 1 / lower[j * n + j]
      for i in (j + 1)..<max(n, j + 1) {
        var value = 0.0
        for k in j..<i { value -= lower[i * n + k] * inverse[k * n + j] }
        inverse[i * n + j] = value / lower[i * n + i]
      }
    }
    dimension = n
    self.lower = lower
    self.inverse = inverse
  }

  /// A⁻¹ = L⁻ᵀ L⁻¹.
  var inverseOfMatrix: [[Double]] {
    let n = dimension
    return (0..<n).map { i in
      (0..<n).map { j in
        (max(i, j)..<n).reduce(0.0) { $0 + inverse[$1 * n + i] * inverse[$1 * n + j] }
      }
    }
  }
}
