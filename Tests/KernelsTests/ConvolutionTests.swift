import Kernels
import Randomness
import Testing

@Suite struct ConvolutionTests {
  /// A convolution's sizes and the taps in use.
  struct Case: CustomStringConvertible, Sendable {
    var batch = 2, height = 7, width = 7, channels = 3
    var outHeight = 0, outWidth = 0, filters = 5
    var window = (3, 3), stride = (1, 1), padding = (0, 0), dilation = (1, 1)
    var taps: [UInt8]?

    init(
      batch: Int = 2, _ size: (Int, Int), _ channels: (Int, Int), window: (Int, Int),
      stride: (Int, Int) = (1, 1), padding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1),
      out: (Int, Int)? = nil, taps: [UInt8]? = nil
    ) {
      (self.batch, height, width) = (batch, size.0, size.1)
      (self.channels, filters) = channels
      (self.window, self.stride, self.padding, self.dilation) = (window, stride, padding, dilation)
      self.taps = taps
      outHeight = (size.0 + 2 * padding.0 - (window.0 - 1) * dilation.0 - 1) / stride.0 + 1
      outWidth = (size.1 + 2 * padding.1 - (window.1 - 1) * dilation.1 - 1) / stride.1 + 1
      if let out { (outHeight, outWidth) = out }
    }

    var description: String {
      "\(batch) × \(height)×\(width)×\(channels) → \(outHeight)×\(outWidth)×\(filters), window \(window), "
        + "stride \(stride), padding \(padding), dilation \(dilation), taps \(taps ?? [])"
    }

    var pictureCount: Int { batch * height * width * channels }
    var resultCount: Int { batch * outHeight * outWidth * filters }
    var weightCount: Int { window.0 * window.1 * channels * filters }

    static func any(_ random: inout SeededGenerator) -> Case {
      func some(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
      let widths = [1, 2, 3, 4, 5, 8, 16, 17, 20, 33]
      let window = (some(1...4), some(1...4))
      let squeezed = some(0...3) == 0
      return Case(
        batch: some(1...4) * (some(0...8) == 0 ? 8 : 1), (some(1...12), some(1...12)),
        (widths.randomElement(using: &random)!, widths.randomElement(using: &random)!),
        window: window, stride: (some(1...3), some(1...3)),
        padding: squeezed ? (0, 0) : (some(-1...6), some(0...6)),
        dilation: (some(1...2), some(1...2)),
        out: (some(1...9), some(1...9)),
        taps: some(0...2) == 0 ? (0..<window.0 * window.1).map { _ in UInt8(some(0...1)) } : nil)
    }

    /// Calls `body` with the C struct.
    func pass(_ body: (UnsafePointer<kernels_convolution>) -> Void) {
      (taps ?? []).withUnsafeBufferPointer { taps in
        var shape = kernels_convolution(
          batch: batch, height: height, width: width, channels: channels, out_height: outHeight,
          out_width: outWidth, filters: filters, window_height: window.0, window_width: window.1,
          stride_height: stride.0, stride_width: stride.1, padding_top: padding.0,
          padding_left: padding.1, dilation_height: dilation.0, dilation_width: dilation.1,
          taps: self.taps == nil ? nil : taps.baseAddress)
        body(&shape)
      }
    }

    /// Calls `body` with the places of picture, weights and result of every multiplication.
    func forEachMultiplication(_ body: (_ x: Int, _ w: Int, _ y: Int) -> Void) {
      for b in 0..<batch {
        for i in 0..<outHeight {
          for j in 0..<outWidth {
            for di in 0..<window.0 {
              for dj in 0..<window.1 where taps == nil || taps![di * window.1 + dj] != 0 {
                let row = i * stride.0 + di * dilation.0 - padding.0
                let column = j * stride.1 + dj * dilation.1 - padding.1
                guard (0..<height).contains(row), (0..<width).contains(column) else { continue }
                for c in 0..<channels {
                  let x = ((b * height + row) * width + column) * channels + c
                  let w = ((di * window.1 + dj) * channels + c) * filters
                  let y = ((b * outHeight + i) * outWidth + j) * filters
                  for f in 0..<filters { body(x, w + f, y + f) }
                }
              }
            }
          }
        }
      }
    }
  }

  func check<Number: ProductNumber>(
    _: Number.Type, _ shape: Case, seed: Int = 0, packing: OpaquePointer? = nil
  ) {
    var random = SeededGenerator(seed: UInt64(seed))
    let x = Number.numbers(shape.pictureCount, within: 1, seed: 1)
    let w = Number.numbers(shape.weightCount, within: 1, seed: 2)
    let g = Number.numbers(shape.resultCount, within: 1, seed: 3)
    let before = Number.numbers(shape.weightCount, within: 1, seed: 4)
    let (xs, ws, gs) = (x.doubles, w.doubles, g.doubles)
    let adding = Bool.random(using: &random)

    var y = [Double](repeating: 0, count: g.count)
    var dx = [Double](repeating: 0, count: x.count)
    var dw = adding ? before.doubles : [Double](repeating: 0, count: w.count)
    shape.forEachMultiplication { i, j, k in
      y[k] += xs[i] * ws[j]
      dx[i] += gs[k] * ws[j]
      dw[j] += xs[i] * gs[k]
    }
    let end = End<Number>.any(shape.filters, &random)
    let pictureEnd = End<Number>.any(shape.channels, &random)
    if let end { for i in y.indices { y[i] = end(y[i], column: i % shape.filters) } }
    if let pictureEnd {
      for i in dx.indices { dx[i] = pictureEnd(dx[i], column: i % shape.channels) }
    }

    let window = shape.window.0 * shape.window.1
    shape.pass { kernel in
      onEveryMachine(near: y, within: Number.rounding(window * shape.channels)) {
        [Number](y.count) { y in end.pass { Number.convolve(kernel, x, w, y, $0, packing) } }
      }
      onEveryMachine(near: dx, within: Number.rounding(window * shape.filters)) {
        [Number](dx.count) { dx in
          pictureEnd.pass { Number.convolveByPicture(kernel, g, w, dx, $0, packing) }
        }
      }
      onEveryMachine(
        near: dw, within: Number.rounding(shape.batch * shape.outHeight * shape.outWidth)
      ) {
        var dw = adding ? before : [Number](repeating: .nan, count: w.count)
        Number.convolveByWeights(kernel, x, g, &dw, adding)
        return dw
      }
    }
  }

