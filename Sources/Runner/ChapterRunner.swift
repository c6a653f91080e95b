import Literate
import Outputs

/// Takes a chapter from its text to its verdicts: tangle, compile, run, check; or takes them from the
/// cache where nothing that matters has changed.
public struct ChapterRunner: Sendable {
  public var toolchain: Toolchain
  public var cache: RunCache
  /// Computes all anew, whatever is kept.
  public var isFresh: Bool

  public init(toolchain: Toolchain, cache: RunCache, isFresh: Bool = false) {
    self.toolchain = toolchain
    self.cache = cache
    self.isFresh = isFresh
  }

  /// How far a chapter has come.
  public enum Progress: Sendable, Equatable {
    case compiling
    case running(Cell, of: Int, loop: LoopProgress?)
  }

  /// The result where the cache has it.
  public func kept(_ chapter: Chapter) throws(Problem) -> ChapterResult? {
    guard !isFresh, let run = cache.run(of: chapter.name),
      run.key == (try RunKey(chapter, toolchain: toolchain)),
      run.cells.count == chapter.cells.count
    else { return nil }
    return result(run.transcript(fittedTo: chapter), for: chapter)
  }

  /// Runs the chapter and checks what it says. What it says is kept if all of it stands.
  /// - Parameter threads: How many its tensors may use; the bytes they compute are the same for any number.
  public func run(
    _ chapter: Chapter, threads: Int = 1,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws -> ChapterResult {
    let key = try RunKey(chapter, toolchain: toolchain)
    let folder = cache.folder(of: chapter.name)
    let memo = folder / "memo"
    if isFresh, memo.exists { try memo.remove() }
    try folder.makeDirectory()

    progress(.compiling)
    let clock = ContinuousClock()
    let start = clock.now
    let compiler = Compiler(toolchain: toolchain, folder: folder)
    let program = try await compiler.executable(for: Tangle.program(of: chapter), chapter: chapter)
    let failures = try await failingCells(of: chapter, compiler)
    let compileSeconds = (clock.now - start) / .seconds(1)

    let count = chapter.cells.count
    var execution = Execution(chapter: chapter, program: program, threads: threads)
    let memoKeys = key.memoKeys(of: chapter)
    execution.memo = (memo, memoKeys)
    execution.progress = { progress(.running(chapter.cells[$0], of: count, loop: $1)) }
    var said = try await execution.run()
    for (cell, diagnostic) in failures {
      said.cells[cell].outputs.append(.didNotCompile(diagnostic: diagnostic))
    }
    let transcript = Transcript(
      cells: said.cells, interpolations: said.interpolations,
      measured: .init(
        compileSeconds: compileSeconds, runSeconds: said.seconds, peakMemory: said.peakMemory,
        compiler: toolchain.version, target: toolchain.target))
    let result = result(transcript, for: chapter)
    if result.hasPassed {
      try cache.keep(KeptRun(transcript, of: chapter, key: key), of: chapter.name)
      forgetMemos(in: memo, keeping: Set(memoKeys))
    }
    return result
  }

  /// Why the chapter would run now; empty where it would not.
  public func reasonsToRun(_ chapter: Chapter) throws(Problem) -> [String] {
    guard let run = cache.run(of: chapter.name) else {
      return ["no successful run of it is kept"]
    }
    return try RunKey(chapter, toolchain: toolchain).differences(from: run.key, in: chapter)
  }

  /// Seconds the chapter took when it last succeeded, compiling included.
  public func expectedSeconds(of chapter: String) -> Double? {
    cache.run(of: chapter).map { $0.measured.compileSeconds + $0.measured.runSeconds }
  }

  private func result(_ transcript: Transcript, for chapter: Chapter) -> ChapterResult {
    ChapterResult(
      chapter: chapter, transcript: transcript,
      verdicts: Check.verdicts(of: transcript, for: chapter))
  }

  /// What the compiler says to each cell that must not compile; a cell that compiles is a problem.
  private func failingCells(
    of chapter: Chapter, _ compiler: Compiler
  ) async throws -> [(cell: Int, diagnostic: String)] {
    var found: [(Int, String)] = []
    for cell in chapter.cells {
      guard let words = cell.flags.fails else { continue }
      let errors = try await compiler.diagnostics(ofFailing: cell, chapter: chapter)
        .filter { $0.kind == "error" }
      guard let error = errors.first(where: { $0.message.contains(words) }) else {
        throw Problems([
          errors.isEmpty
            ? Problem(
              at: cell.location, "expected this cell not to compile, found that it does",
              mend: "take away fails=, or break the cell")
            : Problem(
              at: cell.location, "expected a diagnostic with “\(words)”, found another",
              details: errors.map(\.message))
        ])
      }
      found.append((cell.index, error.message))
    }
    return found
  }

  private func forgetMemos(in folder: FilePath, keeping keys: Set<String>) {
    for name in folder.children where !keys.contains(where: { name.hasPrefix($0) }) {
      try? (folder / name).remove()
    }
  }
}

extension ChapterResult {
  public var hasPassed: Bool { verdicts.allSatisfy(\.hasPassed) }

  /// What does not stand, as problems with their places.
  public var problems: [Problem] {
    verdicts.compactMap { verdict in
      verdict.failure.map {
        Problem(
          at: verdict.location, "the \(verdict.kind.noun) “\(verdict.sentence)” fails: \($0)")
      }
    }
  }
}

extension Verdict.Kind {
  /// What it is called in a sentence.
  public var noun: String {
    switch self {
    case .claim: "claim"
    case .derivation: "derivation"
    case .printed: "comment"
    case .trap, .compileFailure: "cell"
    }
  }
}
