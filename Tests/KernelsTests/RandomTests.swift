import Foundation
import Kernels
import Randomness
import Testing

@Suite struct RandomTests {
  static func words(_ count: Int) -> [UInt64] {
    var random = SeededGenerator(seed: 29)
    let corners: [UInt64] = [
      0, .max, 0x7fff_ffff << 32, 0x8000_0000 << 32, 0xffff_ffff << 32,
      0xffff_ffff_0000_0000 + 0x8000_0000,
      0x1fff_ffff, 0x2000_0000, 0x3fff_ffff, 0x4000_0000, 0xc000_0000, 0x4afb_0ccc << 32,
      0xb504_f333 << 32,
    ]
    return (corners + (0..<max(0, count - corners.count)).map { _ in random.next() }).prefix(count)
      + []
  }

  static func normal(_ word: UInt64) -> Double {
    let u = (Double(word >> 32) + 0.5) * 0x1p-32
    let v = Double(word & 0xffff_ffff)
    return (-2 * log(u)).squareRoot() * cos(2 * Double.pi * v / 0x1p32)
  }

  @Test(arguments: [0, 1, 13, 100, 300_000]) func normalsAreBoxAndMullers(count: Int) {
    let words = Self.words(count)
    let oracle = words.map(Self.normal)
    onEveryMachine(near: oracle, within: 1e-6) {
      [Float](count) { kernels_normals_f(words, $0, count) }
    }
    onEveryMachine(near: oracle, within: 1e-14) {
      [Double](count) { kernels_normals_d(words, $0, count) }
    }
  }

  @Test func smallNormalsKeepTheirDigits() {
    // u next to 1: the radius is the root of a number near 2⁻³².
    let words: [UInt64] = (0..<64).map { ~($0 * 0x1001) << 32 }
    let y = [Float](64) { kernels_normals_f(words, $0, 64) }
    for (y, word) in zip(y, words) { #expect(abs(Double(y) / Self.normal(word) - 1) < 1e-6) }
  }

  @Test func normalsHaveTheMomentsOfTheNormalDistribution() {
    let count = 1_000_000
    let words = Self.words(count)
    let y = [Float](count) { kernels_normals_f(words, $0, count) }
    func mean(_ power: Int) -> Double {
      y.reduce(0) { $0 + pow(Double($1), Double(power)) } / Double(count)
    }
    // Four standard errors.
    #expect(abs(mean(1)) < 4e-3)
    #expect(abs(mean(2) - 1) < 4 * 2.0.squareRoot() * 1e-3)
    #expect(abs(mean(4) - 3) < 4 * 96.0.squareRoot() * 1e-3)
  }

  @Test(arguments: [0, 1, 13, 100, 600_000]) func uniformsLieEvenlyBelowTheirUpperBound(count: Int)
  {
    let words = Self.words(count)
    let narrow = words.map { -1 + 3 * Double($0 >> 40) * 0x1p-24 }
    let wide = words.map { -1 + 3 * Double($0 >> 11) * 0x1p-53 }
    onEveryMachine(near: narrow, within: 2e-7) {
      [Float](count) { kernels_uniforms_f(words, $0, count, -1, 2) }
    }
    onEveryMachine(near: wide, within: 1e-15) {
      [Double](count) { kernels_uniforms_d(words, $0, count, -1, 2) }
    }
    // Where lower + length·u rounds up to the bound.
    for (lower, upper) in [(1, Float(1).nextUp), (Float(1e8), Float(1e8) + 8), (-2, 3), (0, 1)] {
      let y = [Float](count) { kernels_uniforms_f(words, $0, count, lower, upper) }
      #expect(y.allSatisfy { $0 >= lower && $0 < upper })
    }
  }
}
