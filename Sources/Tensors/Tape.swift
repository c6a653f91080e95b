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

/// One operation as it was carried out: what a rule needs to turn the cotangent of the result into those of
/// the operands.
final class Step {
  let operation: Operation
  let first: Tensor?
  let second: Tensor?
  let third: Tensor?
  /// All operands of a concatenation.
  let parts: [Tensor]
  let result: Tensor?
  /// The gradients being taken on whose variable the result depends.
  let levels: UInt8

  init(
    _ operation: Operation, _ first: Tensor?, _ second: Tensor?, _ third: Tensor?,
    _ result: Tensor?,
    _ levels: UInt8, parts: [Tensor] = []
  ) {
    self.parts = parts
    (self.operation, self.levels) = (operation, levels)
    (self.first, self.second, self.third, self.result) = (first, second, third, result)
  }
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

  static var ofThread: Tape {
    let slot = kernels_thread_slot()!
    if let known = slot.pointee { return Unmanaged<Tape>.fromOpaque(known).takeUnretainedValue() }
    let tape = Tape()
    slot.pointee = Unmanaged.passRetained(tape).toOpaque()
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

  /// Lets everything go once no gradient is being taken.
  func clear() {
    steps.removeAll(keepingCapacity: true)
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
  let tape = Tape.ofThread
  let one = tape.levels(of: first.trace)
  let two = second.map { tape.levels(of: $0.trace) } ?? 0
  let three = third.map { tape.levels(of: $0.trace) } ?? 0
  let levels = one | two | three
  if levels == 0 { return }
  result.trace = tape.next(levels)
  switch operation.keeping {
  case .nothing:
    tape.write(Step(operation, first.outline, second?.outline, nil, nil, levels))
  case .operands:
    tape.write(Step(operation, first, second, third, nil, levels))
  case .otherOperand:
    tape.write(
      Step(
        operation, two == 0 ? first.outline : first, one == 0 ? second?.outline : second, nil, nil,
        levels))
  case .result:
    tape.write(Step(operation, first.outline, nil, nil, result, levels))
  case .everything:
    tape.write(Step(operation, first, second, third, result, levels))
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
