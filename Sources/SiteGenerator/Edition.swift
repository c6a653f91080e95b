import Foundation
public import Literate
public import Runner
import Synchronization

/// A book on its way to becoming a site: takes in chapters as they end, and writes each page at once.
///
/// A chapter that fails leaves its last good page where it is.
public final class Edition: Sendable {
  private let site: Site
  private let folder: SiteFolder
  private let state: Mutex<State>

  private struct State {
    var outline = Outline()
    /// Results of chapters that stand, by name.
    var results: [String: ChapterResult] = [:]
    var unrun: [String: Chapter] = [:]
    var pages: [String: Page] = [:]
    var failed: Set<String> = []
    var changed: [String] = []
  }

  /// - Parameter chapters: every chapter of the book that could be read, as it stands now, so that the
  ///   first page knows the titles and labels of the last.
  public init(site: Site, chapters: [Chapter]) {
    self.site = site
    folder = SiteFolder(site.book.output)
    var state = State()
    for chapter in chapters { state.outline.take(chapter) }
    self.state = Mutex(state)
  }

  /// Takes in a chapter that ran and stands; writes its page. Problems of the page: formulas, links.
  public func take(_ result: ChapterResult) throws -> [Problem] {
    try state.withLock { state in
      let name = result.chapter.name
      state.outline.take(result)
      state.results[name] = result
      state.unrun[name] = nil
      state.failed.remove(name)
      return try weave(name, &state)
    }
  }

  /// Shows a chapter without its outputs until it has run.
  public func take(unrun chapter: Chapter) throws -> [Problem] {
    try state.withLock { state in
      state.outline.take(chapter)
      state.unrun[chapter.name] = chapter
      state.results[chapter.name] = nil
      return try weave(chapter.name, &state)
    }
  }

  /// Notes that a chapter failed: what was written of it stays.
  public func fail(_ name: String) {
    state.withLock { _ = $0.failed.insert(name) }
  }

  /// Weaves anew the pages that waited for others' numbers, checks all links, and writes what the pages
  /// share. Where a chapter failed, the contents and the search of the last good site stay.
  public func finish() throws -> [Problem] {
    try state.withLock { state in
      var problems: [Problem] = []
      for (name, page) in state.pages where !page.awaited.isEmpty {
        problems += try weave(name, &state)
      }
      let pages = site.book.chapterNames.compactMap { state.pages[$0] }
      let contents = site.contentsPage(of: pages, in: state.outline)
      var isWhole = state.failed.isEmpty && pages.count == site.book.chapterNames.count
      if isWhole { problems += site.problems(in: pages + [contents]) }
      isWhole = isWhole && problems.isEmpty
      if isWhole || !(folder.path / contents.path).exists {
        let shared = [site.searchIndex(of: pages)] + site.theme.assets
        state.changed += try folder.write(shared) + folder.write(contents)
        if isWhole {
          let files = (pages + [contents]).flatMap { [$0.path] + $0.files.map(\.path) }
          state.changed += try folder.removeAll(except: Set(files + shared.map(\.path)))
        }
      }
      return problems
    }
  }

  /// Paths written or removed since the last call.
  public func takeChanges() -> [String] {
    state.withLock { state in
      defer { state.changed = [] }
      return state.changed
    }
  }

  /// Writes what every page needs besides itself, so that a page can be read before the site is whole.
  public func writeAssets() throws {
    try state.withLock { $0.changed += try folder.write(site.theme.assets) }
  }

  private func weave(_ name: String, _ state: inout State) throws -> [Problem] {
    do {
      let page: Page
      if let result = state.results[name] {
        page = try site.page(for: result, in: state.outline)
      } else if let chapter = state.unrun[name] {
        page = try site.page(forUnrun: chapter, in: state.outline)
      } else {
        return []
      }
      state.pages[name] = page
      state.changed += try folder.write(page)
      return []
    } catch let problems as Problems {
      state.failed.insert(name)
      return problems.list
    }
  }
}

extension ChapterOutcome {
  /// The outcome with the problems of its page, which is written where there are none.
  public func woven(into edition: Edition) -> ChapterOutcome {
    guard case .success(let result) = result, result.hasPassed else {
      edition.fail(name)
      return self
    }
    var woven = self
    do {
      let problems = try edition.take(result)
      if !problems.isEmpty { woven.result = .failure(Problems(problems)) }
    } catch {
      edition.fail(name)
      woven.result = .failure(Problems([.unwritable(error)]))
    }
    return woven
  }
}

extension Problem {
  /// A full disk, a folder that may not be written.
  public static func unwritable(_ error: any Error) -> Problem {
    let words = (error as NSError).localizedDescription
    let underlying = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?
      .localizedDescription
    return Problem(
      "could not write the site: \(words)",
      mend: "make room or make the folder writable, and build again; what was there is unharmed",
      details: underlying.map { [$0] } ?? [])
  }
}
