import Literate
import Outputs
import Runner
import SiteGenerator
import Testing
import Workbench

/// A small book with outputs made by hand, woven with the course's own theme.
struct Weaving {
  static let theme = Result<Theme, Problem> { () throws(Problem) in
    try Theme(at: Workbench.root / "Site", cache: Workbench.root / ".build/workbench")
  }

  private var texts: [(name: String, text: String)] = []
  /// What each chapter's cells put out.
  var outputs: [String: [[CellOutput]]] = [:]
  var interpolations: [String] = []
  var isReproducible = true

  /// - Parameter text: the first chapter, 10-mixtures, without its front matter.
  init(_ text: String, _ outputs: [CellOutput]...) {
    add("10-mixtures", title: "Mixtures", text)
    self.outputs["10-mixtures"] = outputs
  }

  mutating func add(_ name: String, title: String, data: [String] = [], _ text: String) {
    let named = data.isEmpty ? "" : "data: [\(data.joined(separator: ", "))]\n"
    texts.append(
      (name, "---\ntitle: \(title)\nquestion: How?\nseed: 7\n\(named)---\n\(text)\n"))
  }

  /// The book, its chapters and what they came to.
  func woven() throws -> (site: Site, results: [ChapterResult], outline: Outline) {
    let names = texts.map(\.name).joined(separator: ", ")
    var files = [
      "Book.yaml": """
      title: The course
      description: What I cannot create, I do not understand.
      parts:
        - title: Part I
          summary: All of it.
          chapters: [\(names)]
      """,
      "references.yaml": """
      kingma2014:
        authors: D. P. Kingma and M. Welling
        title: Auto-encoding variational Bayes
        venue: ICLR
        year: 2014
        url: https://arxiv.org/abs/1312.6114
      """,
    ]
    for (name, text) in texts { files["\(name).md"] = text }
    let book = try Workbench(files).book
    let results = try book.chapterNames.map { result(try book.chapter($0)) }
    var outline = Outline()
    for result in results { outline.take(result) }
    let site = Site(book: book, theme: try Self.theme.get(), isReproducible: isReproducible)
    return (site, results, outline)
  }

  private func result(_ chapter: Chapter) -> ChapterResult {
    let given = outputs[chapter.name] ?? []
    let transcript = Transcript(
      cells: chapter.cells.indices.map { index in
        .init(outputs: given.indices.contains(index) ? given[index] : [], seconds: 0.1)
      },
      interpolations: interpolations,
      measured: .init(
        compileSeconds: 1.2, runSeconds: 3.4, peakMemory: 38_000_000, compiler: "Swift 6.3.1",
        target: "x86_64-unknown-linux-gnu"))
    return ChapterResult(
      chapter: chapter, transcript: transcript,
      verdicts: Check.verdicts(of: transcript, for: chapter))
  }

  func pages() throws -> [Page] {
    let (site, results, outline) = try woven()
    return try results.map { try site.page(for: $0, in: outline) }
  }

  /// The text of the first chapter, without what stands round it.
  func article() throws -> String {
    let html = try pages()[0].html
    let front = try #require(html.firstRange(of: "<header class=\"front\">"))
    let start = try #require(html[front.upperBound...].firstRange(of: "</header>\n"))
    let end = try #require(html.firstRange(of: "</article>"))
    return String(html[start.upperBound..<end.lowerBound])
  }

  func firstProblem() throws -> String { try #require(try problems().first) }

  /// The problems of the first chapter's page, as a person reads them.
  func problems() throws -> [String] {
    let (site, results, outline) = try woven()
    do {
      _ = try site.page(for: results[0], in: outline)
      return []
    } catch {
      return error.list.map { $0.explained(in: results[0].chapter.source) }
    }
  }
}

extension CellOutput {
  static func drawing(_ svg: String = "<svg viewBox=\"0 0 4 3\"></svg>", line: Int = 6) -> Self {
    .figure(
      Figure(
        caption: "A line.", alternative: "A straight line.",
        content: .drawing(.init(svg: svg, values: nil)), line: line))
  }
}
