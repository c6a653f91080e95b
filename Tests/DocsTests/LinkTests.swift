import Literate
import Testing
import Workbench

@Suite("Links of the documents")
struct LinkTests {
  @Test("lead to files and headings that are there", arguments: try Document.all)
  func resolve(_ document: Document) throws {
    for match in document.prose.matches(of: #/\]\(([^)\s]+)\)/#) {
      let target = String(match.output.1)
      if target.contains("://") || target.hasPrefix("mailto:") { continue }
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file =
        parts[0].isEmpty ? document.path : (document.path.parent / String(parts[0])).standardized
      #expect(file.exists, "\(document.name): \(target) leads to no file")
      if parts.count > 1, file.exists {
        let slugs = try headings(of: file).map(slug)
        #expect(
          slugs.contains(String(parts[1])),
          "\(document.name): \(target) leads to no heading; there are \(slugs)")
      }
    }
  }

  @Test("name every chapter of the course in README.md, and no other")
  func chapters() throws {
    let readme = try Document("README.md")
    let linked = readme.prose.matches(of: #/\]\(Chapters/([^)]+)\.md\)/#).map {
      String($0.output.1)
    }
    let yaml = try SourceText(
      contentsOf: Workbench.root / "Chapters/Book.yaml", shownAs: "Book.yaml")
    let listed = yaml.text.matches(of: #/- (\d+-[a-z-]+)/#).map { String($0.output.1) }
    #expect(!listed.isEmpty)
    #expect(linked == listed)
  }

  /// Headings of a document, those that fences seem to have apart.
  private func headings(of file: FilePath) throws -> [Substring] {
    let name = String(file.string.dropFirst(Workbench.root.string.count + 1))
    return try Document(name).prose.split(separator: "\n").filter { $0.hasPrefix("#") }
      .map { $0.drop { $0 == "#" }.drop { $0 == " " } }
  }

  /// As code hosts name a heading: lower case, hyphens for spaces, no other punctuation.
  private func slug(_ heading: Substring) -> String {
    String(
      heading.lowercased().compactMap { character -> Character? in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || "-_".contains(character)
          ? character : nil
      })
  }
}
