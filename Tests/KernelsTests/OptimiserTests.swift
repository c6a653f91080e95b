import Kernels
import Testing

@Suite struct OptimiserTests {
  func check<Number: KernelNumber>(_: Number.Type, count: Int) {
    let adam = kernels_adam(
      rate: 0.01, first_decay: 0.9, second_decay: 0.99, epsilon: 1e-3, first_correction: 0.271,
      second_correction: 0.0297, weight_decay: 0.1)
    let w = Number.numbers(count, seed: 30)
    let m = Number.numbers(count, seed: 31)
    let v = Number.numbers(count, seed: 32).map { $0 * $0 }
    let g = Number.numbers(count, seed: 33)
    var newW: [Double] = []
    var newM: [Double] = []
    var newV: [Double] = []
    for i in 0..<count {
      let (w, g) = (Double(w[i]), Double(g[i]))
      newM.append(0.9 * Double(m[i]) + 0.1 * g)
      newV.append(0.99 * Double(v[i]) + 0.01 * g * g)
      newW.append(
        w - 0.01 * 0.1 * w - 0.01 * (newM[i] / 0.271) / ((newV[i] / 0.0297).squareRoot() + 1e-3))
    }
    onEveryMachine(near: newW + newM + newV) {
      var all = w + m + v
      all.withUnsafeMutableBufferPointer {
        let start = $0.baseAddress!
        #expect(Number.adamStep(start, start + count, start + 2 * count, g, count, adam))
      }
      return all
    }
  }

  @Test(arguments: [0, 1, 7, 100, 300_003]) func adamIsItsFormula(count: Int) {
    check(Float.self, count: count)
    check(Double.self, count: count)
  }

  @Test(arguments: [1, 9, 1_000, 600_000]) func oneOddNumberIsFound(count: Int) {
    for path in paths {
      for threads in 1...2 {
        on(path, threads: threads) {
          for odd in [Float.nan, .infinity, -.infinity] {
            for place in [0, count / 2, count - 1] {
              var g = [Float](repeating: 1e38, count: count)
              #expect(kernels_all_finite_f(g, count))
              #expect(kernels_all_finite_d(g.doubles, count))
              g[place] = odd
              #expect(!kernels_all_finite_f(g, count))
              #expect(!kernels_all_finite_d(g.doubles, count))
              var w = g
              var m = g
              var v = g
              let adam = kernels_adam(
                rate: 1, first_decay: 0, second_decay: 0, epsilon: 1, first_correction: 1,
                second_correction: 1,
                weight_decay: 0)
              #expect(!kernels_adam_step_f(&w, &m, &v, g, count, adam))
            }
          }
        }
      }
    }
  }
}
