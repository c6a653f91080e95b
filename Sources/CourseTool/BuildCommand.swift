import ArgumentParser
import Foundation
import Literate
import Runner
import SiteGenerator

struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Run and check the book's chapters and write its site.",
    discussion: """
      Only what changed runs again. A chapter that fails does not stop the others; its last good page \
      stays, and the command fails.
      """)

  @OptionGroup var options: BookOptions
  @OptionGroup var running: RunOptions

  @Flag(help: "Print what was done as JSON.")
  var json = false

  func run() async throws {
    let stamp = try BuildStamp(options: options)
    if !running.fresh, running.only == nil, running.shard == nil, let summary = stamp.lastSummary()
    {
      return try report(summary, stamp.output)
    }
    let open = try await OpenBook(options, isFresh: running.fresh)
    let names = try running.chapters(of: open.book)
    // A part of a book has no site of its own: its results are merged where the others are.
    if running.shard != nil {
      return try BuildSummary(try await open.run(names, jobs: running.jobs)).show(asJSON: json)
    }
    let edition = try Edition(open)
    let outcomes = try await open.run(names, jobs: running.jobs, into: edition)
    let problems = try edition.finish()
    let summary = BuildSummary(outcomes, problems: problems)
    if summary.passed, running.only == nil { try stamp.keep(summary, for: open) }
    try report(summary, open.book.output)
  }

  private func report(_ summary: BuildSummary, _ output: FilePath) throws {
    try summary.show(asJSON: json)
    if !json { print("the site: \((output / "index.html").shown)") }
  }
}

extension Edition {
  /// The edition of an open book, with every chapter that can be read, and what is kept of each.
  convenience init(_ open: OpenBook) throws {
    let book = open.book
    let theme = try Theme(at: open.installation.root / "Site", cache: book.cacheFolder)
    let chapters = book.chapterNames.compactMap { try? book.chapter($0) }
    let isReproducible = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] != nil
    self.init(
      site: Site(book: book, theme: theme, isReproducible: isReproducible), chapters: chapters)
    try writeAssets()
  }
}

extension OpenBook {
  /// Runs chapters and weaves each as it ends; those not named are woven where their results are kept.
  func run(_ names: [String], jobs: Int, into edition: Edition) async throws -> [ChapterOutcome] {
    for name in book.chapterNames where !names.contains(name) {
      if let chapter = try? book.chapter(name), let kept = try? runner.kept(chapter) {
        _ = try edition.take(kept)
      } else {
        edition.fail(name)
      }
    }
    let outcomes = try await run(names, jobs: jobs) { outcome in
      outcome.woven(into: edition)
    }
    return outcomes
  }
}
