import Literate

// The English of what can be wrong with a page, in one place.
extension Problem {
  static func malformedFormula(
    _ message: String, at place: SourceLocation, tex: String
  ) -> Problem {
    Problem(at: place, "the formula cannot be set: \(message)", details: ["in \(tex)"])
  }

  static func unknownTarget(
    _ id: String, in file: String, at place: SourceLocation, among ids: some Sequence<String>
  ) -> Problem {
    Problem(
      at: place, "expected an equation, figure or heading of \(file), found #\(id)",
      mend: Suggestion.mend(for: id, among: ids, calledAs: "ids"))
  }

  static func unknownChapter(
    _ name: String, at place: SourceLocation, among names: some Sequence<String>
  ) -> Problem {
    Problem(
      at: place, "expected a chapter of the book, found \(name).md",
      mend: Suggestion.mend(for: name, among: names, calledAs: "chapters"))
  }

  static func namelessReference(to target: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected words for the link to \(target), which has no number, found none",
      mend: "write them between the brackets")
  }

  static func relativeLink(_ target: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected a link to a chapter, a #place or a web address, found \(target)",
      mend: "link to a chapter by its file: 11-name.md#place")
  }

  static func unknownCitation(
    _ key: String, at place: SourceLocation, among keys: some Sequence<String>
  ) -> Problem {
    Problem(
      at: place, "expected a source that references.yaml has, found @\(key)",
      mend: Suggestion.mend(for: key, among: keys, calledAs: "sources"))
  }

  static func sameID(_ id: String, twiceAt place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected every place of a page to have an id of its own, found \(id) twice",
      mend: "rename one of the headings, labels or cells")
  }

  static func notInline(_ kind: String, at place: SourceLocation) -> Problem {
    Problem(at: place, "expected \(kind) of one paragraph, found other Markdown")
  }

  static func brokenLink(_ link: Page.Link, on page: String, among targets: [String]) -> Problem {
    Problem(
      at: link.location, "the page \(page) links to \(link.target), which is not there",
      mend: Suggestion.nearest(to: link.target, among: targets).map { "did you mean \($0)?" })
  }

  static func missingThemeFile(_ path: FilePath) -> Problem {
    Problem(
      "expected the theme's file \(path.name) in \(path.parent), found none",
      mend: "restore it: git checkout -- Site")
  }

  static func brokenTemplate(_ name: String, _ error: any Error) -> Problem {
    Problem("the template \(name) cannot be read", details: ["\(error)"])
  }

  static func missingFont(lookedAt paths: [String]) -> Problem {
    Problem(
      "expected the font Latin Modern Math, found none", mend: "apt-get install fonts-lmodern",
      details: paths.map { "looked at \($0)" })
  }

  static func missingFontTool(_ reason: String) -> Problem {
    Problem(
      "expected the program woff2_compress, which packs the font of the formulas: \(reason)",
      mend: "apt-get install woff2")
  }
}
