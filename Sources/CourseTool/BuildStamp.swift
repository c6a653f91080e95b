import Foundation
import Literate
import Runner

/// Tells in milliseconds that nothing has changed since the last whole build: the sizes and times of all
/// files that went in and of all that came out.
struct BuildStamp {
  let output: FilePath
  private let file: FilePath
  private let book: Book
  private let installation: Installation

  init(options: BookOptions) throws {
    book = try options.read()
    installation = try Installation.find()
    output = book.output
    file = book.cacheFolder / "last-build.json"
  }

  private struct Kept: Codable {
    var digest: Digest
    var summary: BuildSummary
  }

  /// What the last build came to, where building again would change nothing.
  func lastSummary() -> BuildSummary? {
    guard let bytes = try? file.read(),
      var kept = try? JSONDecoder().decode(Kept.self, from: Data(bytes)), kept.digest == digest()
    else { return nil }
    for index in kept.summary.chapters.indices {
      kept.summary.chapters[index].wasKept = true
      kept.summary.chapters[index].seconds = 0
    }
    return kept.summary
  }

  func keep(_ summary: BuildSummary, for open: OpenBook) throws {
    let kept = Kept(digest: digest(), summary: summary)
    try file.replace(with: [UInt8](JSONEncoder().encode(kept)))
  }

  private func digest() -> Digest {
    var digest = Digest()
    func add(_ path: FilePath) {
      if let status = path.status { digest.add("\(path) \(status.size) \(status.modified)") }
    }
    func addFolder(_ folder: FilePath, depth: Int) {
      for name in folder.children {
        let path = folder / name
        if !path.isDirectory { add(path) } else if depth > 0 { addFolder(path, depth: depth - 1) }
      }
    }
    let environment = ProcessInfo.processInfo.environment
    digest.add("\(environment["SOURCE_DATE_EPOCH"] != nil) \(environment["PATH"] ?? "")")
    add(installation.libraries / "course")
    add(installation.libraries / "libCourse.a")
    addFolder(installation.root / "Site", depth: 1)
    addFolder(book.directory, depth: 0)
    addFolder(output, depth: 1)
    for name in book.chapterNames { add(book.cacheFolder / "chapters" / name / "kept.json") }
    for set in DataSet.all { for place in set.files.joined() { add(FilePath(place)) } }
    return digest
  }
}
