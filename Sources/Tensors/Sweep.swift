import Kernels

/// One gradient: the variables put on the tape, the function's value, and the way back.
struct Sweep {
  private let tape = Tape.ofThread
  private let generation: UInt32
  private let level: UInt8
  private let start: Int
  private let variables: Int

  /// Opens a level and puts the variables on the tape.
  init(at points: [Tensor]) {
    level = tape.begin()
    generation = tape.generation
    start = tape.steps.count
    variables = points.count
    for point in points {
      let outer = tape.levels(of: point.trace)
      tape.write(
        Step(
          .variable, outer == 0 ? nil : Outline(point),
          levels: outer | level))
    }
  }

  /// A variable, as the function is to see it.
  func variable(_ place: Int, at point: Tensor) -> Tensor {
    var traced = point
    traced.trace = Trace(
      generation: generation, index: start + place, levels: tape.steps[start + place].levels)
    return traced
  }

  /// Closes the level without a way back.
  func abandon() {
    tape.end()
    if tape.depth == 0 { tape.clear() }
  }

  /// Closes the level and goes back from `value`: the cotangent of each variable, nil where none arrives.
  func goBack(from value: Tensor) -> [Tensor?] {
    let end = tape.levels(of: value.trace) & level == 0 ? -1 : value.trace.index
    tape.end()
    defer { if tape.depth == 0 { tape.clear() } }
    guard end >= start else { return [Tensor?](repeating: nil, count: variables) }

    var arriving = Arriving(
      count: max(end - start + 1, variables), isRecorded: tape.depth > 0)
    arriving.add(Tensor.ones(value.shape, precision: value.precision), to: end - start)
    for index in stride(from: end, through: start + variables, by: -1) {
      guard let g = arriving.take(index - start) else { continue }
      spread(g, through: tape.take(index), &arriving)
    }
    return (0..<variables).map { arriving.take($0) }
  }

  private func spread(_ g: Tensor, through step: Step, _ arriving: inout Arriving) {
    if case .concatenate(let axis) = step.operation {
      var from = 0
      for part in step.parts {
        let length = part.shape[axis]
        if wants(part.trace) {
          give(g.slice(axis: axis, from..<(from + length)), to: part, &arriving)
        }
        from += length
      }
      return
    }
    var wanted = Wanted(
      first: wants(step.first?.trace), second: wants(step.second?.trace),
      third: wants(step.third?.trace))
    if wanted.second, case .product(false, false) = step.operation,
      arriving.postpone(step.a, g, to: place(step.second!.trace))
    {
      wanted.second = false
    }
    if wanted.first, addPart(g, of: step, &arriving) { return }
    var cotangents = step.cotangents(g, wanted)
    if wanted.first, let first = cotangents.first.take() { give(first, to: step.first!, &arriving) }
    if wanted.second, let second = cotangents.second.take() {
      give(second, to: step.second!, &arriving)
    }
    if wanted.third, let third = cotangents.third.take() { give(third, to: step.third!, &arriving) }
  }

  /// The cotangent of a part is added to that of the whole where it stands: the time steps cut from a sequence,
  /// the rows looked up in a table.
  private func addPart(_ g: Tensor, of step: Step, _ arriving: inout Arriving) -> Bool {
    switch step.operation {
    case .slice(let window):
      arriving.addInPlace(to: place(step.first!.trace), window.whole, g.precision) {
        g.add(into: $0, at: window)
      }
    case .gather(let indices):
      arriving.addInPlace(to: place(step.first!.trace), step.first!.shape, g.precision) {
        g.add(into: $0, at: indices)
      }
    default: false
    }
  }

  @inline(__always)
  private func wants(_ trace: Trace?) -> Bool {
    guard let trace else { return false }
    return trace.levels & level != 0 && trace.generation == generation && trace.index >= start
  }

  private func place(_ trace: Trace) -> Int { trace.index - start }

  @inline(__always)
  private func give(_ cotangent: consuming Tensor, to operand: Outline, _ arriving: inout Arriving)
  {
    if cotangent.shape != operand.shape { cotangent = cotangent.summed(to: operand.shape) }
    arriving.add(cotangent, to: place(operand.trace))
  }
}
