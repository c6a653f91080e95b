import Failures

/// The value of an integral, with the error that the integration itself arrived at.
public struct Integral: Sendable, Hashable {
  public let value: Double
  /// Ten times the sum over all pieces of |15-point rule − 7-point rule|. Far above the true error where
  /// the integrand is smooth; the ten covers kinks, at which both rules may err by the same amount.
  public let error: Double
  /// How often the integrand was evaluated.
  public let evaluations: Int
}

/// ∫ f(x) dx over an interval, by adaptive Gauss–Kronrod quadrature.
///
/// The interval is cut into 16 pieces; then the piece with the largest error is halved until the errors
/// sum to less than `tolerance` (absolute, or relative where the integral is above 1). A peak narrower
/// than about 1/500 of the interval may fall between the first points: choose the interval to fit.
/// Source: Piessens et al., *QUADPACK* (1983), rule QK15.
public func integrate(
  over interval: ClosedRange<Double>, tolerance: Double = 1e-11, _ f: (Double) -> Double
) -> Integral {
  guard interval.lowerBound.isFinite, interval.upperBound.isFinite else {
    fail(
      expected: "a finite interval to integrate over", found: "\(interval)",
      mend: "cut it where the integrand is negligible")
  }
  let pieces = 16
  let width = (interval.upperBound - interval.lowerBound) / Double(pieces)
  var parts = (0..<pieces).map { piece in
    let start = interval.lowerBound + Double(piece) * width
    let end = piece == pieces - 1 ? interval.upperBound : start + width
    return GaussKronrod.apply(to: f, from: start, to: end)
  }
  while parts.count < 2_000 {
    var (value, size, error, worst) = (0.0, 0.0, 0.0, 0)
    for (index, part) in parts.enumerated() {
      value += part.value
      size += part.size
      error += part.error
      if part.error > parts[worst].error { worst = index }
    }
    // Below some multiple of the rounding error of the sum, halving only adds noise.
    if error <= max(tolerance * max(1, abs(value)), 1e-14 * size) { break }
    let part = parts[worst]
    let middle = 0.5 * (part.start + part.end)
    if middle <= part.start || middle >= part.end { break }
    parts[worst] = GaussKronrod.apply(to: f, from: part.start, to: middle)
    parts.append(GaussKronrod.apply(to: f, from: middle, to: part.end))
  }
  return Integral(
    value: parts.reduce(0) { $0 + $1.value }, error: parts.reduce(0) { $0 + $1.error },
    evaluations: 15 * (2 * parts.count - pieces))
}

/// ∬ f(x, y) dx dy over a rectangle: the integral over y of the integrals over x.
public func integrate(
  over xs: ClosedRange<Double>, _ ys: ClosedRange<Double>, tolerance: Double = 1e-9,
  _ f: (Double, Double) -> Double
) -> Integral {
  var evaluations = 0
  var innerError = 0.0
  let outer = integrate(over: ys, tolerance: tolerance) { y in
    let inner = integrate(over: xs, tolerance: 0.1 * tolerance) { x in f(x, y) }
    evaluations += inner.evaluations
    innerError = max(innerError, inner.error)
    return inner.value
  }
  return Integral(
    value: outer.value,
    error: outer.error + innerError * (ys.upperBound - ys.lowerBound), evaluations: evaluations)
}

/// The 15-point Kronrod rule and the 7-point Gauss rule within it.
private enum GaussKronrod {
  struct Part {
    let start: Double
    let end: Double
    let value: Double
    /// ∫ |f|, the scale of rounding errors.
    let size: Double
    let error: Double
  }

  /// The positive nodes on [−1, 1], outermost first; those at odd positions are Gauss's.
  static let nodes = [
    0.991_455_371_120_812_639_206_854_697_526_329,
    0.949_107_912_342_758_524_526_189_684_047_851,
    0.864_864_423_359_769_072_789_712_788_640_926,
    0.741_531_185_599_394_439_863_864_773_280_788,
    0.586_087_235_467_691_130_294_144_691_693_013,
    0.405_845_151_377_397_166_906_606_412_076_961,
    0.207_784_955_007_898_467_600_689_403_773_245,
    0.0,
  ]
  static let kronrodWeights = [
    0.022_935_322_010_529_224_963_732_008_058_970,
    0.063_092_092_629_978_553_290_700_663_189_204,
    0.104_790_010_322_250_183_839_876_322_541_518,
    0.140_653_259_715_525_918_745_189_590_510_238,
    0.169_004_726_639_267_902_826_583_426_598_550,
    0.190_350_578_064_785_409_913_256_402_421_014,
    0.204_432_940_075_298_892_414_161_999_234_649,
    0.209_482_141_084_727_828_012_999_174_891_714,
  ]
  static let gaussWeights = [
    0.129_484_966_168_869_693_270_611_432_679_082,
    0.279_705_391_489_276_667_901_467_771_423_780,
    0.381_830_050_505_118_944_950_369_775_488_975,
    0.417_959_183_673_469_387_755_102_040_816_327,
  ]

  static func apply(to f: (Double) -> Double, from start: Double, to end: Double) -> Part {
    let centre = 0.5 * (start + end)
    let half = 0.5 * (end - start)
    func evaluate(_ x: Double) -> Double {
      let y = f(x)
      if !y.isFinite {
        fail(
          expected: "a finite integrand", found: "\(y) at \(x)",
          mend: "leave singular points out of the interval")
      }
      return y
    }
    var (kronrod, gauss, size) = (0.0, 0.0, 0.0)
    for k in 0..<8 {
      let offset = half * nodes[k]
      let left = evaluate(centre - offset)
      let right = k == 7 ? 0 : evaluate(centre + offset)
      kronrod += kronrodWeights[k] * (left + right)
      size += kronrodWeights[k] * (abs(left) + abs(right))
      if k % 2 == 1 { gauss += gaussWeights[k / 2] * (left + right) }
    }
    return Part(
      start: start, end: end, value: kronrod * half, size: size * half,
      error: 10 * abs(kronrod - gauss) * half)
  }
}
