import Foundation

/// Says on standard error what is going on: in one line that changes, where a person is looking.
final class Progress {
  private let isWatched = isatty(STDERR_FILENO) == 1

  func show(_ text: String) {
    if isWatched { Self.write("\r\u{1B}[K\(text)") }
  }

  func clear() {
    if isWatched { Self.write("\r\u{1B}[K") }
  }

  /// Says something that stays.
  static func say(_ text: String) { write(text + "\n") }

  private static func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
