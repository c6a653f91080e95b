import Foundation

/// The news a browser waits for: a number that grows with every change, and what is going on.
actor Bulletin {
  struct News: Encodable, Sendable {
    var version: Int
    /// The version this preview began with.
    var began: Int
    /// For each file of the site that has changed since, the version that told of it.
    var files: [String: Int] = [:]
    /// Chapters that are running now, or wait to.
    var running: [String: Standing] = [:]
    /// What is wrong, as the terminal shows it.
    var problems: [String] = []

    /// Notes that files have changed.
    mutating func change(_ changed: [String]) {
      for file in changed { files[file] = version }
    }
  }

  /// How far a chapter is.
  struct Standing: Encodable, Sendable {
    /// "compiling", "cell 3 of 12".
    var words: String
    var cell: Cell?

    /// The cell that is running.
    struct Cell: Encodable, Sendable {
      /// By which the page finds it; nil where the page does not show it.
      var code: String?
      var loop: Loop?
    }

    /// How far the cell is with a long loop.
    struct Loop: Encodable, Sendable {
      /// "step 412 of 2,000 · 9 s left".
      var words: String
      /// From 0 to 1.
      var fraction: Double
    }
  }

  private var news: News
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Versions begin with the clock's milliseconds, so that those of a later preview are greater.
  init() {
    let now = Int(Date().timeIntervalSince1970 * 1_000)
    news = News(version: now, began: now)
  }

  var version: Int { news.version }

  func publish(_ change: @Sendable (inout News) -> Void) {
    news.version += 1
    change(&news)
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  /// The news as soon as they are newer than `version`, or after a while.
  func news(after version: Int) async -> News {
    if news.version <= version {
      let patience = Task {
        try await Task.sleep(for: .seconds(10))
        releaseAll()
      }
      // Ctrl-C does not wait for the patient.
      await withTaskCancellationHandler {
        await withCheckedContinuation { waiting.append($0) }
      } onCancel: {
        Task { await releaseAll() }
      }
      patience.cancel()
    }
    return news
  }

  private func releaseAll() {
    for continuation in waiting { continuation.resume() }
    waiting = []
  }
}
