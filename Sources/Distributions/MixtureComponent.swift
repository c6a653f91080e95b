import Failures

/// A distribution that expectation–maximisation can fit as one component of a mixture.
public protocol MixtureComponent: Distribution {
  /// The most likely distribution for weighted points among those with no standard deviation below
  /// `smallestDeviation`, and whether that bound was needed.
  static func fit(
    to points: [Outcome], weights: [Double], smallestDeviation: Double
  ) -> (component: Self, collapsed: Bool)

  /// This distribution with another mean.
  func moved(to mean: Outcome) -> Self

  /// ‖a − b‖².
  static func squaredDistance(_ a: Outcome, _ b: Outcome) -> Double

  /// The largest standard deviation, in any direction: the scale of the distribution.
  var largestDeviation: Double { get }
}

extension MixtureComponent {
  /// The most likely distribution for the points: their mean, and their variance or covariance about it.
  ///
  /// The points must differ in every direction, or the deviation would be zero.
  public init(fitting points: [Outcome]) {
    if points.isEmpty {
      fail(expected: "points to fit", found: "an empty list", mend: "check its source")
    }
    let weights = [Double](repeating: 1, count: points.count)
    self = Self.fit(to: points, weights: weights, smallestDeviation: 0).component
  }
}

extension Normal: MixtureComponent {
  public static func fit(
    to points: [Double], weights: [Double], smallestDeviation: Double
  ) -> (component: Normal, collapsed: Bool) {
    let total = weights.reduce(0, +)
    let mean = zip(points, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let variance = zip(points, weights).reduce(0) { sum, pair in
      sum + pair.1 * (pair.0 - mean) * (pair.0 - mean)
    }
    let deviation = (variance / total).squareRoot()
    let collapsed = deviation < smallestDeviation
    return (Normal(mean: mean, deviation: collapsed ? smallestDeviation : deviation), collapsed)
  }

  public func moved(to mean: Double) -> Normal { Normal(mean: mean, deviation: deviation) }

  public static func squaredDistance(_ a: Double, _ b: Double) -> Double { (a - b) * (a - b) }

  public var largestDeviation: Double { deviation }
}

extension MultivariateNormal: MixtureComponent {
  /// Where the bound is needed, the covariance's eigenvalues below it are raised to it: that is the most
  /// likely covariance no smaller than the bound in any direction.
  public static func fit(
    to points: [[Double]], weights: [Double], smallestDeviation: Double
  ) -> (component: MultivariateNormal, collapsed: Bool) {
    let mean = points.mean(weights: weights)
    let covariance = points.covariance(weights: weights)
    let smallestVariance = smallestDeviation * smallestDeviation
    if smallestVariance > 0 {
      let axes = SymmetricEigen(covariance)
      if axes.values.last! < smallestVariance {
        let raised = axes.mapped { max($0, smallestVariance) }
        return (MultivariateNormal(mean: mean, covariance: raised), true)
      }
    }
    return (MultivariateNormal(mean: mean, covariance: covariance), false)
  }

  /// This distribution with another mean.
  public func moved(to mean: [Double]) -> MultivariateNormal {
    MultivariateNormal(mean: mean, like: self)
  }

  public static func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for k in 0..<min(a.count, b.count) { sum += (a[k] - b[k]) * (a[k] - b[k]) }
    return sum
  }

  public var largestDeviation: Double { SymmetricEigen(covariance).values[0].squareRoot() }
}
