import Foundation
import Kernels
import Randomness
import Testing

/// A rectifier at the end of a product is, bit by bit, the rectifier of the finished product.
@Suite struct RectifierTests {
  /// So many numbers, some of them infinite, not a number, zeros of both signs, or so small that their products
  /// are zeros.
  static func oddNumbers<Number: ProductNumber>(
    _: Number.Type, _ count: Int, seed: UInt64
  ) -> [Number] {
    var random = SeededGenerator(seed: seed)
    let odd: [Number] = [
      -.infinity, .infinity, .nan, -0.0, 0, -.leastNormalMagnitude, .leastNormalMagnitude,
    ]
    return Number.numbers(count, within: 1, seed: seed).map {
      Int.random(in: 0..<12, using: &random) == 0 ? odd.randomElement(using: &random)! : $0
    }
  }

  static let slopes = [0, -0.0, 0.2, 1e-60]

  /// `product` with each rectifier against `product` without one and then a rectifier, on every path.
  func check<Number: ProductNumber>(
    bias: [Number]?, _ name: String, _ product: (UnsafePointer<kernels_epilogue>?) -> [Number]
  ) {
    for path in paths {
      on(path) {
        var plain = [Number]()
        let end: End<Number>? = End(bias: bias)
        end.pass { plain = product($0) }
        for slope in Self.slopes {
          var fused = [Number]()
          let end: End<Number>? = End(bias: bias, activation: KERNELS_RECTIFY, slope: slope)
          end.pass { fused = product($0) }
          let apart = [Number](plain.count) {
            Number.map(KERNELS_RECTIFIED, plain, $0, plain.count, Number(slope), 0)
          }
          let differing = fused.indices.filter { index in
            withUnsafeBytes(of: fused[index]) { a in
              withUnsafeBytes(of: apart[index]) { b in !a.elementsEqual(b) }
            }
          }
          if let first = differing.first {
            Issue.record(
              """
              \(name), \(Number.name), path \(path.rawValue), slope \(slope), \(bias == nil ? "no" : "a") bias: \
              \(differing.count) differ; the rectifier of \(plain[first]) is \(apart[first]), \
              fused \(fused[first])
              """)
          }
        }
      }
    }
  }

  func checkProduct<Number: ProductNumber>(_: Number.Type, _ shape: ProductTests.Case) {
    let (m, n, k) = (shape.m, shape.n, shape.k)
    // Rows and columns of plain numbers remain, so that not every result is odd.
    var a = Number.numbers(m * k, within: 1, seed: 1)
    let odd = Self.oddNumbers(Number.self, m * k, seed: 2)
    for i in 0..<m where i % 3 == 0 {
      for term in 0..<k {
        let place = shape.aTransposed ? term * m + i : i * k + term
        a[place] = odd[place]
      }
    }
    var b = Number.numbers(k * n, within: 1, seed: 3)
    // Column 0 is so small and of one sign that row 1, all of another, gives −0 where products are fused.
    for term in 0..<k {
      b[shape.bTransposed ? term : term * n] = .leastNormalMagnitude
      if m > 1 { a[shape.aTransposed ? term * m + 1 : k + term] = -.leastNormalMagnitude }
    }
    let c = Self.oddNumbers(Number.self, m * n, seed: 4)
    for bias in [nil, Self.oddNumbers(Number.self, n, seed: 5)] {
      for adding in [false, true] {
        check(bias: bias, "\(shape)\(adding ? ", adding" : "")") { end in
          var y = adding ? c : [Number](repeating: .nan, count: m * n)
          Number.product(
            shape.aTransposed, shape.bTransposed, m, n, k, a, b, &y, adding, end, nil)
          return y
        }
      }
    }
  }

  /// Tiles and their edges, few columns, few rows, few terms, and none.
  @Test(arguments: [
    (20, 64, 30), (13, 33, 20), (9, 17, 300), (40, 3, 50), (200, 1, 9), (70, 8, 5), (3, 90, 40),
    (1, 77, 20), (8, 40, 5), (30, 70, 3), (30, 37, 1), (4, 20, 0),
  ])
  func aRectifiedProductIsTheRectifierOfTheProduct(m: Int, n: Int, k: Int) {
    for shape in ProductTests.Case(m: m, n: n, k: k).orientations {
      checkProduct(Float.self, shape)
      checkProduct(Double.self, shape)
    }
  }

  @Test func soIsALargeOne() {
    checkProduct(Float.self, ProductTests.Case(m: 768, n: 768, k: 768))
  }

  func checkConvolution<Number: ProductNumber>(_: Number.Type, _ shape: ConvolutionTests.Case) {
    let x = Self.oddNumbers(Number.self, shape.pictureCount, seed: 6)
    let w = Number.numbers(shape.weightCount, within: 1, seed: 7)
    let g = Self.oddNumbers(Number.self, shape.resultCount, seed: 8)
    shape.pass { kernel in
      for isBiased in [false, true] {
        let bias = isBiased ? Self.oddNumbers(Number.self, shape.filters, seed: 9) : nil
        check(bias: bias, "\(shape)") { end in
          [Number](g.count) { Number.convolve(kernel, x, w, $0, end, nil) }
        }
        let pictureBias = isBiased ? Self.oddNumbers(Number.self, shape.channels, seed: 10) : nil
        check(bias: pictureBias, "by picture, \(shape)") { end in
          [Number](x.count) { Number.convolveByPicture(kernel, g, w, $0, end, nil) }
        }
      }
    }
  }

  @Test(arguments: [
    ConvolutionTests.Case((9, 9), (3, 20), window: (3, 3), padding: (1, 1)),
    ConvolutionTests.Case((9, 9), (20, 1), window: (3, 3), padding: (1, 1)),
    ConvolutionTests.Case((14, 14), (8, 33), window: (4, 4), stride: (2, 2), padding: (1, 1)),
    ConvolutionTests.Case((8, 8), (20, 24), window: (1, 1)),
  ])
  func aRectifiedConvolutionIsTheRectifierOfTheConvolution(shape: ConvolutionTests.Case) {
    checkConvolution(Float.self, shape)
    checkConvolution(Double.self, shape)
  }
}
