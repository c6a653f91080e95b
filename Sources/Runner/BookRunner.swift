import Foundation
import Literate

/// What became of a chapter in a build.
public struct ChapterOutcome: Sendable {
  public var name: String
  public var result: Result<ChapterResult, Problems>
  /// Nothing that matters had changed.
  public var wasKept: Bool
  public var seconds: Double

  /// What is wrong with the chapter; empty where all stands.
  public var problems: [Problem] {
    switch result {
    case .success(let result): result.problems
    case .failure(let problems): problems.list
    }
  }
}

/// Runs the chapters of a book, some at a time. One that fails does not stop the others.
public struct BookRunner: Sendable {
  public var runner: ChapterRunner
  public var jobs: Int
  /// What is done with a chapter as it ends; the outcome it makes of it counts.
  public var finish: @Sendable (ChapterOutcome) -> ChapterOutcome

  public init(
    runner: ChapterRunner, jobs: Int,
    finish: @escaping @Sendable (ChapterOutcome) -> ChapterOutcome = { $0 }
  ) {
    self.runner = runner
    self.jobs = max(1, jobs)
    self.finish = finish
  }

  /// What is told while it runs.
  public enum Event: Sendable {
    case began(String, expectedSeconds: Double?)
    case progress(String, ChapterRunner.Progress)
    case ended(ChapterOutcome)
  }

  /// Runs the named chapters of the book, and tells of each as it goes; outcomes in the order named.
  public func run(
    _ names: [String], of book: Book, tell: @escaping @Sendable (Event) -> Void
  ) async throws -> [ChapterOutcome] {
    // The cores are shared among the chapters that run at a time.
    let threads = max(
      1, ProcessInfo.processInfo.activeProcessorCount / min(jobs, max(1, names.count)))
    var outcomes: [String: ChapterOutcome] = [:]
    var waiting = names[...]
    try await withThrowingTaskGroup(of: ChapterOutcome.self) { group in
      func startNext() {
        guard let name = waiting.popFirst() else { return }
        group.addTask { try await outcome(of: name, in: book, threads, tell) }
      }
      for _ in 0..<jobs { startNext() }
      for try await ended in group {
        let outcome = finish(ended)
        outcomes[outcome.name] = outcome
        tell(.ended(outcome))
        startNext()
      }
    }
    return names.compactMap { outcomes[$0] }
  }

  private func outcome(
    of name: String, in book: Book, _ threads: Int, _ tell: @escaping @Sendable (Event) -> Void
  ) async throws -> ChapterOutcome {
    let clock = ContinuousClock()
    let start = clock.now
    func ended(_ result: Result<ChapterResult, Problems>, wasKept: Bool = false) -> ChapterOutcome {
      ChapterOutcome(
        name: name, result: result, wasKept: wasKept, seconds: (clock.now - start) / .seconds(1))
    }
    do {
      let chapter = try book.chapter(name)
      if let kept = try runner.kept(chapter) { return ended(.success(kept), wasKept: true) }
      tell(.began(name, expectedSeconds: runner.expectedSeconds(of: name)))
      return ended(
        .success(try await runner.run(chapter, threads: threads) { tell(.progress(name, $0)) }))
    } catch let problems as Problems {
      return ended(.failure(problems))
    } catch let problem as Problem {
      return ended(.failure(Problems([problem])))
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      try Task.checkCancellation()
      // The file system's words: a full disk, a folder that may not be written.
      return ended(.failure(Problems([Problem("could not run \(name): \(error)")])))
    }
  }
}
