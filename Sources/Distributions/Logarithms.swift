#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// log Σ exp xᵢ, without overflow: the largest term is taken out first. −∞ for an empty list.
public func logSumExp(_ values: [Double]) -> Double {
  guard let largest = values.max(), largest > -.infinity else { return -.infinity }
  if largest == .infinity { return .infinity }
  var sum = 0.0
  for value in values { sum += exp(value - largest) }
  return largest + log(sum)
}

/// log (exp a + exp b), without overflow.
@inlinable
public func logAddExp(_ a: Double, _ b: Double) -> Double {
  let largest = max(a, b)
  if largest == -.infinity || largest == .infinity { return largest }
  return largest + log1p(exp(min(a, b) - largest))
}

/// exp xᵢ / Σ exp xⱼ.
public func softmax(_ logits: [Double]) -> [Double] {
  let normaliser = logSumExp(logits)
  return logits.map { exp($0 - normaliser) }
}

/// 1 / (1 + exp −x), without overflow.
@inlinable
public func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}

/// The term p (log p − log q) of a divergence, with 0 log 0 = 0 and p log 0 = −∞ for p > 0.
@inlinable
func divergenceTerm(_ p: Double, logP: Double, logQ: Double) -> Double {
  p == 0 ? 0 : p * (logP - logQ)
}
