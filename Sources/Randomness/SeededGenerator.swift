/// A seeded source of random bits: xoshiro256** (Blackman & Vigna, 2021), seeded by SplitMix64.
///
/// The same seed gives the same draws on every machine. A value type: a copy repeats the draws of its
/// original.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable, Codable {
  @usableFromInline internal var a: UInt64
  @usableFromInline internal var b: UInt64
  @usableFromInline internal var c: UInt64
  @usableFromInline internal var d: UInt64

  public init(seed: UInt64) {
    var state = seed
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    (a, b, c, d) = (next(), next(), next(), next())
  }

  @inlinable
  public mutating func next() -> UInt64 {
    func rotate(_ x: UInt64, by k: UInt64) -> UInt64 { (x << k) | (x >> (64 &- k)) }
    let result = rotate(b &* 5, by: 7) &* 9
    let t = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, by: 45)
    return result
  }
}
