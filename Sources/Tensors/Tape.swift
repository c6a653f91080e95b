import Failures
import Kernels

/// Where a tensor was written on the tape: which filling of the tape, which step, and on the variables of
/// which gradients it depends. A tensor that outlives its tape is a constant again.
struct Trace {
  let generation: UInt32
  /// The step in the lower 24 bits, a bit for every gradient in the upper 8.
  private let word: UInt32

  static let none = Trace(generation: 0, index: 0, levels: 0)
  static let mostSteps = 1 << 24

  @inline(__always)
  init(generation: UInt32, index: Int, levels: UInt8) {
    self.generation = generation
    word = UInt32(truncatingIfNeeded: index) | UInt32(levels) << 24
  }

  @inline(__always) var index: Int { Int(word & 0xFF_FFFF) }
  @inline(__always) var levels: UInt8 { UInt8(word >> 24) }
}

/// What is known of an operand without its elements. Plain numbers: copying it counts no reference.
struct Outline {
  let shape: Shape
  let trace: Trace
  let precision: Precision

  @inline(__always)
  init(_ tensor: Tensor) {
    (shape, trace, precision) = (tensor.shape, tensor.trace, tensor.precision)
  }

  func tensor(_ elements: Buffer?) -> Tensor {
    Tensor(elements ?? .none(precision), shape, trace: trace)
  }
}

/// One operation as it was carried out: what a rule needs to turn the cotangent of the result into those of
/// the operands.
struct Step {
  let operation: Operation
  let first: Outline?
  let second: Outline?
  let third: Outline?
  /// All operands of a concatenation.
  let parts: [Outline]
  /// The elements of those that the rule reads.
  private let elements: (first: Buffer?, second: Buffer?, third: Buffer?)
  private let result: Tensor?
  /// The gradients being taken on whose variable the result depends.
  let levels: UInt8

  init(
    _ operation: Operation, _ first: Outline?, _ second: Outline? = nil, _ third: Outline? = nil,
    elements: (Buffer?, Buffer?, Buffer?) = (nil, nil, nil), result: Tensor? = nil, levels: UInt8,
    parts: [Outline] = []
  ) {
    self.parts = parts
    (self.operation, self.levels, self.elements) = (operation, levels, elements)
    (self.first, self.second, self.third, self.result) = (first, second, third, result)
  }

  /// The operands and the result by the names the rules use.
  var a: Tensor { first!.tensor(elements.first) }
  var b: Tensor { second!.tensor(elements.second) }
  var c: Tensor { third!.tensor(elements.third) }
  var y: Tensor { result! }
}

/// What was computed from the variables of the gradients now being taken, in order. Each thread has its own.
///
/// Gradients nest. Each open one has a level, a bit; a step carries the bits of the variables it depends on,
/// so that what depends on no open variable is not written at all, and an inner gradient's way back is itself
/// written on the tape exactly where an outer variable takes part.
final class Tape {
  @exclusivity(unchecked) var steps = ContiguousArray<Step>()
  /// How many gradients are being taken, one inside the other.
  @exclusivity(unchecked) private(set) var depth = 0
  /// The bits of the open levels.
  @exclusivity(unchecked) private(set) var open: UInt8 = 0
  @exclusivity(unchecked) private(set) var generation: UInt32 = 0
  /// The standard precision of this thread.
  var precision = Precision.float32

  static var ofThread: Tape { unretainedOfThread.takeUnretainedValue() }

  /// The thread's own, which is released when the thread ends: whoever only looks need not count a reference.
  @inline(__always)
  static var unretainedOfThread: Unmanaged<Tape> {
    if let known = kernels_thread_slot()!.pointee { return .fromOpaque(known) }
    return makeForThread()
  }

  @inline(never)
  private static func makeForThread() -> Unmanaged<Tape> {
    let tape = Unmanaged.passRetained(Tape())
    kernels_fill_thread_slot(tape.toOpaque()) { Unmanaged<Tape>.fromOpaque($0!).release() }
    return tape
  }

  static let deepest = 8

