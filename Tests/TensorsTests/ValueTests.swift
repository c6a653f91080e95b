import Tensors
import Testing

/// Every operation's result against naive loops.
@Suite struct ValueTests {
  @Test(arguments: Lengths.several)
  func resultsAreWhatNaiveLoopsSay(_ lengths: Lengths) {
    for entry in Case.all(lengths) {
      var random = entry.random
      let operands = entry.drawn(using: &random)
      let expected = entry.reference(operands)
      for (precision, tolerance) in [(Precision.float64, 1e-14), (.float32, 1e-6)] {
        let found = entry.function(operands.map { $0.tensor(precision) })
        #expect(
          distance(Grid(found), expected) <= tolerance, "\(entry.name) in \(precision)")
      }
    }
  }
}
