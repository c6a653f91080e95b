#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The draws everything else is made of. Each takes a fixed number of words from the generator, so that
/// a program that draws one more number shifts its stream by a known amount.
extension RandomNumberGenerator {
  /// A number drawn evenly from the open interval (0, 1): never 0, never 1, so its logarithm is finite.
  ///
  /// The middle of one of 2⁵² equal cells. Takes one word.
  @inlinable
  public mutating func uniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// A number drawn evenly between `lower` and `upper`. Takes one word.
  @inlinable
  public mutating func uniform(from lower: Double, to upper: Double) -> Double {
    lower + (upper - lower) * uniform()
  }

  /// A draw from the standard normal N(0, 1): √(−2 ln u) · cos 2πv (Box & Muller, 1958). Takes two words.
  @inlinable
  public mutating func normal() -> Double {
    let radius = (-2 * log(uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// `count` independent draws from the standard normal.
  @inlinable
  public mutating func normals(_ count: Int) -> [Double] {
    var draws: [Double] = []
    draws.reserveCapacity(count)
    for _ in 0..<count { draws.append(normal()) }
    return draws
  }

  /// A draw from the exponential distribution of mean 1: −ln u. Takes one word.
  @inlinable
  public mutating func exponential() -> Double {
    -log(uniform())
  }

  /// The numbers 0..<count in random order, every order equally likely.
  @inlinable
  public mutating func permutation(of count: Int) -> [Int] {
    (0..<count).shuffled(using: &self)
  }
}
