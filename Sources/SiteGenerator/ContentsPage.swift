import Literate

// The page the site opens with.
extension Shell {
  struct ContentsContext {
    var title: String
    var description: String
    var first: Neighbour?
    var parts: [ContentsPart]
  }

  struct ContentsPart {
    var title: String
    var summary: String
    var chapters: [ContentsChapter]
  }

  struct ContentsChapter {
    var path: String
    var number: Int
    var title: String
    var question: String
    var thumbnail: String?
    var isPixelated: Bool
    var checks: String?
    var standing: String
    var badge: String
  }

  func contentsPage(_ pages: [Page]) -> String {
    let pageOfChapter = Dictionary(
      pages.compactMap { page in page.chapter.map { ($0, page) } }, uniquingKeysWith: { $1 })
    let parts = book.parts.map { part in
      ContentsPart(
        title: part.title, summary: part.summary,
        chapters: part.chapters.map { name in
          let page = pageOfChapter[name]
          let standing: Standing = page?.checksStand ?? true ? .holds : .fails
          var isPixelated = false
          if case .picture(_, _, let isSmall)? = page?.thumbnail { isPixelated = isSmall }
          return ContentsChapter(
            path: "\(name).html", number: number(of: name), title: title(of: name),
            question: outline[name]?.question ?? "", thumbnail: page?.thumbnail?.path,
            isPixelated: isPixelated, checks: page?.checks, standing: standing.rawValue,
            badge: standing.badge.source)
        })
    }
    let context = ContentsContext(
      title: book.title, description: book.description,
      first: neighbour(book.chapterNames.first), parts: parts)
    return layout(
      title: book.title, description: book.description, current: nil,
      main: theme.render(context, with: "contents"))
  }
}
