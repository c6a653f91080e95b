import Foundation
import Literate
import Outputs
import Subprocess
import Synchronization

/// Runs a chapter's program and hears it out.
struct Execution {
  var chapter: Chapter
  var program: FilePath
  var threads: Int
  /// Where costly results are kept, and under which key for each cell; nil to compute all anew.
  var memo: (folder: FilePath, keys: [String])?
  /// Seconds for a cell that names no limit: many times what it takes, since the machine may be slow or busy.
  var timeLimit: Double = 300
  /// Is told which cell has begun, and how far its loop is whenever that has changed.
  var progress: @Sendable (Int, LoopProgress?) -> Void = { _, _ in }

  /// Most bytes a chapter may print, and say altogether.
  static let printedLimit = 256 << 10
  static let recordLimit = 64 << 20

  struct Result {
    var cells: [Transcript.CellOutputs]
    var interpolations: [String]
    var seconds: Double
    var peakMemory: Int
  }

  /// Where the program notes the loops it is in.
  private var boardFile: FilePath { program.parent / "loops" }
  private var board: LoopBoard { LoopBoard((try? boardFile.read()) ?? []) }

  /// What the program said by the time it ended, or why it did not end well.
  func run() async throws -> Result {
    try boardFile.replace(with: Array(repeating: 0, count: LoopBoard.size))
    defer { try? boardFile.remove() }
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
          if let stop = listener.overrun(limits: limits, beforeFirst: timeLimit) {
            listener.stop(stop)
            try? execution.send(signal: .kill, toProcessGroup: true)
          }
        }
      }
      // One thing is told at a time, so that no loop is told of after its cell.
      let telling = Mutex(())
      let lookout = Task {
        var watch = LoopWatch()
        var last: LoopProgress?
        while !Task.isCancelled {
          try await Task.sleep(for: .milliseconds(200))
          let cell = listener.currentCell
          let now = watch.look(at: board.running, at: .now)
          telling.withLock { _ in
            // Where the next cell has begun meanwhile, the loop may be of either.
            if now != last, let cell, cell == listener.currentCell {
              progress(cell, now)
              last = now
            }
          }
        }
      }
      /// After this nothing is told, and nothing sent to a process that is gone.
      func end() async {
        watch.cancel()
        lookout.cancel()
        _ = await (watch.result, lookout.result)
      }
      do {
        for try await buffer in execution.standardOutput {
          let bytes = buffer.withUnsafeBytes { [UInt8]($0) }
          telling.withLock { _ in if let cell = listener.hear(bytes) { progress(cell, nil) } }
        }
        let words = try await complaint
        await end()
        return words
      } catch {
        await end()
        throw error
      }
    }
    try Task.checkCancellation()
    let seconds = (clock.now - start) / .seconds(1)
    if let problem = listener.problem(
      in: chapter, status: outcome.terminationStatus, standardError: outcome.closureResult,
      board: board)
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
      .init(stringLiteral: LoopBoard.variable): boardFile.string,
      "COURSE_THREADS": "\(threads)",
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
