import Literate
import Outputs
import Runner

/// Weaves one chapter: goes through its blocks in order and gathers what its page is made of.
///
/// Each kind of block has its renderer in a file of its own, as an extension.
struct Weaver {
  let book: Book
  let outline: Outline
  let chapter: Chapter
  /// Nil for a chapter that has not run yet.
  let transcript: Transcript?
  let numbering: Numbering?
  /// Of the chapter's labelled equations.
  let equationNumbers: [String: String]
  let verdicts: [Verdict]
  /// Leaves out what differs from run to run.
  let isReproducible: Bool

  var problems: [Problem] = []
  var ids: Set<String> = []
  var links: [Page.Link] = []
  var files: [SiteFile] = []
  var sections = [Page.Section(id: "", title: "", text: "")]
  var awaited: Set<String> = []
  /// Keys of the sources cited, in order of their first citation.
  var cited: [String] = []
  /// Sidenotes of the block being woven, set after it.
  var pendingNotes: [HTML] = []
  /// About how many lines they fill in the margin.
  var pendingNoteLines = 0
  var noteCount = 0
  var exerciseCount = 0
  var thumbnail: Thumbnail?
  /// Styles that drawings brought with them and that stand on the page already.
  var drawingStyles: Set<String> = []
  /// Where the text being woven stands when it came from a cell's output, whose columns mean nothing.
  var origin: SourceLocation?
  /// Verdicts not shown yet, by cell.
  var waiting: [Int: [NumberedVerdict]] = [:]

  init(
    _ chapter: Chapter, ran: (transcript: Transcript, verdicts: [Verdict])?, book: Book,
    outline: Outline, isReproducible: Bool
  ) {
    self.book = book
    self.outline = outline
    self.chapter = chapter
    self.isReproducible = isReproducible
    equationNumbers = (outline[chapter.name]?.targets ?? [:]).compactMapValues {
      if case .equation(let number) = $0 { number } else { nil }
    }
    transcript = ran?.transcript
    numbering = ran.map { Numbering(chapter, $0.transcript) }
    verdicts = ran?.verdicts ?? []
    for (index, verdict) in verdicts.enumerated() {
      waiting[verdict.cell, default: []].append(NumberedVerdict(number: index + 1, verdict))
    }
  }

  /// The chapter's text, sidenotes after the block that refers to them.
  mutating func article() -> HTML {
    var html: HTML = ""
    for block in chapter.blocks {
      html += self.block(block)
      html += takeNotes(after: block)
    }
    html += referenceList()
    return html
  }

  /// Remembers an id of the page; the same one twice is a problem.
  mutating func claim(_ id: String, at place: SourceLocation) {
    if !ids.insert(id).inserted { problems.append(.sameID(id, twiceAt: place)) }
  }

  /// An id made here, not written by the author: gives way to the author's where they meet.
  mutating func claimFree(_ wish: String) -> String {
    var id = wish
    while outline[chapter.name]?.targets[id] != nil || ids.contains(id) { id += "-" }
    ids.insert(id)
    return id
  }

  mutating func link(to target: String, at place: SourceLocation?) {
    links.append(Page.Link(target: target, location: place))
  }

  /// Adds to what search finds in the current section.
  mutating func say(_ text: String) {
    if text.isEmpty { return }
    let last = sections.count - 1
    sections[last].text += (sections[last].text.isEmpty ? "" : " ") + text
  }
}
