import Foundation
import Literate
import Runner
import SiteGenerator
import Synchronization

/// A book in a folder of its own, built as the command line builds it; for tests.
public struct Workbench: Sendable {
  public let directory: FilePath
  public let installation: Installation

  /// What all benches share: compiled modules, the packed font.
  private static let shared = root / ".build/workbench"

  public static let root = FilePath(#filePath).parent.parent.parent

  /// The folders made so far, which are removed when the program ends: a test may hold on to a path alone.
  private static let made = Mutex<[FilePath]>([])
  private static let removal: Void = {
    atexit { for folder in Workbench.made.withLock({ $0 }) { try? folder.remove() } }
  }()

  /// A copy of one of the books under Tests/Fixtures.
  public init(copying fixture: String) throws {
    try self.init()
    let source = Self.root / "Tests/Fixtures" / fixture
    for name in source.children where !name.hasPrefix(".") {
      let bytes = try (source / name).read()
      try (directory / name).replace(with: bytes)
    }
  }

  /// A book of the given files.
  public init(_ files: [String: String] = [:]) throws {
    let name = "course-workbench-\(UInt64.random(in: 0 ... .max))"
    directory = FilePath(NSTemporaryDirectory()) / name
    try directory.makeDirectory()
    let folder = directory
    Self.made.withLock { $0.append(folder) }
    Self.removal
    let build = ProcessInfo.processInfo.environment["COURSE_LIBRARIES"]
    installation = Installation(
      root: Self.root, libraries: build.map { FilePath($0) } ?? Self.root / ".build/release")
    for (name, text) in files { try write(name, text) }
  }

  public func write(_ name: String, _ text: String) throws {
    try (directory / name).replace(with: Array(text.utf8))
  }

  public var book: Book {
    get throws { try Book(at: directory, shownAs: "book") }
  }

  public func runner(isFresh: Bool = false) async throws -> ChapterRunner {
    let toolchain = try await Toolchain.find(cache: Self.shared, installation: installation)
    return ChapterRunner(
      toolchain: toolchain, cache: RunCache(folder: directory / ".course"), isFresh: isFresh)
  }

  /// Runs the book and weaves its site.
  @discardableResult
  public func run(isFresh: Bool = false) async throws -> [ChapterOutcome] {
    let book = try book
    let edition = try edition(of: book, book.chapterNames.compactMap { try? book.chapter($0) })
    let runner = try await runner(isFresh: isFresh)
    let outcomes = try await BookRunner(runner: runner, jobs: 2) { $0.woven(into: edition) }
      .run(book.chapterNames, of: book) { _ in }
    let problems = try edition.finish()
    if !problems.isEmpty { throw Problems(problems) }
    return outcomes
  }

  /// Weaves chapters that ran already; the problems of their pages.
  public func weave(_ results: [ChapterResult], of book: Book) throws -> [Problem] {
    let edition = try edition(of: book, results.map(\.chapter))
    return try results.flatMap { try edition.take($0) } + edition.finish()
  }

  private func edition(of book: Book, _ chapters: [Chapter]) throws -> Edition {
    let theme = try Theme(at: installation.root / "Site", cache: Self.shared)
    let edition = Edition(
      site: Site(book: book, theme: theme, isReproducible: true), chapters: chapters)
    try edition.writeAssets()
    return edition
  }

  /// Every file of the site with its bytes.
  public func site() throws -> [String: [UInt8]] {
    let output = try book.output
    var files: [String: [UInt8]] = [:]
    for name in output.children {
      if (output / name).isDirectory {
        for inner in (output / name).children {
          files["\(name)/\(inner)"] = try (output / name / inner).read()
        }
      } else {
        files[name] = try (output / name).read()
      }
    }
    return files
  }
}
