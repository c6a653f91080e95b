import Kernels
import Randomness
import Synchronization
import Testing

/// A weight's packing, which whoever reads the weight may fill.
@Suite(.serialized) struct PackingTests {
  /// What several threads compute with one packing that none has filled yet, against what each gives alone. The
  /// weights are large and the rest small, so that most of the time goes into filling.
  @Test func severalThreadsMayShareAPackingFromTheStart() {
    let (m, n, k) = (2, 1_500, 1_500)
    let a = Float.numbers(m * k, within: 1, seed: 1)
    let b = Float.numbers(k * n, within: 1, seed: 2)
    @Sendable func product(_ packing: OpaquePointer?) -> [Float] {
      [Float](m * n) { kernels_product_f(false, false, m, n, k, a, b, $0, false, nil, packing) }
    }
    let shape = ConvolutionTests.Case(
      batch: 1, (3, 3), (256, 256), window: (3, 3), padding: (1, 1))
    let x = Float.numbers(shape.pictureCount, within: 1, seed: 3)
    let w = Float.numbers(shape.weightCount, within: 1, seed: 4)
    let g = Float.numbers(shape.resultCount, within: 1, seed: 5)
    @Sendable func convolved(_ packing: OpaquePointer?) -> [Float] {
      var y = [Float]()
      shape.pass { kernel in
        y = [Float](g.count) { kernels_convolve_f(kernel, x, w, $0, nil, packing) }
      }
      return y
    }
    @Sendable func convolvedByPicture(_ packing: OpaquePointer?) -> [Float] {
      var dx = [Float]()
      shape.pass { kernel in
        dx = [Float](x.count) { kernels_convolve_by_picture_f(kernel, g, w, $0, nil, packing) }
      }
      return dx
    }
    // Alone, each with a packing of its own.
    func alone(_ result: (OpaquePointer?) -> [Float]) -> [Float] {
      let packing = kernels_packing_make()
      defer { kernels_packing_free(packing) }
      return result(packing)
    }
    let (c, y, dx) = (alone(product), alone(convolved), alone(convolvedByPicture))
    let wrong = Atomic(0)
    for _ in 0..<30 {
      let ofProduct = UInt(bitPattern: kernels_packing_make()!)
      let ofConvolution = UInt(bitPattern: kernels_packing_make()!)
      onThreads(4) { index in
        let first = OpaquePointer(bitPattern: ofProduct)
        let second = OpaquePointer(bitPattern: ofConvolution)
        for _ in 0..<3 {
          if product(first) != c { wrong.add(1, ordering: .relaxed) }
          // Half of them in the other order, so that different arrays are added at once.
          let isForward = index % 2 == 0
          let one = isForward ? convolved(second) : convolvedByPicture(second)
          let other = isForward ? convolvedByPicture(second) : convolved(second)
          if one != (isForward ? y : dx) { wrong.add(1, ordering: .relaxed) }
          if other != (isForward ? dx : y) { wrong.add(1, ordering: .relaxed) }
        }
      }
      kernels_packing_free(OpaquePointer(bitPattern: ofProduct))
      kernels_packing_free(OpaquePointer(bitPattern: ofConvolution))
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  /// Taps that change from call to call ask for ever new orders.
  @Test func aPackingKeepsFewOrdersAndGivesAllBack() async {
    await #expect(processExitsWith: .success) {
      let x = Float.numbers(2 * 9 * 9 * 20, within: 1, seed: 3)
      let w = Float.numbers(9 * 20 * 24, within: 1, seed: 4)
      let before = kernels_memory_in_use()
      let packing = kernels_packing_make()
      for mask in 1..<200 {
        let taps = (0..<9).map { UInt8(mask >> $0 & 1) }
        let shape = ConvolutionTests.Case((9, 9), (20, 24), window: (3, 3), taps: taps)
        shape.pass { kernel in
          let kept = [Float](shape.resultCount) {
            kernels_convolve_f(kernel, x, w, $0, nil, packing)
          }
          let alone = [Float](shape.resultCount) { kernels_convolve_f(kernel, x, w, $0, nil, nil) }
          #expect(kept == alone)
        }
        #expect(kernels_memory_in_use() - before < 8 * (2 * 4 * w.count))
      }
      kernels_packing_free(packing)
      #expect(kernels_memory_in_use() == before)
    }
  }
}
