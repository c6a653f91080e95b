import DataCatalogue
import Literate

/// The data sets that a chapter's front matter names.
enum ChapterData {
  /// A digest of each set's files, by its name. Every set that a cell reads must be named, so that a
  /// changed file is noticed and its maker is thanked on the page.
  static func digests(for chapter: Chapter) throws(Problem) -> [String: Digest] {
    var digests: [String: Digest] = [:]
    for name in chapter.frontMatter.data { digests[name] = try digest(of: name, for: chapter) }
    for set in DataSet.all where digests[set.name] == nil {
      guard let place = place(of: set.reader, in: chapter) else { continue }
      let named = (chapter.frontMatter.data + [set.name]).joined(separator: ", ")
      throw Problem(
        at: place,
        "expected the front matter to name the data set \(set.name), which \(set.reader) reads, "
          + "found no such name",
        mend: "write data: [\(named)]")
    }
    return digests
  }

  private static func digest(of name: String, for chapter: Chapter) throws(Problem) -> Digest {
    let place =
      SourceLocation(
        file: chapter.file,
        line: (chapter.source.lines.firstIndex { $0.hasPrefix("data:") } ?? 0) + 1)
    guard let set = DataSet.all.first(where: { $0.name == name }) else {
      throw Problem(
        at: place, "expected a data set that the course knows, found \(name)",
        mend: Suggestion.mend(for: name, among: DataSet.all.map(\.name), calledAs: "data sets"))
    }
    var digest = Digest()
    for places in set.files {
      guard let found = places.map({ FilePath($0) }).first(where: \.exists),
        let status = found.status
      else {
        throw Problem(
          at: place, "expected the data set \(name) at \(places[0]), found no file there",
          mend: "install it: apt-get install \(set.package)")
      }
      digest.add("\(found) \(status)")
    }
    return digest
  }

  /// Where a cell first uses the type called `name`, unless the chapter declares one of its own.
  private static func place(of name: String, in chapter: Chapter) -> SourceLocation? {
    var first: SourceLocation?
    for cell in chapter.cells {
      var last: SwiftToken?
      for token in SwiftTokens(cell.code).code {
        if token.kind == .typeName, token.text == name {
          if let last, ["struct", "class", "enum", "typealias"].contains(last.text) { return nil }
          first =
            first ?? SourceLocation(file: chapter.file, line: cell.firstLine + token.line - 1)
        }
        last = token
      }
    }
    return first
  }
}
