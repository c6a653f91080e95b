import Foundation
import Runner

/// A line for each running chapter: cell, time gone and time expected. On a terminal the lines are drawn
/// over themselves; elsewhere a chapter says one line when it ends.
final class ProgressLines: @unchecked Sendable {
  private let lock = NSLock()
  private let total: Int
  private let isLive = isatty(STDERR_FILENO) == 1
  private var ended = 0
  private var running: [(name: String, began: Date, expected: Double?, state: String)] = []
  private var drawn = 0
  private var ticker: (any DispatchSourceTimer)?

  init(total: Int) {
    self.total = total
    guard isLive else { return }
    let ticker = DispatchSource.makeTimerSource(queue: .global())
    ticker.schedule(deadline: .now() + 0.2, repeating: 0.2)
    ticker.setEventHandler { [weak self] in self?.lock.withLock { self?.draw() } }
    ticker.resume()
    self.ticker = ticker
  }

  func tell(_ event: BookRunner.Event) {
    lock.withLock {
      switch event {
      case .began(let name, let expected):
        running.append((name, Date(), expected, "reading"))
      case .progress(let name, let progress):
        guard let index = running.firstIndex(where: { $0.name == name }) else { return }
        switch progress {
        case .compiling: running[index].state = "compiling"
        case .running(let cell, let count, let loop):
          let words = loop.map { " · \($0.words)" } ?? ""
          running[index].state = "cell \(cell.index + 1) of \(count)\(words)"
        }
      case .ended(let outcome):
        running.removeAll { $0.name == outcome.name }
        ended += 1
        if !outcome.wasKept || !outcome.problems.isEmpty { say(outcome) }
      }
      draw()
    }
  }

  func finish() {
    lock.withLock {
      ticker?.cancel()
      ticker = nil
      running = []
      draw()
    }
  }

  private func say(_ outcome: ChapterOutcome) {
    let time = Terminal.duration(outcome.seconds)
    let line: String
    if outcome.problems.isEmpty, case .success(let result) = outcome.result {
      let checked = Terminal.counted(result.verdicts.count, "check")
      line = "\(Terminal.coloured("✓", .green)) \(outcome.name)  \(checked) in \(time)"
    } else {
      let problems = Terminal.counted(outcome.problems.count, "problem")
      line = "\(Terminal.coloured("✗", .red)) \(outcome.name)  \(problems) after \(time)"
    }
    erase()
    write(line + "\n")
  }

  private func draw() {
    guard isLive else { return }
    erase()
    for chapter in running {
      let gone = Date().timeIntervalSince(chapter.began)
      let expected = chapter.expected.map { " of about \(Terminal.duration($0))" } ?? ""
      let line =
        "  \(chapter.name)  \(chapter.state)  \(Terminal.duration(gone))\(expected)  "
        + "[\(ended) of \(total) done]"
      // A line that wrapped could not be drawn over.
      write(line.prefix(Terminal.width - 1) + "\n")
    }
    drawn = running.count
  }

  private func erase() {
    if drawn > 0 { write("\u{1B}[\(drawn)A\u{1B}[J") }
    drawn = 0
  }

  private func write(_ text: some StringProtocol) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
