import Foundation
import Literate
import Outputs
import Subprocess

/// Runs a chapter's program and hears it out.
struct Execution {
  var chapter: Chapter
  var program: FilePath
  /// Where costly results are kept, and under which key for each cell; nil to compute all anew.
  var memo: (folder: FilePath, keys: [String])?
  var timeLimit: Double = 60
  var progress: @Sendable (Int) -> Void = { _ in }

  /// Most bytes a chapter may print, and say altogether.
  static let printedLimit = 256 << 10
  static let recordLimit = 64 << 20

  struct Result {
    var cells: [Transcript.CellOutputs]
    var interpolations: [String]
    var seconds: Double
    var peakMemory: Int
  }

  /// What the program said by the time it ended, or why it did not end well.
  func run() async throws -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let limits = chapter.cells.map { $0.flags.timeout ?? timeLimit }
    let listener = Listener(
      cells: chapter.cells.count, interpolations: chapter.interpolations.count)
    let outcome = try await Subprocess.run(
      .path(.init(program.string)), environment: environment,
      platformOptions: .inOwnGroup, input: .none, output: .sequence, error: .sequence
    ) { execution in
      let standardError = execution.standardError
      async let complaint = Self.tail(of: standardError)
      let watch = Task {
        while !Task.isCancelled {
          try await Task.sleep(for: .milliseconds(20))
          if let stop = listener.overrun(limits: limits) {
            listener.stop(stop)
            try? execution.send(signal: .kill, toProcessGroup: true)
          }
        }
      }
      defer { watch.cancel() }
      for try await buffer in execution.standardOutput {
        let bytes = buffer.withUnsafeBytes { [UInt8]($0) }
        if let cell = listener.hear(bytes) { progress(cell) }
      }
      return try await complaint
    }
    try Task.checkCancellation()
    let seconds = (clock.now - start) / .seconds(1)
    if let problem = listener.problem(
      in: chapter, status: outcome.terminationStatus, standardError: outcome.closureResult)
    {
      throw Problems([problem])
    }
    return Result(
      cells: listener.cells, interpolations: listener.interpolations.map { $0 ?? "" },
      seconds: seconds, peakMemory: listener.peakMemory)
  }

  private var environment: Environment {
    var values: [Environment.Key: String?] = [
      "SWIFT_BACKTRACE":
        "enable=yes,color=no,interactive=no,threads=crashed,images=none,registers=none,limit=24,top=4,sanitize=no",
      "COURSE_MEMO_DIRECTORY": nil, "COURSE_MEMO_KEYS": nil,
    ]
    if let memo {
      values["COURSE_MEMO_DIRECTORY"] = memo.folder.string
      let keys = memo.keys.enumerated().map { "\"\($0.offset)\":\"\($0.element)\"" }
      values["COURSE_MEMO_KEYS"] = "{\(keys.joined(separator: ","))}"
    }
    return .inherit.updating(values)
  }

  /// The last kilobytes of a stream.
  private static func tail(of stream: SubprocessOutputSequence) async throws -> String {
    var bytes: [UInt8] = []
    for try await buffer in stream {
      buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
      if bytes.count > 1 << 17 { bytes.removeFirst(bytes.count - 1 << 16) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Takes in what a program says, record by record, and keeps the time.
private final class Listener: @unchecked Sendable {
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

  func stop(_ reason: Stop) {
    lock.withLock { if stopped == nil { stopped = reason } }
  }

  /// Why the program must be stopped now.
  func overrun(limits: [Double]) -> Stop? {
    lock.withLock {
      if printed > Execution.printedLimit { return .printedTooMuch }
      if said > Execution.recordLimit { return .saidTooMuch }
      let limit = current.map { limits[$0] } ?? limits.max() ?? 60
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
  func problem(in chapter: Chapter, status: TerminationStatus, standardError: String) -> Problem? {
    lock.withLock {
      // A `return` in a cell ends the program well, and leaves out what stands behind it.
      let isWhole = chapter.cells.allSatisfy { $0.flags.fails != nil || ended.contains($0.index) }
      if hasFinished, isWhole, status.isSuccess, stopped == nil { return nil }
      let cell = current.map { chapter.cells[$0] }
      let place = cell?.location ?? SourceLocation(file: chapter.file, line: 1)
      if let stopped { return .stopped(stopped, cell: cell, at: place) }
      if let thrown { return .threw(thrown, cell: cell, at: place) }
      let crash = Crash(standardError: standardError, chapter: chapter)
      return .endedEarly(status, crash: crash, cell: cell, at: place)
    }
  }
}

/// What a backtrace says of a crash.
struct Crash: Equatable {
  /// "Index out of range".
  var message: String?
  /// The line of the chapter nearest to the crash.
  var line: Int?
  var column: Int?

  init(standardError: String, chapter: Chapter) {
    let lines = standardError.split(separator: "\n")
    for line in lines where message == nil {
      for marker in ["Fatal error: ", "Fatal error"] {
        if let range = line.range(of: marker) {
          let text = line[range.upperBound...]
          message = text.isEmpty ? "Fatal error" : String(text)
          break
        }
      }
    }
    if message == nil, let line = lines.first(where: { $0.contains("Program crashed:") }) {
      // Optimised, Swift's own checks stop the program without a word.
      let isTrap = ["Illegal instruction", "System trap", "Trace trap"].contains {
        line.contains($0)
      }
      message =
        isTrap
        ? "an index out of range, an overflow or a nil, or whatever else Swift stops at"
        : line.components(separatedBy: "Program crashed: ").last?
          .components(separatedBy: " at 0x").first
    }
    let name = "\(chapter.name).md:"
    for line in lines {
      guard let range = line.range(of: name) else { continue }
      let numbers = line[range.upperBound...].prefix { $0.isNumber || $0 == ":" }
        .split(separator: ":").compactMap { Int($0) }
      guard let first = numbers.first, first > 0 else { continue }
      self.line = first
      column = numbers.dropFirst().first.flatMap { $0 > 0 ? $0 : nil }
      return
    }
  }
}

// The English of how a run can end.
extension Problem {
  fileprivate static func stopped(
    _ stop: Listener.Stop, cell: Cell?, at place: SourceLocation
  ) -> Problem {
    switch stop {
    case .timeout(let seconds):
      let words = seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
      return Problem(
        at: place, "expected the cell to end within \(words) s, found it still running",
        mend: "mend the loop, or give the cell more time: timeout=\(Int(seconds * 2) + 1)")
    case .printedTooMuch:
      return Problem(
        at: place,
        "expected a chapter to print at most \(Execution.printedLimit >> 10) KB, found more",
        mend: "print less, or show a table or a plot")
    case .saidTooMuch:
      return Problem(
        at: place,
        "expected a chapter's outputs to take at most \(Execution.recordLimit >> 20) MB, found more",
        mend: "show smaller or fewer figures")
    case .notUnderstood(let reason):
      return Problem(
        at: place, "expected records of the course's library, found something else",
        mend: "build the library and this program together", details: [reason])
    }
  }

  fileprivate static func threw(_ error: String, cell: Cell?, at place: SourceLocation) -> Problem {
    Problem(
      at: cell?.linesWith("try").first ?? place,
      "expected the cell to finish, found that it threw \(error)",
      mend: "handle the error in the cell, or mend its cause")
  }

  fileprivate static func endedEarly(
    _ status: TerminationStatus, crash: Crash, cell: Cell?, at place: SourceLocation
  ) -> Problem {
    let nearest = crash.line.map {
      SourceLocation(file: place.file, line: $0, column: crash.column)
    }
    if let message = crash.message {
      return Problem(at: nearest ?? place, "the chapter stopped here: \(message)")
    }
    switch status {
    case .signaled(let signal):
      return Problem(
        at: nearest ?? place,
        "expected the cell to finish, found that signal \(signal) ended the program")
    case .exited(let code):
      return Problem(
        at: nearest ?? cell?.linesWith("exit").first ?? cell?.linesWith("return").first ?? place,
        "expected the chapter to run to its last cell, found that it ended here with code \(code)",
        mend: "a cell may not return or exit")
    }
  }
}

extension Cell {
  /// Places of the code lines that have this word.
  func linesWith(_ word: String) -> [SourceLocation] {
    SwiftTokens(code).tokens.filter { $0.text == word }.map {
      SourceLocation(file: location.file, line: firstLine + $0.line - 1)
    }
  }
}
