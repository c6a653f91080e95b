import Foundation
import Literate
import Runner
import SiteGenerator

/// Keeps a book's site fresh: waits for its files to change, and builds what the change touches.
struct Workshop {
  var options: BookOptions
  var jobs: Int
  var bulletin: Bulletin

  /// Builds, and builds again at every change, until it is cancelled.
  func keepFresh() async throws {
    let directory = try options.directory()
    let theme = try Installation.find().root / "Site"
    let folders = [directory, theme, theme / "templates"]
    var seen = snapshot(folders)
    var isStale = true
    var pass = Task {}
    do {
      while true {
        let now = snapshot(folders)
        if now != seen {
          (seen, isStale) = (now, true)
        } else if isStale {
          // The files have stood still for a moment: no editor is in the middle of writing. What is
          // running would be out of date when it ends.
          isStale = false
          pass.cancel()
          await pass.value
          pass = Task { await build() }
        }
        try await Task.sleep(for: .milliseconds(40))
      }
    } catch {
      pass.cancel()
      await pass.value
      throw error
    }
  }

  private static let endings = [".md", ".yaml", ".css", ".js", ".mustache"]

  private func snapshot(_ folders: [FilePath]) -> [String: Double] {
    var times: [String: Double] = [:]
    for folder in folders {
      for name in folder.children
      where !name.hasPrefix(".") && Self.endings.contains(where: { name.hasSuffix($0) }) {
        times[(folder / name).string] = (folder / name).status?.modified
      }
    }
    return times
  }

  /// One pass over the book. What is kept shows first, the text changed last before all else.
  private func build() async {
    var problems: [Problem] = []
    do {
      let open = try await OpenBook(options)
      let edition = try Edition(open)
      let names = open.book.chapterNames.sorted {
        modified(open.book, $0) > modified(open.book, $1)
      }
      var waiting: [String] = []
      for name in names {
        do {
          let chapter = try open.book.chapter(name)
          if let kept = try open.runner.kept(chapter) {
            problems += try edition.take(kept)
          } else {
            waiting.append(name)
            if !(open.book.output / "\(name).html").exists {
              problems += try edition.take(unrun: chapter)
            }
          }
        } catch let found as Problems {
          problems += found.list
          edition.fail(name)
        } catch let found as Problem {
          problems.append(found)
          edition.fail(name)
        }
        await announce(edition, problems, running: Array(waiting))
      }
      problems += try edition.finish()
      await announce(edition, problems, running: waiting)
      if !waiting.isEmpty {
        problems += try await run(waiting, open, edition)
        problems += try edition.finish()
      }
      await announce(edition, problems, running: [])
      if !problems.isEmpty { Terminal.complain(Problems(problems)) }
    } catch is CancellationError {
      return
    } catch {
      let found =
        (error as? Problems)?.list ?? (error as? Problem).map { [$0] } ?? [.unwritable(error)]
      Terminal.complain(Problems(found))
      let words = found.map(explained)
      await bulletin.publish {
        $0.problems = words
        $0.running = [:]
      }
    }
  }

  private func run(
    _ names: [String], _ open: OpenBook, _ edition: Edition
  ) async throws -> [Problem] {
    let bulletin = bulletin
    let lines = ProgressLines(total: names.count)
    defer { lines.finish() }
    // One teller keeps the events in their order; all is told before the outcomes are.
    let (events, told) = AsyncStream.makeStream(of: BookRunner.Event.self)
    let teller = Task {
      for await event in events { await bulletin.tell(event, changes: edition.takeChanges()) }
    }
    func end() async {
      told.finish()
      await teller.value
    }
    do {
      let outcomes = try await BookRunner(
        runner: open.runner, jobs: jobs, finish: { $0.woven(into: edition) }
      ).run(names, of: open.book) { event in
        lines.tell(event)
        told.yield(event)
      }
      await end()
      return outcomes.flatMap(\.problems)
    } catch {
      await end()
      throw error
    }
  }

  private func announce(_ edition: Edition, _ problems: [Problem], running: [String]) async {
    let changes = edition.takeChanges()
    let words = problems.map(explained)
    await bulletin.publish { news in
      news.change(changes)
      news.problems = words
      news.running = Dictionary(
        uniqueKeysWithValues: running.map { ($0, Bulletin.Standing(words: "waiting")) })
    }
  }

  private func modified(_ book: Book, _ name: String) -> Double {
    book.path(ofChapter: name).status?.modified ?? 0
  }

  private func explained(_ problem: Problem) -> String {
    let source = problem.location.flatMap {
      try? SourceText(contentsOf: FilePath($0.file), shownAs: $0.file)
    }
    return problem.explained(in: source)
  }
}

extension Bulletin {
  /// Notes how far a chapter is, and which files have changed.
  func tell(_ event: BookRunner.Event, changes: [String]) {
    publish { news in
      news.change(changes)
      switch event {
      case .began(let name, _): news.running[name] = Standing(words: "reading")
      case .progress(let name, .compiling): news.running[name] = Standing(words: "compiling")
      case .progress(let name, .running(let cell, let count, let loop)):
        news.running[name] = Standing(
          words: "cell \(cell.index + 1) of \(count)",
          cell: Standing.Cell(
            code: cell.flags.isHidden ? nil : cell.code,
            loop: loop.map { Standing.Loop(words: $0.words, fraction: $0.fraction) }))
      case .ended(let outcome): news.running[outcome.name] = nil
      }
    }
  }
}
