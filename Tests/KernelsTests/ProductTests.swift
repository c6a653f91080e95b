import Foundation
import Kernels
import Randomness
import Testing

@Suite struct ProductTests {
  struct Case: CustomStringConvertible, Sendable {
    var m: Int, n: Int, k: Int
    var aTransposed = false, bTransposed = false, adding = false

    var description: String {
      "\(m)×\(n)×\(k)\(aTransposed ? ", A transposed" : "")\(bTransposed ? ", B transposed" : "")"
        + (adding ? ", adding" : "")
    }

    /// All four ways to store the factors.
    var orientations: [Case] {
      [(false, false), (true, false), (false, true), (true, true)].map {
        Case(m: m, n: n, k: k, aTransposed: $0.0, bTransposed: $0.1, adding: adding)
      }
    }

    static func any(_ random: inout SeededGenerator) -> Case {
      let sizes = [
        0, 1, 2, 3, 5, 6, 7, 8, 9, 13, 16, 17, 31, 32, 33, 48, 64, 65, 100, 130, 257, 300,
      ]
      func size() -> Int { sizes.randomElement(using: &random)! }
      return Case(
        m: size(), n: size(), k: size(), aTransposed: Bool.random(using: &random),
        bTransposed: Bool.random(using: &random), adding: Bool.random(using: &random))
    }
  }

  static func oracle(_ shape: Case, _ a: [Double], _ b: [Double], _ c: [Double]) -> [Double] {
    let (m, n, k) = (shape.m, shape.n, shape.k)
    var y = shape.adding ? c : [Double](repeating: 0, count: m * n)
    for i in 0..<m {
      for term in 0..<k {
        let x = shape.aTransposed ? a[term * m + i] : a[i * k + term]
        for j in 0..<n {
          y[i * n + j] += x * (shape.bTransposed ? b[j * k + term] : b[term * n + j])
        }
      }
    }
    return y
  }

  func check<Number: ProductNumber>(
    _ shape: Case, _ end: End<Number>? = nil, packing: OpaquePointer? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (m, n, k) = (shape.m, shape.n, shape.k)
    let a = Number.numbers(m * k, within: 1, seed: 1)
    let b = Number.numbers(k * n, within: 1, seed: 2)
    let c = Number.numbers(m * n, within: 1, seed: 3)
    var expected = Self.oracle(shape, a.doubles, b.doubles, c.doubles)
    if let end {
      for index in expected.indices { expected[index] = end(expected[index], column: index % n) }
    }
    onEveryMachine(near: expected, within: Number.rounding(k), sourceLocation: sourceLocation) {
      var y = shape.adding ? c : [Number](repeating: .nan, count: m * n)
      end.pass {
        Number.product(
          shape.aTransposed, shape.bTransposed, m, n, k, a, b, &y, shape.adding, $0, packing)
      }
      return y
    }
  }

  @Test(arguments: 0..<150)
  func aProductIsTheNaiveLoops(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let shape = Case.any(&random)
    check(shape, End<Float>.any(shape.n, &random))
    check(shape, End<Double>.any(shape.n, &random))
  }

  /// Every way of cutting: several parts of rows and of columns, more terms than a block has, an A whose rows
  /// collide in the cache.
  @Test(arguments: [
    Case(m: 700, n: 600, k: 30), Case(m: 1, n: 40, k: 1_100), Case(m: 20, n: 530, k: 520),
    Case(m: 1_024, n: 33, k: 300, adding: true), Case(m: 900, n: 70, k: 64),
    Case(m: 6_272, n: 1, k: 64), Case(m: 64, n: 1, k: 6_272), Case(m: 64, n: 6_272, k: 1),
    Case(m: 2, n: 128, k: 4_000, adding: true), Case(m: 3, n: 2_100, k: 100),
    Case(m: 5_000, n: 100, k: 3), Case(m: 8, n: 8, k: 9_000), Case(m: 800, n: 800, k: 800),
  ])
  func aLargeOrThinProductIsTheNaiveLoops(shape: Case) {
    let end = End<Float>(
      bias: Float.numbers(shape.n, seed: 4), activation: KERNELS_RECTIFY, slope: 0.2)
    for shape in shape.orientations { check(shape, end) }
    let precise = End<Double>(activation: KERNELS_HYPERBOLIC)
    for shape in shape.orientations where shape.m * shape.n * shape.k < 20_000_000 {
      check(shape, precise)
    }
  }

