import Literate

// Citations and the list of what they cite.
extension Weaver {
  mutating func citation(_ keys: [String], at place: SourceLocation) -> HTML {
    var numbers: [HTML] = []
    for key in keys {
      guard let source = book.references[key] else {
        problems.append(.unknownCitation(key, at: place, among: book.references.keys))
        continue
      }
      if !cited.contains(key) { cited.append(key) }
      let number = cited.firstIndex(of: key)! + 1
      let words = "\(source.authors), \(source.title) (\(String(source.year)))"
      numbers.append("<a href=\"#reference-\(number)\" title=\"\(words)\">\(number)</a>")
      link(to: "#reference-\(number)", at: place)
    }
    return "<span class=\"citation\">[\(numbers.joined(separator: ", "))]</span>"
  }

  mutating func referenceList() -> HTML {
    if cited.isEmpty { return "" }
    let id = claimFree("references")
    sections.append(Page.Section(id: id, title: "References", text: ""))
    var items: HTML = ""
    for (index, key) in cited.enumerated() {
      let source = book.references[key]!
      let reference = claimFree("reference-\(index + 1)")
      let address: HTML =
        source.url.map { " <a href=\"\($0)\">\($0.withoutScheme)</a>" } ?? ""
      items += """
        <li id="\(reference)">\(source.authors). <cite>\(source.title)</cite>. \
        \(source.venue), \(String(source.year)).\(address)</li>

        """
      say("\(source.authors) \(source.title)")
    }
    return """
      <div class="heading"><h2 id="\(id)">References</h2>\
      <a class="permalink" href="#\(id)" aria-label="Link to “References”">#</a></div>
      <ol class="references">
      \(items)</ol>

      """
  }
}

extension String {
  fileprivate var withoutScheme: Substring {
    guard let range = firstRange(of: "://") else { return self[...] }
    let rest = self[range.upperBound...]
    return rest.hasSuffix("/") ? rest.dropLast() : rest
  }
}
