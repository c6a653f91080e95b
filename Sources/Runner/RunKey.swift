import Foundation
import Literate

/// What decides whether a chapter must run again. Two equal keys give the same transcript.
///
/// Prose and comments are not part of it: a cell counts by its tokens.
public struct RunKey: Sendable, Equatable, Codable {
  /// Raised when the tangle or the transcript changes its meaning.
  public var format = 2
  /// For each cell its code and flags.
  public var cells: [Digest]
  /// The prose's interpolations, by how many cells stand before them.
  public var interpolations: [Digest]
  public var seed: UInt64
  public var data: [String: Digest]
  public var library: Digest
  public var compiler: String

  public init(_ chapter: Chapter, toolchain: Toolchain) throws(Problem) {
    cells = chapter.cells.map { cell in
      var digest = Digest(of: SwiftTokens(cell.code).fingerprint)
      let flags = cell.flags
      digest.add("\(flags.traps) \(flags.fails ?? "") \(flags.timeout ?? 0)")
      return digest
    }
    interpolations = Array(repeating: Digest(), count: chapter.cells.count + 1)
    for interpolation in chapter.interpolations {
      let before = chapter.cells.count { $0.location < interpolation.location }
      interpolations[before].add(SwiftTokens(interpolation.code).fingerprint)
    }
    seed = chapter.frontMatter.seed
    data = try ChapterData.digests(for: chapter)
    library = toolchain.library
    compiler = "\(toolchain.version) \(toolchain.target)"
  }

  /// For each cell the key of all that can have a part in its results: the cells up to it, and what they
  /// call of those behind it.
  func memoKeys(of chapter: Chapter) -> [String] {
    var digest = Digest(of: "\(format) \(seed) \(library) \(compiler)")
    for name in data.keys.sorted() { digest.add("\(name) \(data[name]!)") }
    let ahead = Tangle.declarationsAhead(in: chapter)
    return zip(zip(cells, interpolations), ahead).map { own, declarations in
      digest.add("\(own.1) \(own.0)")
      var whole = digest
      for declaration in declarations { whole.add(declaration) }
      return whole.description
    }
  }

  /// What makes a chapter with this key run again where `kept` is what last succeeded, in words.
  public func differences(from kept: RunKey, in chapter: Chapter) -> [String] {
    var reasons: [String] = []
    if compiler != kept.compiler { reasons.append("the compiler changed to \(compiler)") }
    if library != kept.library { reasons.append("the course's library changed") }
    if seed != kept.seed { reasons.append("the seed changed from \(kept.seed) to \(seed)") }
    for name in Set(data.keys).union(kept.data.keys).sorted() where data[name] != kept.data[name] {
      reasons.append("the data set \(name) changed")
    }
    if cells.count != kept.cells.count {
      reasons.append("the number of cells changed from \(kept.cells.count) to \(cells.count)")
    }
    for (index, pair) in zip(cells, kept.cells).enumerated() where pair.0 != pair.1 {
      reasons.append("the code of the cell at \(chapter.cells[index].location) changed")
      break  // those after it may only have moved
    }
    if interpolations != kept.interpolations { reasons.append("a number in the prose changed") }
    if format != kept.format { reasons.append("this program keeps its results in a new way") }
    return reasons
  }
}
