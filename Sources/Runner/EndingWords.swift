import Literate
import Outputs
import Subprocess

// The English of how a run can end.
extension Problem {
  static func stopped(
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

  static func threw(_ error: String, cell: Cell?, at place: SourceLocation) -> Problem {
    Problem(
      at: cell?.linesWith("try").first ?? place,
      "expected the cell to finish, found that it threw \(error)",
      mend: "handle the error in the cell, or mend its cause")
  }

  static func endedEarly(
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

  /// The problem with the step of each loop over `progress(…)` in which it arose.
  func within(_ loops: [RunningLoop]) -> Problem {
    adding(loops.isEmpty ? nil : "in \(loops.map(\.description).joined(separator: ", "))")
  }

  /// The same of an error that left the cell, and with it perhaps a loop.
  func leaving(_ loop: RunningLoop?) -> Problem {
    adding(loop.map { "a loop was left in \($0)" })
  }

  private func adding(_ words: String?) -> Problem {
    var copy = self
    if let words { copy.message += " (\(words))" }
    return copy
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
