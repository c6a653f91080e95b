import DataCatalogue
import Literate
import Runner

/// What stands round the text: head, header, sidebar, neighbours, foot. The templates have the HTML; here
/// is what they are given.
struct Shell {
  let book: Book
  let outline: Outline
  let theme: Theme

  struct Layout {
    var language: String
    var book: String
    var description: String
    var pageTitle: String
    var isContents: Bool
    /// "Part III. Codes".
    var part: String?
    var chapterTitle: String?
    var hasFormulas: Bool
    var font: String
    var parts: [SidebarPart]
    var main: String
  }

  struct SidebarPart {
    var title: String
    var chapters: [SidebarChapter]
  }

  struct SidebarChapter {
    var path: String
    var number: Int
    var title: String
    var isCurrent: Bool
    var sections: [SidebarSection]
    var hasSections: Bool
  }

  struct SidebarSection {
    var id: String
    var title: String
  }

  struct Neighbour {
    var path: String
    var number: Int
    var title: String
  }

  func title(of name: String) -> String { outline[name]?.title ?? name }
  func number(of name: String) -> Int {
    outline[name]?.number ?? Int(name.prefix { $0.isNumber }) ?? 0
  }

  func neighbour(_ name: String?) -> Neighbour? {
    name.map { Neighbour(path: "\($0).html", number: number(of: $0), title: title(of: $0)) }
  }

  func sidebar(at current: String?) -> [SidebarPart] {
    book.parts.map { part in
      SidebarPart(
        title: part.title,
        chapters: part.chapters.map { name in
          let sections = name == current ? outline[name]?.sections ?? [] : []
          return SidebarChapter(
            path: "\(name).html", number: number(of: name), title: title(of: name),
            isCurrent: name == current,
            sections: sections.map { SidebarSection(id: $0.id, title: $0.title.plainText) },
            hasSections: !sections.isEmpty)
        })
    }
  }

  func layout(
    title: String, description: String, current: String?, main: String
  ) -> String {
    let part = current.flatMap { name in book.parts.first { $0.chapters.contains(name) } }
    let layout = Layout(
      language: book.language, book: book.title, description: description, pageTitle: title,
      isContents: current == nil, part: part?.title,
      chapterTitle: current.map { "\(number(of: $0)). \(self.title(of: $0))" },
      hasFormulas: main.contains("<math"), font: Theme.fontPath, parts: sidebar(at: current),
      main: main)
    return theme.render(layout, with: "layout")
  }

  /// Links every page has.
  func links(from current: String?) -> [Page.Link] {
    (["index.html"] + book.chapterNames.map { "\($0).html" }).map {
      Page.Link(target: $0, location: nil)
    }
  }
}

// A chapter's page.
extension Shell {
  struct ChapterContext {
    var part: String?
    var number: Int
    var title: String
    var question: String
    var hasRun: Bool
    var checks: Checks?
    var article: String
    var previous: Neighbour?
    var next: Neighbour?
    var seed: String
    var measured: Measured?
    var data: [DataCredit]
  }

  struct Checks {
    var standing: String
    var badge: String
    var sentence: String
    var list: String
  }

  struct Measured {
    var compiler: String
    var target: String
    /// Nil in a reproducible build.
    var run: String?
  }

  struct DataCredit {
    var name: String
    var credit: String
    var licence: String
    var address: String?
  }

  func chapterPage(
    _ chapter: Chapter, article: HTML, checks: CheckSummary?, measured: Transcript.Measured?,
    isReproducible: Bool
  ) -> String {
    let names = book.chapterNames
    let index = names.firstIndex(of: chapter.name)
    let part = book.parts.first { $0.chapters.contains(chapter.name) }
    let context = ChapterContext(
      part: part?.title, number: chapter.number, title: chapter.title,
      question: chapter.frontMatter.question, hasRun: measured != nil,
      checks: checks.map {
        Checks(
          standing: $0.standing.rawValue, badge: $0.standing.badge.source, sentence: $0.sentence,
          list: $0.list.source)
      },
      article: article.source,
      previous: neighbour(index.flatMap { $0 > 0 ? names[$0 - 1] : nil }),
      next: neighbour(index.flatMap { $0 + 1 < names.count ? names[$0 + 1] : nil }),
      seed: String(chapter.frontMatter.seed),
      measured: measured.map {
        Measured(
          compiler: $0.compiler, target: $0.target,
          run: isReproducible
            ? nil
            : "Compiled in \(Quantity.seconds($0.compileSeconds)), ran in "
              + "\(Quantity.seconds($0.runSeconds)) with at most \(Quantity.bytes($0.peakMemory)) of memory."
        )
      },
      data: chapter.frontMatter.data.compactMap { name in
        DataSet.all.first { $0.name == name }.map {
          DataCredit(
            name: name, credit: $0.credit, licence: $0.licence.name, address: $0.licence.address)
        }
      })
    return layout(
      title: "\(chapter.title) · \(book.title)", description: chapter.frontMatter.question,
      current: chapter.name, main: theme.render(context, with: "chapter"))
  }
}
