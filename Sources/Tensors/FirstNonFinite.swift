import Failures
import Kernels

/// Finds the operation that first made something that is not a number of a loss that is none.
///
/// The tape has let go of most of what was computed, so the loss is computed once more with every result
/// looked at; the program is about to stop anyway.
enum FirstNonFinite {
  nonisolated(unsafe) private(set) static var isSought = false
  nonisolated(unsafe) private static var operations = 0
  nonisolated(unsafe) private static var loss = ""

  static func explain(_ value: Double, again compute: () -> Void) -> Never {
    loss = "\(value)\(TrainingStep.words)"
    operations = 0
    isSought = true
    compute()
    fail(
      expected: "a finite loss", found: loss,
      mend: "computed once more it was finite; do the random draws differ, and is one of them 0?")
  }

  @inline(never)
  static func check(_ result: Tensor, _ operation: Operation, _ operands: [Tensor?]) {
    operations += 1
    let known = operands.compactMap { $0 }
    isSought = false
    defer { isSought = true }
    if let odd = known.first(where: { !$0.isFinite }) {
      fail(
        expected: "a finite loss", found: loss,
        mend:
          "an operand \(odd.shape) of “\(operation.name)”, operation \(operations) of the loss, was not finite before it: data, or weights after too large a step; try a smaller learning rate"
      )
    }
    if result.isFinite { return }
    let ranges = known.map {
      "\($0.shape) from \(Float($0.min().scalar)) to \(Float($0.max().scalar))"
    }
    fail(
      expected: "a finite loss", found: loss,
      mend:
        "“\(operation.name)”, operation \(operations) of the loss, made it first, from \(ranges.joined(separator: " and "))"
    )
  }
}

/// Which step of a training loop runs now; set by whatever counts them, told in errors.
public enum TrainingStep {
  /// For example “step 137 of 2,000”; nil where nobody counts.
  nonisolated(unsafe) public static var current: (() -> String?) = { nil }

  package static var words: String { current().map { " in \($0)" } ?? "" }
}
