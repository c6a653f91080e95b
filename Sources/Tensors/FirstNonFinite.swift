import Failures
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the operation that first made something that is not a number of a loss that is none.
///
/// The tape has let go of most of what was computed, so the loss is computed once more with every result
/// looked at; the program is about to stop anyway.
enum FirstNonFinite {
  nonisolated(unsafe) private(set) static var isSought = false
  /// Whose loss it is; what other threads compute is not looked at.
  private static let tape = Atomic<UInt>(0)
  nonisolated(unsafe) private static var operations = 0
  nonisolated(unsafe) private static var loss = ""
  nonisolated(unsafe) private static var infiniteFromTheStart: String?

  static func explain(_ value: Double, again compute: () -> Void) -> Never {
    let mine = UInt(bitPattern: ObjectIdentifier(Tape.ofThread))
    let (_, before) = tape.compareExchange(
      expected: 0, desired: mine, ordering: .acquiringAndReleasing)
    // Another thread is about to end the program with a story of its own.
    while before != 0, before != mine { pause() }
    loss = value.isNaN ? "nan" : "\(value)"
    (operations, infiniteFromTheStart) = (0, nil)
    isSought = true
    compute()
    if let infiniteFromTheStart { stop(infiniteFromTheStart, mend: "look at the data") }
    stop(
      ", but a finite one when computed again",
      mend: "only random draws can differ: is a logarithm taken of one, or is one divided by?")
  }

  @inline(never)
  static func check(_ result: Tensor, _ operation: Operation, _ operands: [Tensor?]) {
    let mine = UInt(bitPattern: ObjectIdentifier(Tape.ofThread))
    guard tape.load(ordering: .relaxed) == mine else { return }
    operations += 1
    isSought = false
    defer { isSought = true }
    if result.isFinite { return }
    let place = "operation \(operations), “\(operation.name)”"
    let known = operands.compactMap { $0 }
    guard let odd = known.first(where: { !$0.isFinite }) else {
      let operands = known.filter { $0.count > 0 }.map {
        "\($0.shape) between \(Float($0.min().scalar)) and \(Float($0.max().scalar))"
      }
      stop(
        ", made first by \(place), from \(operands.joined(separator: " and "))",
        mend: advice(on: operation))
    }
    if odd.buffer.isWeight {
      stop(
        ", from weights \(odd.shape) that were not finite before \(place)",
        mend: "the step before was too large: try a smaller learning rate, or clipped(toNorm:)")
    }
    if odd.hasNaN {
      stop(
        ", from numbers \(odd.shape) that were not finite before \(place)",
        mend: "look at the data")
    }
    // What is infinite may be meant so, as the logit of something impossible, until it becomes a NaN.
    if result.hasNaN {
      stop(
        ", made first by \(place), from infinite numbers \(odd.shape)",
        mend: "neither ∞ − ∞ nor 0 · ∞ is a number")
    }
    infiniteFromTheStart =
      infiniteFromTheStart
      ?? ", from numbers \(odd.shape) that were infinite before \(place)"
  }

  private static func stop(_ where: String, mend: String) -> Never {
    fail(expected: "a finite loss", found: loss + `where`, mend: mend)
  }

  private static func advice(on operation: Operation) -> String {
    switch operation {
    case .logarithm:
      "keep its operand above 0, or compute with logarithms throughout, as bernoulliLoss and logSoftmax do"
    case .exponential:
      "keep its operand below 88, where float32 ends, or use softplus, softmax or logSumExp"
    case .divide, .reciprocal: "keep what is divided by away from 0"
    case .squareRoot, .squareRootSlope: "keep its operand above 0"
    case .power, .raise: "keep its operand above 0, and the power small"
    default: "numbers have grown too large: try a smaller learning rate, or clipped(toNorm:)"
    }
  }
}

extension Tensor {
  fileprivate var hasNaN: Bool { scalars.contains(where: \.isNaN) }
}
