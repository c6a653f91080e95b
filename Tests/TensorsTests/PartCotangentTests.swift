import Randomness
import Tensors
import Testing

/// The cotangents of parts are added in the memory of the whole's; nobody else's may change by it.
@Suite struct PartCotangentTests {
  @Test func aPartsCotangentChangesNoOtherThatSharesItsMemory() {
    withPrecision(.float64) {
      let x = Tensor([1, 2, 3, 4])
      // The sum gives one cotangent to both of its operands; then the slice adds to the first's.
      let slope = gradient(at: x) { x in
        let (a, b) = (x * 2, x * 3)
        let part = a[1..<3].squared().sum()
        return part + ((a + b) * Tensor([1, 10, 100, 1000])).sum()
      }
      // 5·w + 8x where the slice lies.
      #expect(slope.scalars == [5, 50 + 16, 500 + 24, 5000])
      let looked = gradient(at: x) { x in
        let (a, b) = (x * 2, x * 3)
        let rows = a.gathering([3, 1, 3]).squared().sum()
        return rows + ((a + b) * Tensor([1, 10, 100, 1000])).sum()
      }
      #expect(looked.scalars == [5, 50 + 16, 500, 5000 + 64])
    }
  }

  @Test func manyPartsOfOneWholeAddUp() {
    withPrecision(.float64) {
      var random = SeededGenerator(seed: 1)
      let x = Tensor.normal([3, 6, 2], using: &random)
      let slope = gradient(at: x) { x in
        (0..<6).map { (x[0..., $0] * Double($0)).sum() }.reduce(Tensor(0), +)
          + x.every(2, axis: 1).sum() + x.reversed(axis: 1)[0..., 0].sum()
      }
      let expected = (0..<3).flatMap { _ in
        (0..<6).flatMap { place -> [Double] in
          let number = Double(place) + (place % 2 == 0 ? 1 : 0) + (place == 5 ? 1 : 0)
          return [number, number]
        }
      }
      #expect(slope.scalars == expected)
    }
  }

  /// The way back through a part is itself differentiated.
  @Test func partsInsideNestedGradientsHaveSecondDerivatives() {
    withPrecision(.float64) {
      let x = Tensor([1, 2, 3])
      let bend = gradient(at: x) { x in
        gradient(at: x) { x in x[1..<3].power(3).sum() + x.gathering([0, 0]).power(4).sum() }
          .squared().sum()
      }
      // Slopes 8x³, 3x², 3x²; their squares differentiated: 384x⁵, 36x³, 36x³.
      #expect(bend.scalars == [384, 288, 972])
    }
  }
}
