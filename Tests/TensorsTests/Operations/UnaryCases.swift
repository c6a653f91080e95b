import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Case {
  /// One operand, element by element.
  static func unary(_ lengths: Lengths) -> [Case] {
    func each(
      _ name: String, in range: ClosedRange<Double> = -2...2,
      kink: ((Double) -> Double)? = nil,
      _ function: @escaping (Tensor) -> Tensor,
      _ reference: @escaping (Double) -> Double
    ) -> Case {
      Case(
        name: name, operands: [Operand([lengths.n, lengths.m], in: range)],
        kinks: { $0[0].map(kink ?? { _ in 1 }) }, function: { function($0[0]) },
        reference: { $0[0].map(reference) })
    }
    let logistic: (Double) -> Double = { 1 / (1 + exp(-$0)) }
    return [
      each("negated", { -$0 }, { -$0 }),
      each("squared", { $0.squared() }, { $0 * $0 }),
      each("squareRoot", in: 0.2...3, { $0.squareRoot() }, { $0.squareRoot() }),
      each("sqrt", in: 0.2...3, { sqrt($0) }, { $0.squareRoot() }),
      each("reciprocal", in: 0.3...2, { $0.reciprocal() }, { 1 / $0 }),
      each("reciprocal of negatives", in: -2 ... -0.3, { $0.reciprocal() }, { 1 / $0 }),
      each("power 2.5", in: 0.2...2, { $0.power(2.5) }, { pow($0, 2.5) }),
      each("power −2", in: 0.4...2, { $0.power(-2) }, { pow($0, -2) }),
      each("power 3", { $0.power(3) }, { $0 * $0 * $0 }),
      each("power 1", { $0.power(1) }, { $0 }),
      each("power 0", { $0.power(0) }, { _ in 1 }),
      each("exp", { exp($0) }, { exp($0) }),
      each("log", in: 0.2...3, { log($0) }, { log($0) }),
      each("sin", { sin($0) }, { sin($0) }),
      each("cos", { cos($0) }, { cos($0) }),
      each("tanh", { tanh($0) }, { tanh($0) }),
      each("abs", kink: { $0 }, { abs($0) }, { abs($0) }),
      each("erf", { erf($0) }, { erf($0) }),
      each("sigmoid", { sigmoid($0) }, { logistic($0) }),
      each("softplus", { softplus($0) }, { log1p(exp($0)) }),
      each("relu", kink: { $0 }, { relu($0) }, { max($0, 0) }),
      each("leakyRelu", kink: { $0 }, { leakyRelu($0) }, { $0 > 0 ? $0 : 0.2 * $0 }),
      each(
        "leakyRelu of slope 0.01", kink: { $0 }, { leakyRelu($0, slope: 0.01) },
        { $0 > 0 ? $0 : 0.01 * $0 }),
      each(
        "clamped", kink: { ($0 + 0.5) * ($0 - 1.25) }, { $0.clamped(to: -0.5...1.25) },
        { min(max($0, -0.5), 1.25) }),
      each(
        "sign", kink: { $0 }, { $0.sign() }, { $0 > 0 ? 1 : -1 }),
      each("floor", kink: { $0 - $0.rounded() }, { $0.floor() }, { floor($0) }),
      each("finiteness", { $0.finiteness() }, { _ in 1 }),
      each(
        "converted there and back",
        { $0.converted(to: .float32).converted(to: .float64) }, { $0 }),
      each("x + number", { $0 + 2.5 }, { $0 + 2.5 }),
      each("number + x", { 2.5 + $0 }, { $0 + 2.5 }),
      each("x − number", { $0 - 2.5 }, { $0 - 2.5 }),
      each("number − x", { 2.5 - $0 }, { 2.5 - $0 }),
      each("x × number", { $0 * 2.5 }, { $0 * 2.5 }),
      each("number × x", { -2.5 * $0 }, { $0 * -2.5 }),
      each("x / number", { $0 / 2.5 }, { $0 / 2.5 }),
      each("number / x", in: 0.4...2, { 2.5 / $0 }, { 2.5 / $0 }),
      each("Activation.none", { Activation.none($0) }, { $0 }),
      each("Activation.relu", kink: { $0 }, { Activation.relu($0) }, { max($0, 0) }),
      each(
        "Activation.leakyRelu", kink: { $0 }, { Activation.leakyRelu(slope: 0.3)($0) },
        { $0 > 0 ? $0 : 0.3 * $0 }),
      each("Activation.tanh", { Activation.tanh($0) }, { tanh($0) }),
      each("Activation.sigmoid", { Activation.sigmoid($0) }, { logistic($0) }),
      each("x used many times", { x in (x * x + x / (x * x + 1)) * x }) {
        ($0 * $0 + $0 / ($0 * $0 + 1)) * $0
      },
    ]
  }
}