  /// Opens a level; returns its bit.
  func begin() -> UInt8 {
    if depth == 0 { generation = kernels_next_number() }
    let bit = UInt8(1) << UInt8(depth)
    depth += 1
    open |= bit
    return bit
  }

  /// Closes the innermost level, so that what follows is written for the outer ones alone.
  func end() {
    depth -= 1
    open &= (1 << UInt8(depth)) - 1
  }

  /// Room that is kept for the next gradient: 16 MB of steps.
  private static let mostKept = 1 << 16

  /// Lets everything go once no gradient is being taken.
  func clear() {
    steps.removeAll(keepingCapacity: steps.capacity <= Tape.mostKept)
    generation = 0
  }

  /// The open levels on whose variables a tensor depends.
  @inline(__always)
  func levels(of trace: Trace) -> UInt8 {
    trace.generation == generation ? trace.levels & open : 0
  }

  /// What the next step's result is known by.
  func next(_ levels: UInt8) -> Trace {
    if steps.count == Trace.mostSteps {
      fail(
        expected: "at most \(Trace.mostSteps) operations in one gradient", found: "one more",
        mend: "take gradients of shorter parts")
    }
    return Trace(generation: generation, index: steps.count, levels: levels)
  }

  @inline(__always)
  func write(_ step: consuming Step) { steps.append(step) }

  /// A step on the way back. Outermost, that way is gone once: what later steps kept is let go at once.
  @inline(__always)
  func take(_ index: Int) -> Step {
    if depth > 0 { return steps[index] }
    steps.removeLast(steps.count - index - 1)
    return steps.removeLast()
  }
}

extension Tensor {
  /// Whether the tape may know this tensor.
  @inline(__always) var mayBeTraced: Bool { trace.levels != 0 }
}

/// The end of every operation: writes it on the tape if an operand depends on an open variable, keeping of
/// operands and result only what its rule reads.
@inline(__always)
func finish(
  _ result: inout Tensor, _ operation: @autoclosure () -> Operation, _ first: Tensor,
  _ second: Tensor? = nil, _ third: Tensor? = nil
) -> Tensor {
  if first.mayBeTraced || second?.mayBeTraced ?? false || third?.mayBeTraced ?? false {
    write(&result, operation(), first, second, third)
  }
  first.keepElements()
  second?.keepElements()
  third?.keepElements()
  if FirstNonFinite.isSought { FirstNonFinite.check(result, operation(), [first, second, third]) }
  return result
}

@inline(never)
private func write(
  _ result: inout Tensor, _ operation: Operation, _ first: Tensor, _ second: Tensor?,
  _ third: Tensor?
) {
  Tape.unretainedOfThread._withUnsafeGuaranteedRef { tape in
    let one = tape.levels(of: first.trace)
    let two = second.map { tape.levels(of: $0.trace) } ?? 0
    let three = third.map { tape.levels(of: $0.trace) } ?? 0
    let levels = one | two | three
    if levels == 0 { return }
    result.trace = tape.next(levels)
    let (keepsFirst, keepsOthers, keepsResult) =
      switch operation.keeping {
      case .nothing: (false, false, false)
      case .operands: (true, true, false)
      case .firstOperand: (true, false, false)
      case .otherOperand: (two != 0, one != 0, false)
      case .result: (false, false, true)
      // The divisor is always read, the quotient by the divisor's rule alone.
      case .quotient: (false, true, two != 0)
      case .everything: (true, true, true)
      }
    tape.write(
      Step(
        operation, Outline(first), second.map(Outline.init), third.map(Outline.init),
        elements: (
          keepsFirst ? first.buffer : nil, keepsOthers ? second?.buffer : nil,
          keepsOthers ? third?.buffer : nil
        ),
        result: keepsResult ? result : nil, levels: levels))
  }
}

/// The names of the operations now on this thread's tape, as ``Operation`` spells its cases: by them a test
/// sees that none was left out.
package func operationsOnTape() -> Set<String> {
  Set(
    Tape.ofThread.steps.map {
      Mirror(reflecting: $0.operation).children.first?.label ?? "\($0.operation)"
    })
}
