import Foundation
import Literate
import Outputs
import Runner
import SiteGenerator
import Testing
import Workbench

@Suite struct SiteTests {
  private var twoChapters: Weaving {
    var weaving = Weaving(
      "The *mixture* draws.\n\n## Écarts\n\nA café and a mixture.\n\n[](11-bound.md#elbo)")
    weaving.add("11-bound", title: "The bound", "$$ L \\label{elbo} $$\n\nNo mixtures here.")
    return weaving
  }

  @Test func `the same chapter gives the same page, byte for byte`() throws {
    #expect(try twoChapters.pages() == twoChapters.pages())
  }

  @Test func `seconds and memory are left out of a reproducible page`() throws {
    var weaving = twoChapters
    #expect(!(try weaving.pages()[0].html.contains("38 MB")))
    weaving.isReproducible = false
    #expect(
      try weaving.pages()[0].html.contains(
        "Compiled in 1.2 s, ran in 3.4 s with at most 38 MB of memory."))
  }

  @Test func `a chapter that has not run is shown without its outputs, and says so`() throws {
    let (site, results, outline) = try twoChapters.woven()
    let page = try site.page(forUnrun: results[0].chapter, in: outline)
    #expect(page.html.contains("This chapter has not run yet."))
    #expect(!(try site.page(for: results[0], in: outline).html.contains("has not run yet")))
  }

  @Test func `whoever made a chapter's data is thanked at its foot, as the licence asks`() throws {
    var weaving = Weaving("No data.")
    weaving.add("11-data", title: "Data", data: ["creatures", "fashion-mnist"], "Some data.")
    let pages = try weaving.pages()
    #expect(!pages[0].html.contains("Data:"))
    let foot = try #require(pages[1].html.split(separator: "<footer", maxSplits: 1).last)
    #expect(
      foot.contains(
        """
        <p class="data-credit">Data: creatures. 32×32 tiles of the game Angband, © 1999 David Gervais; \
        here made smaller, in fewer colours and on white \
        (<a rel="license" href="https://creativecommons.org/licenses/by/3.0/">CC BY 3.0</a>).</p>
        <p class="data-credit">Data: fashion-mnist. \
        Fashion-MNIST by Han Xiao, Kashif Rasul and Roland Vollgraf, © 2017 Zalando SE (MIT licence).</p>
        """))
  }

  @Test func `pages lead to the chapter before and after`() throws {
    let pages = try twoChapters.pages()
    #expect(pages[0].html.contains("<a rel=\"next\" href=\"11-bound.html\">"))
    #expect(!pages[0].html.contains("rel=\"prev\""))
    #expect(pages[1].html.contains("<a rel=\"prev\" href=\"10-mixtures.html\">"))
  }

  @Test func `no page asks for anything outside the site`() throws {
    for page in try twoChapters.pages() {
      #expect(!page.html.contains("src=\"http"))
      #expect(!page.html.contains("<link rel=\"stylesheet\" href=\"http"))
      #expect(!page.html.contains("@import"))
    }
  }

  @Test func `every link that leads nowhere is found`() throws {
    let (site, results, outline) = try twoChapters.woven()
    var pages = try results.map { try site.page(for: $0, in: outline) }
    pages.append(site.contentsPage(of: pages, in: outline))
    #expect(site.problems(in: pages).isEmpty)

    pages[1].ids.remove("elbo")
    pages[1].ids.insert("elbow")
    let problems = site.problems(in: pages).map { $0.explained(in: nil) }
    #expect(
      problems == [
        """
        book/10-mixtures.md:12: the page 10-mixtures.html links to 11-bound.html#elbo, which is not there
          → did you mean 11-bound.html#elbow?
        """
      ])
    #expect(!site.problems(in: [pages[0]]).isEmpty)
  }

  @Test func `the contents page has each chapter's question and what was checked`() throws {
    var weaving = Weaving(
      "```swift\nexpect()\n```", [.drawing(), .claim(.init("so", .holds(true), line: 7))])
    weaving.add("11-bound", title: "The bound", "Text.")
    let (site, results, outline) = try weaving.woven()
    let pages = try results.map { try site.page(for: $0, in: outline) }
    let html = site.contentsPage(of: pages, in: outline).html
    #expect(html.contains("<h1>The course</h1>"))
    #expect(html.contains("What I cannot create, I do not understand."))
    #expect(html.contains("<span class=\"asks\">How?</span>"))
    #expect(html.contains("1 check holds"))
    #expect(html.contains("<img src=\"figures/10-mixtures-1-thumbnail.svg\""))
    // A drawing that stands alone brings the colours of both themes.
    let thumbnail = try #require(pages[0].files.first { $0.path.hasSuffix("-thumbnail.svg") })
    let svg = String(decoding: thumbnail.bytes, as: UTF8.self)
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(svg.contains("--c1: light-dark("))
  }

  @Test(arguments: [(84, " class=\"pixels\""), (420, "")])
  func `the contents page shows small pictures pixel by pixel, and large ones smoothly`(
    side: Int, attribute: String
  ) throws {
    let picture = Figure.Picture(png: [1], width: side, height: side - 4, scale: 1)
    let figure = Figure(
      caption: "Dots.", alternative: "Dots.", content: .picture(picture), line: 6)
    let (site, results, outline) = try Weaving("```swift\nshow()\n```", [.figure(figure)]).woven()
    let pages = try results.map { try site.page(for: $0, in: outline) }
    #expect(
      site.contentsPage(of: pages, in: outline).html.contains(
        "<img src=\"figures/10-mixtures-1.png\" alt=\"\" loading=\"lazy\"\(attribute)>"))
  }

  @Test func `search knows each section by its words, without accents and capitals`() throws {
    let (site, results, outline) = try twoChapters.woven()
    let pages = try results.map { try site.page(for: $0, in: outline) }
    let script = String(decoding: site.searchIndex(of: pages).bytes, as: UTF8.self)
    let index = try SearchIndexReader(script)
    #expect(
      index.sections == [
        ["10-mixtures.html", "", "Mixtures", ""],
        ["10-mixtures.html", "ecarts", "Écarts", "Mixtures"].map { $0 == "ecarts" ? "écarts" : $0 },
        ["11-bound.html", "", "The bound", ""],
      ])
    #expect(index.sections(with: "cafe") == [1])
    #expect(index.sections(with: "mixture") == [0, 1])
    #expect(index.sections(with: "ecarts") == [1])
    #expect(index.sections(with: "bound") == [2])
    #expect(index.sections(with: "absent") == [])
  }

  @Test func `search finds Chinese from any of its characters on`() throws {
    let (site, results, outline) = try Weaving("Of 白日依山尽 and z山.").woven()
    let pages = try results.map { try site.page(for: $0, in: outline) }
    let index = try SearchIndexReader(
      String(decoding: site.searchIndex(of: pages).bytes, as: UTF8.self))
    for word in ["白日依山尽", "日依山尽", "山尽", "尽", "z山", "山"] {
      #expect(index.sections(with: word) == [0], "\(word)")
    }
    #expect(index.sections(with: "z") == [])
  }

  @Test func `only files that changed are written, and what is gone is removed`() throws {
    let folder = SiteFolder(FilePath(NSTemporaryDirectory()) / "site-\(UUID().uuidString)")
    defer { try? folder.path.remove() }
    let pages = try twoChapters.pages()
    #expect(try pages.flatMap { try folder.write($0) } == ["10-mixtures.html", "11-bound.html"])
    #expect(try pages.flatMap { try folder.write($0) } == [])
    var changed = pages[0]
    changed.html += "<!-- changed -->"
    #expect(try folder.write(changed) == ["10-mixtures.html"])

    try folder.write([
      SiteFile(path: "figures/10-mixtures-1.png", bytes: [1]),
      SiteFile(path: "keep.txt", bytes: [1]),
    ])
    #expect(
      try folder.removeAll(except: ["10-mixtures.html"]) == [
        "11-bound.html", "figures/10-mixtures-1.png",
      ])
    #expect(folder.path.children == ["10-mixtures.html", "figures", "keep.txt"])
  }

  @Test func `a theme without one of its files is told by name`() throws {
    let problem = #expect(throws: Problem.self) {
      try Theme(at: FilePath("/nowhere"), cache: FilePath(NSTemporaryDirectory()))
    }
    #expect(
      problem?.explained(in: nil) == """
        expected the theme's file style.css in /nowhere, found none
          → restore it: git checkout -- Site
        """)
  }

  /// In ratio to itself, by this thread's own time: the same on any machine, however busy.
  @Test func `a page eight times as long takes at most some eight times as long to weave`() throws {
    func weaving(parts: Int) throws -> () throws -> Double {
      let formulas = (1...12 * parts).map {
        "A formula $x_{\($0)} = \\frac{1}{\($0)}$ and prose.\n\n"
      }
      let cells = (1...6 * parts).map {
        "```swift\nlet value\($0) = \($0) * (2 + 3) // number\n```\n\n"
      }
      let (site, results, outline) = try Weaving((formulas + cells).joined()).woven()
      return { try threadSeconds { _ = try site.page(for: results[0], in: outline) } }
    }
    let (short, long) = (try weaving(parts: 3), try weaving(parts: 24))
    let least = try (0..<5).map { _ in try long() / short() }.min()!
    #expect(least < 16)
  }
}

private func threadSeconds(_ work: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  let start = now()
  try work()
  return now() - start
}

/// Reads the index as the script does.
private struct SearchIndexReader {
  var sections: [[String]]
  private var codes: [String: [Int]] = [:]

  init(_ script: String) throws {
    let body = script.dropFirst("searchIndex=".count).trimmingCharacters(in: .newlines)
    let json = body.replacing("{sections:", with: "{\"sections\":").replacing(
      ",words:", with: ",\"words\":")
    struct Index: Decodable {
      var sections: [[String]]
      var words: String
    }
    let index = try JSONDecoder().decode(Index.self, from: Data(json.utf8))
    sections = index.sections
    for line in index.words.split(separator: "\n") {
      let parts = line.split(separator: " ")
      var code = 0
      codes[String(parts[0])] = parts.dropFirst().map { step in
        code += Int(step)!
        return code
      }
    }
  }

  func sections(with word: String) -> [Int] { (codes[word] ?? []).map { $0 / 4 } }
}
