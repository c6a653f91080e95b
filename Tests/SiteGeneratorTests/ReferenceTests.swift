import Runner
import Testing

@Suite struct ReferenceTests {
  private static let figures = "```swift id=draws\nshow(a)\nshow(b)\n```\n"

  @Test func `an empty reference says what it refers to`() throws {
    let text = """
      $$ a \\label{bound} $$

      \(Self.figures)
      [](#bound), [](#draws), [Figure](#draws-2), [figure](#draws), [the first draws](#draws), [](#a-place)

      ## A place
      """
    let article = try Weaving(text, [.drawing(), .drawing()]).article()
    #expect(
      article.contains(
        """
        <p><a href="#bound">(10.1)</a>, <a href="#draws">Figure\u{A0}10.1</a>, \
        <a href="#draws-2">Figure\u{A0}10.2</a>, <a href="#draws">figure\u{A0}10.1</a>, \
        <a href="#draws">the first draws</a>, <a href="#a-place">“A place”</a></p>
        """))
  }

  @Test func `other chapters are referred to by their file`() throws {
    var weaving = Weaving(
      "[](11-bound.md), [](11-bound.md#elbo), [Figure](11-bound.md#split), [it](11-bound.md)")
    weaving.add(
      "11-bound", title: "The bound", "$$ L \\label{elbo} $$\n```swift id=split\nshow(a)\n```")
    weaving.outputs["11-bound"] = [[.drawing()]]
    let article = try weaving.article()
    #expect(
      article == """
        <p><a href="11-bound.html">Chapter\u{A0}11</a>, <a href="11-bound.html#elbo">(11.1)</a>, \
        <a href="11-bound.html#split">Figure\u{A0}11.1</a>, <a href="11-bound.html">it</a></p>

        """)
  }

  @Test func `a figure of a chapter that has not run is referred to without its number`() throws {
    var weaving = Weaving("[Figure](11-bound.md#split)")
    weaving.add("11-bound", title: "The bound", "```swift id=split\nshow(a)\n```")
    var (site, results, outline) = try weaving.woven()
    outline.take(results[1].chapter)
    let page = try site.page(for: results[0], in: outline)
    #expect(page.awaited == ["11-bound"])
    #expect(page.html.contains("<a href=\"11-bound.html#split\">Figure</a>"))
  }

  @Test func `the cell's id goes to its derivation where it has no figure`() throws {
    let weaving = Weaving(
      "```swift id=square\nshow(d)\n```\nSee [](#square).", [.derivation(.square)])
    #expect(try weaving.article().contains("<a href=\"#square\">Derivation\u{A0}10.1</a>"))
  }

  @Test func `a reference that leads nowhere is told with its place and the nearest name`() throws {
    #expect(
      try Weaving("Text.\n\n[](#mixtrue) $$ a \\label{mixture} $$").problems() == [
        """
        book/10-mixtures.md:8: expected an equation, figure or heading of book/10-mixtures.md, found #mixtrue
          8 │ [](#mixtrue) $$ a \\label{mixture} $$
          → did you mean mixture?
        """
      ])
    #expect(
      try Weaving("[](10-mixture.md)").problems() == [
        """
        book/10-mixtures.md:6: expected a chapter of the book, found 10-mixture.md
          6 │ [](10-mixture.md)
          → did you mean 10-mixtures?
        """
      ])
    #expect(
      try Weaving("[it](notes.txt)").firstProblem().contains(
        "expected a link to a chapter, a #place or a web address, found notes.txt"))
  }

  @Test func `an unknown source is told with its place and the nearest name`() throws {
    #expect(
      try Weaving("As shown [@kingma2013].").problems() == [
        """
        book/10-mixtures.md:6:10: expected a source that references.yaml has, found @kingma2013
          6 │ As shown [@kingma2013].
            │          ^
          → did you mean kingma2014?
        """
      ])
  }

  @Test func `a mistake in a formula is told at its character, on later lines too`() throws {
    let problems = try Weaving("So $a + \\fraq{1}{2}$.\n\n$$ a\n  + \\bta $$").problems()
    try #require(problems.count == 2)
    #expect(problems[0].hasPrefix("book/10-mixtures.md:6:9: the formula cannot be set: "))
    // The caret stands beneath the backslash.
    #expect(problems[0].contains("\n  6 │ So $a + \\fraq{1}{2}$.\n    │         ^\n"))
    #expect(problems[1].hasPrefix("book/10-mixtures.md:9:5: the formula cannot be set: "))
  }

  @Test func `two places of one name are a problem`() throws {
    #expect(
      try Weaving("## Bound\n\n$$ a \\label{bound} $$").firstProblem().hasPrefix(
        "book/10-mixtures.md:8:3: expected every place of a page to have an id of its own, found bound twice"
      ))
  }
}
