import Outputs
import Runner
import SiteGenerator
import Testing

@Suite struct OutputTests {
  private static let cell = "```swift\nexpect()\n```"

  @Test func `a claim that holds shows its sentence and what was found`() throws {
    let claim = Claim("it is one", .near(measured: [1], expected: [1], tolerance: 0.5), line: 7)
    let article = try Weaving(Self.cell, [.claim(claim)]).article()
    #expect(
      article.contains(
        """
        <li class="verdict holds" id="check-1"><span class="mark" aria-hidden="true">✓</span>\
        <span class="visually-hidden">holds: </span><span class="sentence">it is one</span> \
        <span class="found">
        """.dropLastNewline))
  }

  @Test func `a claim that fails says why`() throws {
    let claim = Claim("it is two", .near(measured: [1], expected: [2], tolerance: 0.5), line: 7)
    let article = try Weaving(Self.cell, [.claim(claim)]).article()
    #expect(article.contains("<li class=\"verdict fails\" id=\"check-1\">"))
    #expect(article.contains("does not hold: "))
    #expect(article.contains("expected 2.0 ± 0.5, found 1.0"))
  }

  @Test func `a claim that must fail says so in words`() throws {
    let claim = Claim(
      "it is two", .near(measured: [1], expected: [2], tolerance: 0.5), line: 7, mustFail: true)
    let article = try Weaving(Self.cell, [.claim(claim)]).article()
    #expect(article.contains("<li class=\"verdict broken\""))
    #expect(article.contains("<span class=\"label\">fails, as it should</span> "))
    #expect(!article.contains("&lt;span"))
  }

  @Test func `what was checked is counted at the head and linked to its place`() throws {
    let claims = (1...3).map { CellOutput.claim(Claim("claim \($0)", .holds($0 < 3), line: 7)) }
    let html = try Weaving(Self.cell, claims).pages()[0].html
    #expect(html.contains("What was checked: 1 of 3 checks does not hold; 2 claims hold</summary>"))
    #expect(html.contains("<a href=\"#check-3\">claim 3</a>"))
    let good = try Weaving(Self.cell, [.derivation(.square)] + claims.prefix(2)).pages()[0].html
    #expect(
      good.contains("What was checked: 2 claims and 1 derivation (2 lines) all hold</summary>"))
  }

  @Test func `a derivation shows its lines, reasons, residuals and on what it was checked`() throws
  {
    let article = try Weaving(Self.cell, [.derivation(.square)]).article()
    #expect(article.contains("<section class=\"derivation holds\" id=\"derivation-1\""))
    #expect(article.contains("Derivation\u{A0}10.1.</a> <em>Squares</em> of sums"))
    #expect(article.contains("<ol class=\"steps beside\">"))
    #expect(article.contains("1.1 × 10<sup>−16</sup>"))
    #expect(article.contains("gap\u{A0}≥\u{A0}0.25"))
    #expect(article.contains("<div class=\"reason\">since <math>"))
    #expect(
      article.contains(
        "Checked on 1,000 random instances and 1 corner case<span class=\"corners\"> (a is zero)</span>"
      ))
    #expect(!article.contains("prove"))
    // The code waits beneath.
    let code = try #require(article.firstRange(of: "<details class=\"fold\">"))
    #expect(article.firstRange(of: "</section>")!.upperBound < code.lowerBound)
  }

  @Test func `a line of a derivation that fails is marked, with both values`() throws {
    var report = DerivationReport.square
    report.lines[1].worstResidual = .nan
    report.lines[1].worst = .init(
      name: "instance 17", description: "(a: -2, b: 1)", valueBefore: "1.0", valueHere: "nan")
    let article = try Weaving(Self.cell, [.derivation(report)]).article()
    #expect(article.contains("<section class=\"derivation fails\""))
    #expect(article.contains("<li class=\"step fails\">"))
    #expect(article.contains("not a number"))
    #expect(article.contains("<dt>at instance 17</dt><dd><code>(a: -2, b: 1)</code></dd>"))
    #expect(article.contains("<strong>line 2 does not hold</strong>"))
  }

  @Test func `a mistake in a derivation's formula is told at its line`() throws {
    var report = DerivationReport.square
    report.lines[1].tex = "\\fraq"
    #expect(
      try Weaving(Self.cell, [.derivation(report)]).firstProblem().hasPrefix(
        "book/10-mixtures.md:8: the formula cannot be set: "))
  }

  @Test func `a drawing is named and described, and its ids are its own`() throws {
    let svg = """
      <svg viewBox="0 0 4 3"><clipPath id="area"></clipPath><g clip-path="url(#area)"/></svg>
      """
    let article = try Weaving(Self.cell, [.drawing(svg), .drawing(svg)]).article()
    #expect(
      article.contains(
        """
        <figure id="figure-2" class="drawing">
        <svg role="img" aria-labelledby="figure-2-title figure-2-description" viewBox="0 0 4 3">\
        <title id="figure-2-title">Figure 10.2</title>\
        <desc id="figure-2-description">A straight line.</desc>\
        <clipPath id="figure-2-area"></clipPath><g clip-path="url(#figure-2-area)"/></svg>
        <figcaption id="figure-2-caption"><a class="number" href="#figure-2">Figure\u{A0}10.2.</a> \
        A line.</figcaption>
        """))
  }

  @Test func `a style that drawings bring stands on the page once`() throws {
    let svg = "<svg viewBox=\"0 0 4 3\"><style>.line{fill:none}</style></svg>"
    let article = try Weaving(Self.cell, [.drawing(svg), .drawing(svg)]).article()
    #expect(article.components(of: "<style>") == 1)
  }

  @Test func `a picture inside a drawing becomes a file`() throws {
    let svg = "<svg viewBox=\"0 0 4 3\"><image href=\"data:image/png;base64,AQID\"/></svg>"
    let page = try Weaving(Self.cell, [.drawing(svg)]).pages()[0]
    #expect(page.html.contains("<image href=\"figures/10-mixtures-1-1.png\"/>"))
    #expect(page.files[0] == SiteFile(path: "figures/10-mixtures-1-1.png", bytes: [1, 2, 3]))
    // The thumbnail stands alone and keeps it.
    #expect(String(decoding: page.files[1].bytes, as: UTF8.self).contains("base64,AQID"))
  }

  @Test func `pictures become files, and every frame of a slider is on the page`() throws {
    func picture(_ byte: UInt8) -> Figure.Content {
      .picture(.init(png: [byte], width: 8, height: 4, scale: 3))
    }
    let frames = (0..<11).map { Figure.Frame(label: "t = \($0)", content: picture($0)) }
    let figure = Figure(
      caption: "Steps.", alternative: "Stripes.",
      content: .frames(frames, control: "t", opensAt: 1), line: 7)
    let page = try Weaving(Self.cell, [.figure(figure)]).pages()[0]
    #expect(page.files.count == 11)
    #expect(page.files[2] == SiteFile(path: "figures/10-mixtures-1-03.png", bytes: [2]))
    #expect(
      page.html.contains(
        """
        <img class="pixels" src="figures/10-mixtures-1-03.png" width="24" height="12" \
        alt="Stripes. Here t = 2.">
        """))
    #expect(page.html.components(of: "type=\"radio\"") == 11)
    #expect(page.html.components(of: " checked>") == 1)
    #expect(page.html.contains("frame-2-choice\" checked>"))
  }

  @Test func `rows of pictures stand beside their names`() throws {
    let picture = Figure.Picture(
      png: [9], width: 8, height: 5, scale: 2, rowNames: ["seen", "<new>"])
    let figure = Figure(
      caption: "Codes.", alternative: "Shoes.", content: .picture(picture), line: 7)
    let page = try Weaving(Self.cell, [.figure(figure)]).pages()[0]
    #expect(
      page.html.contains(
        """
        <div class="rows"><div class="names"><span>seen</span><span>&lt;new&gt;</span></div>
        <img class="pixels" src="figures/10-mixtures-1.png" width="16" height="10" alt="Shoes."></div>
        """))
  }

  @Test func `a map of pictures is a sheet with its axes, and a panel for the script`() throws {
    let map = Figure.PictureMap(
      sheet: .init(png: [9], width: 84, height: 40, scale: 2),
      across: .init(name: "z₁", values: ["−1", "0", "1"], start: 1),
      up: .init(name: "<z₂>", values: ["0", "0.5"], start: 0))
    let figure = Figure(
      caption: "Codes.", alternative: "Shoes.", content: .pictureMap(map), line: 7)
    let page = try Weaving(Self.cell, [.figure(figure)]).pages()[0]
    #expect(page.files == [SiteFile(path: "figures/10-mixtures-1.png", bytes: [9])])
    #expect(
      page.html.contains(
        """
        <figure id="figure-1" class="picture-map">
        <div class="map" style="--columns:3;--rows:2;--wide:168px">
        <div class="plane">
        <div class="up"><span>0</span> <b>&lt;z₂&gt;</b> <span>0.5</span></div>
        <div class="sheet"><img class="pixels" src="figures/10-mixtures-1.png" width="168" height="80" \
        alt="Shoes."></div>
        <div class="across"><span>−1</span> <b>z₁</b> <span>1</span></div>
        </div>
        <div class="panel js-only" style="--large:196px">
        <canvas class="pixels" role="img" width="28" height="20"></canvas>
        <div class="choice">
        <label><b>z₁</b> <input type="range" min="0" max="2" value="1" data-values="−1 0 1" \
        autocomplete="off"></label>
        """))
  }

  private func shown(_ verses: [Figure.Verse]) -> CellOutput {
    .figure(
      Figure(caption: "Hills.", alternative: "A couplet.", content: .verses(verses), line: 7))
  }

  @Test func `verses stand phrase by phrase, with their notes`() throws {
    let verses = [
      Figure.Verse(text: "白日依山尽，“黄河”入海流！", note: "the sun, $x$"),
      Figure.Verse(text: "更上 一层<楼", note: nil),
    ]
    let article = try Weaving(Self.cell, [shown(verses)]).article()
    #expect(article.contains("<figure id=\"figure-1\" class=\"verse\">"))
    #expect(article.contains("<ol class=\"verses noted\" aria-label=\"A couplet.\">"))
    #expect(
      article.contains(
        """
        <li><p lang="zh-Hans"><span class="phrase">白日依山尽<span class="point">，</span></span>\
        <span class="phrase">“黄河<span class="point">”</span></span>\
        <span class="phrase">入海流<span class="point">！</span></span></p>
        <p class="beside">the sun, <math>
        """))
    #expect(
      article.contains(
        """
        <li><p lang="zh-Hans"><span class="phrase">更上</span><span class="phrase">一层&lt;楼</span></p></li>
        """))
    let bare = try Weaving(Self.cell, [shown([verses[1]])]).article()
    #expect(bare.contains("<ol class=\"verses\" aria-label="))
  }

  @Test func `a mistake in a verse's note is told at its line`() throws {
    let verse = Figure.Verse(text: "白日", note: "$\\fraq$")
    #expect(
      try Weaving(Self.cell, [shown([verse])]).firstProblem().hasPrefix(
        "book/10-mixtures.md:7: the formula cannot be set: "))
  }

  @Test func `a chapter whose first figure is a verse shows it on the contents page`() throws {
    let verse = Figure.Verse(text: "白日依山尽，黄河入海流。", note: nil)
    let page = try Weaving(Self.cell, [shown([verse])]).pages()[0]
    let thumbnail = try #require(page.files.first)
    #expect(thumbnail.path == "figures/10-mixtures-1-thumbnail.svg")
    let svg = String(decoding: thumbnail.bytes, as: UTF8.self)
    #expect(svg.contains("<text class=\"verse\" x=\"68\" y=\"32\">白日依山尽</text>"))
    #expect(svg.contains("y=\"64\">黄河入海流</text>"))
  }

  @Test func `tables have headings with a scope, and long ones go on in a file`() throws {
    let table = DataTable(
      columns: [.init("name", isNumeric: false), .init("$x$", isNumeric: true)],
      rows: (1...150).map { ["row, \($0)", "-\($0)"] })
    let shown = Figure(
      caption: "Numbers.", alternative: "", content: .table(table), line: 7)
    let drawn = Figure(
      caption: "A line.", alternative: "A line.",
      content: .drawing(.init(svg: "<svg viewBox=\"0 0 4 3\"></svg>", values: table)), line: 8)
    let page = try Weaving(Self.cell, [.figure(shown), .figure(drawn)]).pages()[0]
    #expect(page.html.contains("<th scope=\"row\">row, 1</th><td class=\"number\">−1</td>"))
    #expect(page.html.components(of: "<th scope=\"row\">") == 150 + 20)
    #expect(page.html.contains("The first 20 of 150 rows"))
    let csv = try #require(page.files.first { $0.path == "figures/10-mixtures-2.csv" })
    #expect(
      String(decoding: csv.bytes, as: UTF8.self).hasPrefix("name,$x$\r\n\"row, 1\",-1\r\n"))
  }

  @Test func `what must not compile says so beneath its diagnostic`() throws {
    let article = try Weaving(
      "```swift fails=\"cannot convert\"\nlet n: Int = \"\"\n```",
      [.didNotCompile(diagnostic: "cannot convert value")]
    ).article()
    #expect(article.contains("<pre class=\"diagnostic\"><samp>cannot convert value</samp></pre>"))
    #expect(article.contains("<span class=\"label\">does not compile, as it should</span>"))
  }

  @Test func `a printed line that was foretold has its mark`() throws {
    let article = try Weaving(
      "```swift\nprint(x)  // prints 0.44\n```", [.printed("0.4431\n", line: 7)]
    ).article()
    #expect(
      article.contains(
        "<samp><span class=\"as-expected\" id=\"check-1\">0.4431<span class=\"mark\""))
  }
}

extension DerivationReport {
  /// Two lines after the start; begins on line 7.
  static let square = DerivationReport(
    title: "*Squares* of sums", instances: 1000, corners: ["a is zero"], isExact: false, line: 7,
    mustFail: false,
    lines: [
      .init(
        relation: .start, tex: "(a+b)^2", reason: "", line: 7, worstResidual: 0, tolerance: 0,
        smallestGap: nil, worst: nil),
      .init(
        relation: .equals, tex: "a^2 + 2ab + b^2", reason: "since $ab = ba$", line: 8,
        worstResidual: 1.11e-16, tolerance: 1e-12, smallestGap: nil, worst: nil),
      .init(
        relation: .atLeast, tex: "2ab", reason: "squares are not negative", line: 9,
        worstResidual: 0, tolerance: 1e-12, smallestGap: 0.25, worst: nil),
    ])
}

extension String {
  var dropLastNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
