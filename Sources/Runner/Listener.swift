import Foundation
import Literate
import Outputs
import Subprocess

/// Takes in what a program says, record by record, and keeps the time.
final class Listener: @unchecked Sendable {
  // One lock guards everything: the reader writes, the watch reads.
  private let lock = NSLock()
  private(set) var cells: [Transcript.CellOutputs]
  private(set) var interpolations: [String?]
  private(set) var peakMemory = 0
  private var pending: [UInt8] = []
  private var current: Int?
  private var began = ContinuousClock.now
  /// Cells that ran to their end.
  private var ended: Set<Int> = []
  private var hasFinished = false
  private var thrown: String?
  private var stopped: Stop?
  private var printed = 0
  private var said = 0

  enum Stop: Equatable {
    case timeout(seconds: Double)
    case printedTooMuch
    case saidTooMuch
    case notUnderstood(String)
  }

  init(cells: Int, interpolations: Int) {
    self.cells = Array(repeating: .init(outputs: [], seconds: 0), count: cells)
    self.interpolations = Array(repeating: nil, count: interpolations)
  }

  /// The cell that began last.
  var currentCell: Int? { lock.withLock { current } }

  func stop(_ reason: Stop) {
    lock.withLock { if stopped == nil { stopped = reason } }
  }

  /// Why the program must be stopped now. A cell's limit counts from where the cell begins.
  func overrun(limits: [Double], beforeFirst: Double) -> Stop? {
    lock.withLock {
      if printed > Execution.printedLimit { return .printedTooMuch }
      if said > Execution.recordLimit { return .saidTooMuch }
      let limit = current.map { limits[$0] } ?? beforeFirst
      return !hasFinished && ContinuousClock.now - began > .seconds(limit)
        ? .timeout(seconds: limit) : nil
    }
  }

  /// Takes in bytes; the cell that has begun among them, if one has.
  func hear(_ bytes: [UInt8]) -> Int? {
    lock.withLock {
      said += bytes.count
      if said > 2 * Execution.recordLimit || printed > 2 * Execution.printedLimit { return nil }
      pending += bytes
      var start = 0
      var begun: Int?
      while let end = pending[start...].firstIndex(of: 0x0A) {
        if let cell = takeIn(pending[start...end]) { begun = cell }
        start = end + 1
      }
      pending.removeFirst(start)
      return begun
    }
  }

  /// One line: a record, or text that came round `print`.
  private func takeIn(_ line: ArraySlice<UInt8>) -> Int? {
    if let mark = line.firstIndex(of: Output.recordSeparator) {
      if mark > line.startIndex { stray(line[..<mark]) }
      do {
        return takeIn(try Record(json: line[(mark + 1)...]))
      } catch {
        if stopped == nil { stopped = .notUnderstood("\(error)") }
      }
    } else {
      stray(line)
    }
    return nil
  }

  private func stray(_ bytes: ArraySlice<UInt8>) {
    printed += bytes.count
    add(.printed(String(decoding: bytes, as: UTF8.self), line: nil))
  }

  private func add(_ output: CellOutput) {
    if cells.indices.contains(current ?? 0) { cells[current ?? 0].outputs.append(output) }
  }

  private func takeIn(_ record: Record) -> Int? {
    switch record {
    case .cellBegan(let cell):
      (current, began) = (cell, .now)
      return cell
    case .cellEnded(let cell, let seconds):
      if cells.indices.contains(cell) { cells[cell].seconds = seconds }
      ended.insert(cell)
      began = .now
    case .printed(let text, let line):
      printed += text.utf8.count
      add(.printed(text, line: line))
    case .claim(let claim): add(.claim(claim))
    case .derivation(let report): add(.derivation(report))
    case .figure(let figure): add(.figure(figure))
    case .interpolated(let index, let text):
      if interpolations.indices.contains(index) { interpolations[index] = text }
    case .trapped(_, let message): add(.trapped(message: message))
    case .didNotTrap: break
    case .remembered(let name, let wasKept, let seconds):
      add(.remembered(name: name, wasKept: wasKept, seconds: seconds))
    case .threw(let error): thrown = error
    case .finished(let memory): (hasFinished, peakMemory) = (true, memory)
    }
    return nil
  }

  /// Why the program did not end well, or nil where it did.
  func problem(
    in chapter: Chapter, status: TerminationStatus, standardError: String, board: LoopBoard
  ) -> Problem? {
    lock.withLock {
      // A `return` in a cell ends the program well, and leaves out what stands behind it.
      let isWhole = chapter.cells.allSatisfy { $0.flags.fails != nil || ended.contains($0.index) }
      if hasFinished, isWhole, status.isSuccess, stopped == nil { return nil }
      let cell = current.map { chapter.cells[$0] }
      let place = cell?.location ?? SourceLocation(file: chapter.file, line: 1)
      if let stopped { return .stopped(stopped, cell: cell, at: place).within(board.running) }
      if let thrown { return .threw(thrown, cell: cell, at: place).leaving(board.left) }
      let crash = Crash(standardError: standardError, chapter: chapter)
      return .endedEarly(status, crash: crash, cell: cell, at: place).within(board.running)
    }
  }
}
