import Foundation
import Literate

/// What a backtrace says of a crash.
struct Crash: Equatable {
  /// "Index out of range".
  var message: String?
  /// The line of the chapter nearest to the crash.
  var line: Int?
  var column: Int?

  init(standardError: String, chapter: Chapter) {
    let lines = standardError.split(separator: "\n")
    // What Swift itself stops at, optimised: "*** Swift runtime failure: Division by zero ***".
    let failure = "Swift runtime failure: "
    if let line = lines.first(where: { $0.hasPrefix("*** \(failure)") }) {
      message = line.components(separatedBy: failure).last?.replacing(" ***", with: "")
    }
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
