import NeuralNetworks
import Randomness
import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs `body` in float64 with a generator of its own.
func inFloat64(seed: UInt64, _ body: (inout SeededGenerator) -> Void) {
  var random = SeededGenerator(seed: seed)
  withPrecision(.float64) { body(&random) }
}

/// The largest difference between the elements of a tensor and of a list, infinite where their numbers differ.
func distance(_ a: Tensor, _ b: [Double]) -> Double {
  a.count == b.count
    ? zip(a.scalars, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}

func distance(_ a: Tensor, _ b: Tensor) -> Double {
  a.shape == b.shape ? distance(a, b.scalars) : .infinity
}

/// The largest distance between the gradient of a loss at a model and its central differences
/// (f(w + h) − f(w − h))/2h, for each parameter relative to the largest of its differences. A parameter on which
/// the loss does not depend has differences of rounding alone: a thousandth of the largest of all counts as its own.
func gradientError(at model: some Model, _ loss: () -> Tensor) -> Double {
  let found = gradient(at: model) { _ in loss() }
  let differences = found.parameters.map { differenceQuotients(of: $0.parameter, loss) }
  let sizes = differences.map { $0.reduce(0) { max($0, abs($1)) } }
  return found.tensors.indices.reduce(0) { worst, place in
    let size = max(sizes[place], sizes.max()! / 1000)
    return max(worst, distance(found.tensors[place], differences[place]) / size)
  }
}

private func differenceQuotients(of parameter: Parameter, _ loss: () -> Tensor) -> [Double] {
  let start = parameter.value
  defer { parameter.value = start }
  let h = 1e-5
  return start.scalars.indices.map { place in
    func value(_ offset: Double) -> Double {
      var numbers = start.scalars
      numbers[place] += offset
      parameter.value = Tensor(numbers, shape: start.shape, precision: start.precision)
      return loss().scalar
    }
    return (value(h) - value(-h)) / (2 * h)
  }
}

func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// Σ xᵢ·mᵢⱼ for one column j of a matrix.
func dot(_ x: [Double], column: Int, of matrix: [[Double]]) -> Double {
  zip(x, matrix).reduce(0) { $0 + $1.0 * $1.1[column] }
}
