import Testing

@Suite struct ProseTests {
  @Test func `a paragraph is woven as it is written, with its text escaped`() throws {
    let article = try Weaving("Either *this* or **that**, `a < b` & more.").article()
    #expect(
      article == """
        <p>Either <em>this</em> or <strong>that</strong>, <code>a &lt; b</code> &amp; more.</p>

        """)
  }

  @Test func `a heading has an id and a link beside it`() throws {
    let article = try Weaving("## The *first* model").article()
    #expect(
      article == """
        <div class="heading"><h2 id="the-first-model">The <em>first</em> model</h2>\
        <a class="permalink" href="#the-first-model" \
        aria-label="Link to “The first model”">#</a></div>

        """)
  }

  @Test func `tight lists have no paragraphs and ordered ones keep their first number`() throws {
    #expect(
      try Weaving("3. one\n4. two").article()
        == "<ol start=\"3\">\n<li>one</li>\n<li>two</li>\n</ol>\n")
    #expect(try Weaving("- one\n\n- two").article().contains("<li><p>one</p>"))
  }

  @Test func `a labelled equation is numbered, another is not`() throws {
    let article = try Weaving("$$ a \\label{first} $$\n\n$$ b $$\n\n$$ c \\label{second} $$")
      .article()
    #expect(
      article.contains(##"id="first" href="#first" aria-label="Equation (10.1)">(10.1)</a>"##))
    #expect(
      article.contains(##"id="second" href="#second" aria-label="Equation (10.2)">(10.2)</a>"##))
    #expect(article.components(of: "class=\"number\"") == 2)
  }

  @Test func `a computed number is marked as such, and its minus is a minus`() throws {
    var weaving = Weaving("The mean is \\(mean, digits: 2).")
    weaving.interpolations = ["-0.40"]
    #expect(
      try weaving.article() == """
        <p>The mean is <span class="computed" title="computed by this page">−0.40</span>.</p>

        """)
  }

  @Test func `no line begins with a sign that belongs to the number before it`() throws {
    let html = try Weaving("It is 7.1 ± 0.7 % of $n$ % here.").pages()[0].html
    #expect(html.contains("7.1\u{A0}± 0.7\u{A0}% of "))
    #expect(html.contains("\u{A0}% here."))
  }

  @Test func `a sidenote follows the block that refers to it`() throws {
    let article = try Weaving("One.[^why] More.\n\nTwo.\n\n[^why]: Because.").article()
    #expect(
      article == """
        <p>One.<sup id="note-1-reference"><a class="note-reference" href="#note-1" \
        aria-label="Note 1">1</a></sup> More.</p>
        <div class="sidenotes" role="note" style="grid-row-end:span 2">
        <p id="note-1"><a class="note-number" href="#note-1-reference" \
        aria-label="Back to note 1 in the text">1</a> Because.</p>
        </div>
        <p>Two.</p>

        """)
  }

  @Test func `an answer is folded, and exercises are numbered`() throws {
    let article = try Weaving("> [!EXERCISE]\n> Why?\n\n> [!ANSWER]\n> So.").article()
    #expect(
      article == """
        <div class="callout exercise" role="note" id="exercise-1">
        <p class="callout-kind">Exercise 10.1</p>
        <p>Why?</p>
        </div>
        <details class="answer"><summary>Answer</summary>
        <p>So.</p>
        </details>

        """)
  }

  @Test func `a source is cited by its number and listed at the end`() throws {
    let article = try Weaving("As shown [@kingma2014].").article()
    #expect(article.contains("[<a href=\"#reference-1\""))
    #expect(
      article.contains(
        """
        <li id="reference-1">D. P. Kingma and M. Welling. <cite>Auto-encoding variational Bayes</cite>. \
        ICLR, 2014. <a href="https://arxiv.org/abs/1312.6114">arxiv.org/abs/1312.6114</a></li>
        """))
  }

  @Test func `Swift is coloured when the page is made`() throws {
    let article = try Weaving("```swift\nlet n = f(2) // two\n```").article()
    #expect(
      article.contains(
        """
        <pre><code><span class="k">let</span> n = <span class="f">f</span>(<span class="n">2</span>) \
        <span class="c">// two</span></code></pre>
        """))
  }

  @Test func `a folded cell shows how long it is, and a hidden one does not show`() throws {
    let folded = try Weaving("```swift fold\nlet a = 1\nlet b = 2\n```").article()
    #expect(folded.contains("Show the code <span class=\"count\">(2 lines)</span>"))
    #expect(try Weaving("```swift hidden\nlet a = 1\n```").article() == "")
  }
}

extension String {
  func components(of part: String) -> Int { ranges(of: part).count }
}
