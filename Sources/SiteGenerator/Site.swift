public import Literate
public import Runner

/// Weaves the results of chapters into the pages of a site.
///
/// A page depends on its own chapter, on the book and on the outline alone, so that a page woven early
/// and one woven in a clean build are the same, byte for byte.
public struct Site: Sendable {
  public let book: Book
  public let theme: Theme
  let isReproducible: Bool

  /// - Parameter isReproducible: leaves out seconds and memory, which differ from run to run.
  public init(book: Book, theme: Theme, isReproducible: Bool) {
    self.book = book
    self.theme = theme
    self.isReproducible = isReproducible
  }

  /// The page of a chapter that ran.
  public func page(for result: ChapterResult, in outline: Outline) throws(Problems) -> Page {
    try page(of: result.chapter, ran: (result.transcript, result.verdicts), in: outline)
  }

  /// The page of a chapter that has not run yet, without its outputs.
  public func page(forUnrun chapter: Chapter, in outline: Outline) throws(Problems) -> Page {
    try page(of: chapter, ran: nil, in: outline)
  }

  private func page(
    of chapter: Chapter, ran: (transcript: Transcript, verdicts: [Verdict])?, in outline: Outline
  ) throws(Problems) -> Page {
    var weaver = Weaver(
      chapter, ran: ran, book: book, outline: outline, isReproducible: isReproducible)
    let article = weaver.article()
    if !weaver.problems.isEmpty {
      throw Problems(weaver.problems.sorted { $0.location ?? top < $1.location ?? top })
    }
    let hidden = Set(chapter.cells.filter(\.flags.isHidden).map(\.index))
    let checks = ran.flatMap { CheckSummary($0.verdicts, $0.transcript, hidden: hidden) }
    let shell = Shell(book: book, outline: outline, theme: theme)
    let html = shell.chapterPage(
      chapter, article: article, checks: checks, measured: ran?.transcript.measured,
      isReproducible: isReproducible)
    var page = Page(
      path: "\(chapter.name).html", title: chapter.title, html: html, files: weaver.files,
      ids: weaver.ids, links: weaver.links + shell.links(from: chapter.name),
      sections: weaver.sections, awaited: weaver.awaited, chapter: chapter.name,
      checks: checks?.brief, checksStand: checks?.standing != .fails, thumbnail: weaver.thumbnail)
    if let file = weaver.thumbnail?.file(palette: theme.palette) { page.files.append(file) }
    return page
  }

  private var top: SourceLocation { SourceLocation(file: "", line: 0) }

  /// The page the site opens with, made from the chapters' pages.
  public func contentsPage(of pages: [Page], in outline: Outline) -> Page {
    let shell = Shell(book: book, outline: outline, theme: theme)
    return Page(
      path: "index.html", title: book.title, html: shell.contentsPage(pages), files: [], ids: [],
      links: shell.links(from: nil), sections: [], awaited: [], chapter: nil, checks: nil,
      checksStand: true, thumbnail: nil)
  }
}