  /// Odd sizes, strides, dilation, taps left out, padding larger than the window, results that end before the
  /// picture does or go on after it: the sizes are drawn without regard to each other.
  @Test(arguments: 0..<150)
  func aConvolutionAndItsAdjointsAreTheNaiveLoops(seed: Int) {
    var random = SeededGenerator(seed: 1_000 + UInt64(seed))
    let shape = Case.any(&random)
    check(Float.self, shape, seed: seed)
    check(Double.self, shape, seed: seed)
  }

  static let causal: [UInt8] = [1, 1, 1, 1, 0, 0, 0, 0, 0]

  /// What the course's models use, and sizes that several threads share.
  @Test(arguments: [
    Case(batch: 8, (28, 28), (1, 64), window: (4, 4), stride: (2, 2), padding: (1, 1)),
    Case(batch: 8, (14, 14), (64, 128), window: (4, 4), stride: (2, 2), padding: (1, 1)),
    Case(batch: 5, (28, 28), (32, 64), window: (3, 3), padding: (1, 1), taps: causal),
    Case(batch: 5, (28, 28), (32, 64), window: (2, 3), padding: (2, 1), out: (28, 28)),
    Case(batch: 5, (28, 28), (32, 64), window: (1, 3), padding: (0, 3), out: (28, 28)),
    Case(batch: 5, (28, 28), (32, 64), window: (1, 1)),
    Case(batch: 5, (28, 28), (32, 2), window: (1, 1)),
    Case(batch: 3, (28, 28), (1, 32), window: (7, 7), padding: (3, 3)),
    Case(batch: 6, (28, 28), (32, 3), window: (3, 3), padding: (1, 1)),
    Case(batch: 1, (150, 90), (7, 9), window: (3, 3), padding: (1, 1)),
    Case(
      batch: 9, (1, 200), (20, 40), window: (1, 2), padding: (0, 8), dilation: (1, 8), out: (1, 200)
    ),
  ])
  func theShapesOfTheCourse(shape: Case) {
    check(Float.self, shape)
    if shape.weightCount * shape.outHeight < 100_000 { check(Double.self, shape) }
  }

  @Test func rowsThatNoWindowSeesGetTheEndOfZero() {
    // Stride 3 with a window of 2: every third row and column is seen by none.
    let shape = Case((9, 9), (3, 4), window: (2, 2), stride: (3, 3), out: (2, 2))
    check(Float.self, shape)
    shape.pass { kernel in
      let end: End<Float>? = End(bias: [1, 2, 3])
      let g = Float.numbers(shape.resultCount)
      let w = Float.numbers(shape.weightCount)
      let dx = [Float](shape.pictureCount) { dx in
        end.pass { kernels_convolve_by_picture_f(kernel, g, w, dx, $0, nil) }
      }
      for column in 0..<9 {
        let place = (2 * 9 + column) * 3
        #expect(Array(dx[place..<place + 3]) == [1, 2, 3])
      }
    }
  }

  @Test func aKeptPackingServesSeveralShapes() {
    let packing = kernels_packing_make()
    defer { kernels_packing_free(packing) }
    for size in [9, 14, 9] {
      for stride in [1, 2] {
        check(
          Float.self,
          Case((size, size), (20, 24), window: (3, 3), stride: (stride, stride), padding: (1, 1)),
          packing: packing)
      }
    }
    check(Float.self, Case((9, 9), (20, 24), window: (3, 3), taps: Self.causal), packing: packing)
  }

  /// ⟨conv(x, w), g⟩ = ⟨x, convᵀ(g, w)⟩ = ⟨w, conv′(x, g)⟩.
  @Test(arguments: 0..<40)
  func theAdjointsAreAdjoint(seed: Int) {
    var random = SeededGenerator(seed: 5_000 + UInt64(seed))
    let shape = Case.any(&random)
    let x = Double.numbers(shape.pictureCount, seed: 1)
    let w = Double.numbers(shape.weightCount, seed: 2)
    let g = Double.numbers(shape.resultCount, seed: 3)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    shape.pass { kernel in
      let y = [Double](g.count) { kernels_convolve_d(kernel, x, w, $0, nil, nil) }
      let dx = [Double](x.count) { kernels_convolve_by_picture_d(kernel, g, w, $0, nil, nil) }
      let dw = [Double](w.count) { kernels_convolve_by_weights_d(kernel, x, g, $0, false) }
      let size = (dot(y, y) * dot(g, g)).squareRoot()
      #expect(abs(dot(y, g) - dot(x, dx)) <= 1e-12 * (1 + size), "\(shape)")
      #expect(abs(dot(y, g) - dot(w, dw)) <= 1e-12 * (1 + size), "\(shape)")
    }
  }
}
