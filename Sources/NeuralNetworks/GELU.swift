import Tensors

/// x·Φ(x) of every element, with Φ the standard normal distribution function: ½x(1 + erf(x/√2)) (Hendrycks &
/// Gimpel, 2016). The activation of transformers.
public func gelu(_ x: Tensor) -> Tensor { x * (erf(x * 0.5.squareRoot()) + 1) * 0.5 }
