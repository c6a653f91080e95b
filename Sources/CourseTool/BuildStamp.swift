import DataCatalogue
import Foundation
import Literate
import Runner

/// Tells in milliseconds that nothing has changed since the last whole build: the sizes and times of all
/// files that went in and of all that came out.
struct BuildStamp {
  let output: FilePath
  private let file: FilePath
  private let book: Book
  /// What goes in, as it stood before the build read it: what is changed while it runs is built next.
  private let inputs: Digest

  init(options: BookOptions) throws {
    let installation = try Installation.find()
    inputs = Self.inputs(in: try options.directory().standardized, installation)
    book = try options.read()
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

  private static func inputs(in directory: FilePath, _ installation: Installation) -> Digest {
    var digest = Digest()
    let environment = ProcessInfo.processInfo.environment
    let path = environment["PATH"] ?? ""
    digest.add("\(environment["SOURCE_DATE_EPOCH"] != nil) \(path)")
    for folder in path.split(separator: ":") { digest.add(FilePath("\(folder)/swiftc")) }
    digest.add(installation.libraries / "course")
    digest.add(installation.libraries / "libCourse.a")
    digest.add(folder: installation.root / "Site", depth: 1)
    digest.add(folder: directory, depth: 0)
    for set in DataSet.all { for place in set.files.joined() { digest.add(FilePath(place)) } }
    return digest
  }

  /// What went in before the build, and what came out as it stands now.
  private func digest() -> Digest {
    var digest = inputs
    digest.add(folder: output, depth: 1)
    for name in book.chapterNames {
      digest.add(book.cacheFolder / "chapters" / name / "kept.json")
    }
    return digest
  }
}

extension Digest {
  /// Adds a file's size and time, where there is one.
  fileprivate mutating func add(_ path: FilePath) {
    if let status = path.status { add("\(path) \(status.size) \(status.modified)") }
  }

  fileprivate mutating func add(folder: FilePath, depth: Int) {
    for name in folder.children {
      let path = folder / name
      if !path.isDirectory { add(path) } else if depth > 0 { add(folder: path, depth: depth - 1) }
    }
  }
}
