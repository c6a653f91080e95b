import ArgumentParser
import Foundation
import Literate
import Runner

/// Which book a command works on.
struct BookOptions: ParsableArguments {
  @Option(help: "Folder of the book: Book.yaml and its chapters.")
  var book: String?

  /// The folder as given, or this package's own book.
  func directory() throws -> FilePath {
    if let book { return FilePath(book) }
    if FilePath("Book.yaml").exists { return FilePath(".") }
    return try Installation.find().root / "Chapters"
  }

  /// Reads Book.yaml.
  func read() throws -> Book {
    let directory = try directory()
    return try Book(at: directory.standardized, shownAs: directory.shown)
  }
}

/// How chapters are run.
struct RunOptions: ParsableArguments {
  @Option(help: "Only these chapters, separated by commas.")
  var only: String?

  @Option(help: "How many chapters run at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Run everything anew, whatever is kept.")
  var fresh = false

  @Option(help: "Part i of n: every n-th chapter, beginning with the i-th (i/n).")
  var shard: Shard?

  struct Shard: ExpressibleByArgument {
    var index: Int
    var count: Int

    init?(argument: String) {
      let parts = argument.split(separator: "/").compactMap { Int($0) }
      guard parts.count == 2, parts[0] >= 1, parts[0] <= parts[1] else { return nil }
      (index, count) = (parts[0], parts[1])
    }
  }

  func validate() throws {
    if jobs < 1 { throw ValidationError("expected --jobs of one or more, found \(jobs)") }
    if let only, only.allSatisfy({ $0 == "," || $0 == " " }) {
      throw ValidationError("expected --only to name a chapter, found none")
    }
  }

  /// The chapters meant, in the book's order.
  func chapters(of book: Book) throws -> [String] {
    var names = book.chapterNames
    if names.isEmpty {
      throw Problem(
        "expected \(book.shownDirectory)/Book.yaml to name a chapter, found none",
        mend: "begin one: course new --book \(book.shownDirectory) \"A title\"")
    }
    if let only {
      let meant = try Set(
        only.split(separator: ",").map {
          try book.chapterName(meant: $0.trimmingCharacters(in: .whitespaces))
        })
      names = names.filter { meant.contains($0) }
    }
    guard let shard else { return names }
    return names.enumerated().filter { $0.offset % shard.count == shard.index - 1 }.map(\.element)
  }
}

/// A book with all that is needed to run its chapters, held against other commands.
struct OpenBook {
  let book: Book
  let installation: Installation
  let runner: ChapterRunner
  private let lock: BookLock

  init(_ options: BookOptions, isFresh: Bool = false) async throws {
    installation = try Installation.find()
    book = try options.read()
    let folder = book.cacheFolder
    lock = try await BookLock(folder: folder) {
      Terminal.complain("waiting for \($0), which is working on this book")
    }
    let toolchain = try await Toolchain.find(cache: folder, installation: installation)
    runner = ChapterRunner(
      toolchain: toolchain, cache: RunCache(folder: folder), isFresh: isFresh)
  }

  /// Runs chapters with a line of progress each.
  ///
  /// - Parameter finish: what is done with each as it ends; the outcome it makes of it counts.
  func run(
    _ names: [String], jobs: Int,
    finish: @escaping @Sendable (ChapterOutcome) -> ChapterOutcome = { $0 }
  ) async throws -> [ChapterOutcome] {
    let lines = ProgressLines(total: names.count)
    defer { lines.finish() }
    return try await BookRunner(runner: runner, jobs: jobs, finish: finish).run(names, of: book) {
      lines.tell($0)
    }
  }
}

extension Book {
  /// Where results are kept from one command to the next.
  var cacheFolder: FilePath { directory / ".course" }
}

extension FilePath {
  /// Relative to the working directory where it lies beneath it.
  var shown: String {
    let here = FilePath(FileManager.default.currentDirectoryPath).standardized.string + "/"
    let path = standardized.string
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : string
  }
}