  @Test(arguments: [false, true])
  func aKeptPackingServesMoreThanOneProduct(transposed: Bool) {
    let packing = kernels_packing_make()
    defer { kernels_packing_free(packing) }
    for m in [32, 1, 7, 500] {
      for adding in [false, true] {
        let shape = Case(m: m, n: 150, k: 270, bTransposed: transposed, adding: adding)
        let none: End<Float>? = nil
        check(shape, none, packing: packing)
      }
    }
    // The other way round it lies in another place of the same packing.
    let none: End<Float>? = nil
    check(Case(m: 32, n: 270, k: 150, bTransposed: !transposed), none, packing: packing)
  }

  func checkMany<Number: ProductNumber>(_: Number.Type, terms: Int, m: Int, n: Int, k: Int) {
    let a = (0..<terms).map { Number.numbers(k * m, within: 1, seed: 10 + UInt64($0)) }
    let b = (0..<terms).map { Number.numbers(k * n, within: 1, seed: 90 + UInt64($0)) }
    let c = Number.numbers(m * n, within: 1, seed: 3)
    let shape = Case(m: m, n: n, k: k, aTransposed: true, adding: true)
    var expected = c.doubles
    for (a, b) in zip(a, b) { expected = Self.oracle(shape, a.doubles, b.doubles, expected) }
    onEveryMachine(near: expected, within: Number.rounding(terms * k)) {
      var y = c
      withPointers(to: a) { a in
        withPointers(to: b) { b in Number.productOfMany(terms, m, n, k, a, b, &y) }
      }
      return y
    }
  }

  /// The arrays' addresses, while `body` runs.
  func withPointers<Number>(
    to arrays: [[Number]], _ body: ([UnsafePointer<Number>?]) -> Void
  ) {
    let copies = arrays.map { array in
      let copy = UnsafeMutablePointer<Number>.allocate(capacity: max(1, array.count))
      copy.initialize(from: array, count: array.count)
      return copy
    }
    body(copies.map { UnsafePointer($0) })
    for copy in copies { copy.deallocate() }
  }

  @Test(arguments: [
    (0, 3, 4, 5), (3, 4, 5, 0), (1, 7, 9, 11), (5, 70, 33, 37), (3, 20, 50, 300), (40, 128, 256, 8),
    (3, 1_024, 40, 20), (2, 3, 4, 5),
  ])
  func aProductOfManyIsTheSumOfProducts(terms: Int, m: Int, n: Int, k: Int) {
    checkMany(Float.self, terms: terms, m: m, n: n, k: k)
    checkMany(Double.self, terms: terms, m: m, n: n, k: k)
  }

  @Test func noTermsGiveZerosAndTheirEnd() {
    let end = End<Float>(bias: [1, -2, 3], activation: KERNELS_RECTIFY, slope: 0.5)
    for shape in Case(m: 2, n: 3, k: 0).orientations { check(shape, end) }
    for shape in Case(m: 2, n: 3, k: 0, adding: true).orientations { check(shape, end) }
  }

  @Test func whatIsNotANumberStaysSo() {
    for path in paths {
      for (m, n, k) in [(6, 16, 20), (7, 20, 20), (5, 2, 20), (20, 16, 2)] {
        var a = Float.numbers(m * k)
        a[k] = .nan
        let b = Float.numbers(k * n)
        let end: End<Float>? = End(activation: KERNELS_RECTIFY)
        let y = on(path) {
          [Float](m * n) { y in
            end.pass { kernels_product_f(false, false, m, n, k, a, b, y, false, $0, nil) }
          }
        }
        let isNaN = y.map(\.isNaN)
        #expect(isNaN == (0..<m * n).map { $0 / n == 1 }, "\(m)×\(n)×\(k)")
      }
    }
  }
}
