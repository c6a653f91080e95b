import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Eigenvalues and eigenvectors of a symmetric matrix, A = Σ λₖ vₖ vₖᵀ, by Jacobi's rotations.
///
/// Each rotation makes one off-diagonal entry zero; sweeps over all of them converge quadratically.
/// Meant for matrices of up to a few hundred rows. Source: Golub & Van Loan, *Matrix Computations*, 8.5.
public struct SymmetricEigen: Sendable {
  /// Largest first.
  public let values: [Double]
  /// The unit eigenvector of each value, in the same order.
  public let vectors: [[Double]]

  /// Decomposes a square matrix of finite numbers, which must be symmetric to 10⁻⁹ of its largest entry.
  public init(_ matrix: [[Double]]) {
    requireSymmetric(matrix, for: "SymmetricEigen")
    let n = matrix.count
    var a = matrix
    var v = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0.0 } }  // rows become eigenvectors
    let size = matrix.joined().reduce(0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var offDiagonal = 0.0
      for i in 0..<n { for j in 0..<i { offDiagonal += a[i][j] * a[i][j] } }
      if offDiagonal <= 1e-32 * size { break }
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p][q] != 0 {
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + (1 + theta * theta).squareRoot())
          let cosine = 1 / (1 + t * t).squareRoot()
          let sine = t * cosine
          for k in 0..<n {
            (a[k][p], a[k][q]) = (
              cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]
            )
          }
          for k in 0..<n {
            (a[p][k], a[q][k]) = (
              cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]
            )
            (v[p][k], v[q][k]) = (
              cosine * v[p][k] - sine * v[q][k], sine * v[p][k] + cosine * v[q][k]
            )
          }
        }
      }
    }
    let order = (0..<n).sorted { a[$0][$0] > a[$1][$1] }
    values = order.map { a[$0][$0] }
    vectors = order.map { v[$0] }
  }

  /// The matrix Σ f(λₖ) vₖ vₖᵀ: a square root, an inverse, or any other function of the matrix.
  public func mapped(_ f: (Double) -> Double) -> [[Double]] {
    let n = values.count
    var result = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for (value, vector) in zip(values.map(f), vectors) {
      for i in 0..<n { for j in 0..<n { result[i][j] += value * vector[i] * vector[j] } }
    }
    return result
  }
}

/// Checks that a matrix is square, finite and equal to its transpose up to rounding.
func requireSymmetric(_ matrix: [[Double]], for name: String) {
  let n = matrix.count
  for (row, entries) in matrix.enumerated() where entries.count != n {
    fail(
      expected: "a square matrix of \(n) rows for \(name)",
      found: "\(entries.count) entries in row \(row)", mend: "give as many columns as rows")
  }
  let largest = matrix.joined().reduce(0) { max($0, abs($1)) }
  for i in 0..<n {
    for j in 0...i {
      if !matrix[i][j].isFinite || !matrix[j][i].isFinite {
        fail(
          expected: "finite entries for \(name)", found: "\(matrix[i][j]) at row \(i), column \(j)",
          mend: "check how it was computed")
      }
      if abs(matrix[i][j] - matrix[j][i]) > 1e-9 * largest {
        fail(
          expected: "a symmetric matrix for \(name)",
          found:
            "\(matrix[i][j]) at row \(i), column \(j) against \(matrix[j][i]) across the diagonal",
          mend: "average it with its transpose, or check the indices")
      }
    }
  }
}
