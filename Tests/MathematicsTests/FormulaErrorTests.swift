import Mathematics
import Testing

@Suite("A formula with a mistake")
struct FormulaErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var tex: String
    var offset: Int
    var message: String

    init(_ tex: String, _ offset: Int, _ message: String) {
      (self.tex, self.offset, self.message) = (tex, offset, message)
    }

    var testDescription: String { tex }
  }

  @Test("says what was expected, what was found, where, and the mend", arguments: mistakes)
  func message(_ mistake: Mistake) {
    let references = ["elbo": "5.2", "chain": "1.1"]
    let formula = Formula(mistake.tex, display: true, references: references)
    let expected = FormulaError(offset: mistake.offset, message: mistake.message)
    #expect(throws: expected) { try formula.mathML() }
  }

  @Test("says so in one line")
  func description() {
    let error = FormulaError(offset: 4, message: "unknown command \\foo")
    #expect("\(error)" == "unknown command \\foo (at character 4)")
  }

  @Test(
    "is refused when it nests without end",
    arguments: [
      "{", "\\sqrt", "\\displaystyle", "\\left(", "x^{", "\\hat", "\\frac{", "\\sqrt[", "\\mathrm{",
      "\\begin{matrix}", "\\color{red}", "\\substack{", "\\not", "\\text{$", "\\boldsymbol",
    ])
  func nesting(_ opening: String) {
    let formula = Formula(String(repeating: opening, count: 10_000), display: true)
    #expect(throws: FormulaError.self) { try formula.mathML() }
  }

  @Test("is refused at the level of nesting that is too deep, and not before")
  func deepest() throws {
    let deep = String(repeating: "{", count: 100) + String(repeating: "}", count: 100)
    _ = try Formula(deep, display: true).mathML()
    #expect(throws: FormulaError.self) { try Formula("{\(deep)}", display: true).mathML() }
  }
}

private let mistakes: [FormulaErrorTests.Mistake] = [
  .init(
    "\\fraq{1}{2}", 0,
    "unknown command \\fraq; did you mean \\frac?"),
  .init(
    "\\aplha + x", 0,
    "unknown command \\aplha; did you mean \\alpha?"),
  .init(
    "x + \\foo", 4,
    "unknown command \\foo"),
  .init(
    "{x", 0,
    "expected } to close this {, found the end of the formula; add }"),
  .init(
    "x}", 1,
    "expected no }, for no { is open, found }; write \\} for a brace"),
  .init(
    "\\frac{1", 5,
    "expected } to close this {, found the end of the formula; add }"),
  .init(
    "\\frac{1}", 8,
    "expected an argument of \\frac, found the end of the formula; write {…} after it"),
  .init(
    "\\sqrt", 5,
    "expected an argument of \\sqrt, found the end of the formula; write {…} after it"),
  .init(
    "\\sqrt[3{x}", 5,
    "expected ] to close the [ of \\sqrt, found the end of the formula; add ]"),
  .init(
    "x^", 2,
    "expected an argument of ^, found the end of the formula; write {…} after it"),
  .init(
    "x_", 2,
    "expected an argument of _, found the end of the formula; write {…} after it"),
  .init(
    "x^a^b", 3,
    "expected one superscript, found a second; write {x^a}^b or x^{a^b}"),
  .init(
    "x_a_b", 3,
    "expected one subscript, found a second; write {x_a}_b or x_{a_b}"),
  .init(
    "x^a'", 3,
    "expected one superscript, found a prime after a superscript; write the prime first, or braces around the first"
  ),
  .init(
    "x^^2", 2,
    "expected an argument of ^, found ^; write {…} after it"),
  .init(
    "\\left( x", 0,
    "expected \\right to close this \\left, found the end of the formula; add \\right."),
  .init(
    "x \\right)", 2,
    "expected \\left before \\right, found \\right alone; add \\left."),
  .init(
    "\\left( x )", 0,
    "expected \\right to close this \\left, found the end of the formula; add \\right."),
  .init(
    "\\left x \\right)", 6,
    "expected a delimiter after \\left, found x; write one such as ( or \\{, or a point for none"),
  .init(
    "\\left( \\middle x \\right)", 15,
    "expected a delimiter after \\middle, found x; write one such as ( or \\{, or a point for none"),
  .init(
    "\\left( { x \\right) }", 11,
    "expected } before \\right, found \\right; add }"),
  .init(
    "\\big x", 5,
    "expected a delimiter after \\big, found x; write one such as ( or \\{, or a point for none"),
  .init(
    "a & b", 2,
    "expected & only in an alignment, found & outside one; write \\& for the sign, or \\begin{aligned} … \\end{aligned}"
  ),
  .init(
    "a \\\\ b", 2,
    "expected \\\\ only in an alignment, found \\\\ outside one; write \\begin{aligned} … \\end{aligned}"
  ),
  .init(
    "\\begin{aligned} a & b", 0,
    "expected \\end{aligned}, found the end of the formula; add \\end{aligned}"),
  .init(
    "\\begin{aligned} a \\end{matrix}", 22,
    "expected \\end{aligned} for the \\begin at character 0, found \\end{matrix}"),
  .init(
    "\\begin{alined} a \\end{alined}", 7,
    "unknown environment alined; did you mean aligned?"),
  .init(
    "\\end{aligned}", 0,
    "expected \\begin before \\end, found \\end alone"),
  .init(
    "\\begin", 6,
    "expected {environment}, found the end of the formula"),
  .init(
    "\\begin{cases} a & b & c \\end{cases}", 20,
    "expected at most 2 columns in cases, found another &; take it out or begin a new row with \\\\"
  ),
  .init(
    "\\begin{gathered} a & b \\end{gathered}", 19,
    "expected at most 1 column in gathered, found another &; take it out or begin a new row with \\\\"
  ),
  .init(
    "\\begin{array} a \\end{array}", 14,
    "expected {columns}, found a"),
  .init(
    "\\begin{array}{lx} a \\end{array}", 15,
    "expected columns made of l, c, r and |, found x"),
  .init(
    "\\begin{array}{l} a & b \\end{array}", 19,
    "expected at most 1 column in array, found another &; take it out or begin a new row with \\\\"),
  .init(
    "x + \\begin{align} a \\end{align}", 4,
    "expected align around the whole formula, found \\begin{align} within it; write \\begin{aligned}"
  ),
  .init(
    "\\begin{align} a \\end{align} x", 28,
    "expected nothing after \\end{align}, found x; write \\begin{aligned}"),
  .init(
    "\\begin{matrix} a \\\\[foo] b \\end{matrix}", 20,
    "expected a length such as 6pt, found \"foo\""),
  .init(
    "\\hline", 0,
    "expected \\hline at the start of a row of an array, found \\hline"),
  .init(
    "", 0,
    "expected a formula, found nothing"),
  .init(
    "   ", 0,
    "expected a formula, found nothing"),
  .init(
    "% only a comment", 0,
    "expected a formula, found nothing"),
  .init(
    "\\text{a", 5,
    "expected } to close the { of text, found the end of the formula"),
  .init(
    "\\text a", 6,
    "expected {text}, found a"),
  .init(
    "\\text{a $x}", 8,
    "expected $ to close the formula in the text, found the end of the text; write \\$ for the sign"
  ),
  .init(
    "\\text{\\frac12}", 6,
    "expected text, found the command \\frac; write it between dollar signs"),
  .init(
    "\\text{$x^$}", 9,
    "expected an argument of ^, found the end of the formula; write {…} after it"),
  .init(
    "\\textcolor{#12}{x}", 11,
    "expected a colour such as red or #3366cc, found \"#12\""),
  .init(
    "\\hspace{3}", 8,
    "expected a length such as 1em or 10pt, found \"3\""),
  .init(
    "\\mspace{1em}", 8,
    "expected a length such as 3mu, found \"1em\""),
  .init(
    "\\not", 4,
    "expected an argument of \\not, found the end of the formula; write {…} after it"),
  .init(
    "\\not\\frac12", 4,
    "expected a relation after \\not, found something else; write \\cancel{…}"),
  .init(
    "x \\limits", 2,
    "expected an operator before \\limits, found none"),
  .init(
    "\\over", 0,
    "expected \\frac{…}{…} or \\binom{…}{…}, found \\over; write the arguments after the command"),
  .init(
    "a \\over b", 2,
    "expected \\frac{…}{…} or \\binom{…}{…}, found \\over; write the arguments after the command"),
  .init(
    "#", 0,
    "expected a symbol, found #; write \\# for the sign"),
  .init(
    "$x$", 0,
    "expected a symbol, found $; write \\$ for the sign"),
  .init(
    "\\", 0,
    "expected a symbol, found \\; finish the command"),
  .init(
    "\\label", 6,
    "expected {label}, found the end of the formula"),
  .init(
    "\\label{a}\\label{b}", 9,
    "expected one \\label for a number, found a second, b; keep one"),
  .init(
    "\\tag{1}\\tag{2}", 7,
    "expected one \\tag in a formula, found a second; keep one"),
  .init(
    "\\eqref{elbow}", 0,
    "unknown label elbow; did you mean elbo?"),
  .init(
    "\\eqref{zzz}", 0,
    "unknown label zzz"),
  .init(
    "☃", 0,
    "expected a symbol of mathematics, found ☃; write \\text{☃} for text"),
  .init(
    "\\operatorname", 13,
    "expected an argument of \\operatorname, found the end of the formula; write {…} after it"),
  .init(
    "\\operatorname{}", 13,
    "expected a name for \\operatorname, found nothing"),
  .init(
    "\\substack{a", 0,
    "expected } to close \\substack, found the end of the formula; add }"),
  .init(
    "\\mathbb", 7,
    "expected an argument of \\mathbb, found the end of the formula; write {…} after it"),
  .init(
    "}", 0,
    "expected no }, for no { is open, found }; write \\} for a brace"),
  .init(
    "&", 0,
    "expected & only in an alignment, found & outside one; write \\& for the sign, or \\begin{aligned} … \\end{aligned}"
  ),
  .init(
    "\\middle|", 0,
    "expected \\left before \\middle, found \\middle alone"),
  .init(
    "\\xrightarrow[a", 12,
    "expected ] to close the [ of \\xrightarrow, found the end of the formula; add ]"),
  .init(
    "{\\left(}\\right)", 7,
    "expected \\right before }, found }; close the \\left at character 1 first, or write \\right. here"
  ),
  .init(
    "a\u{1}b", 1,
    "expected text, found the control character U+1"),
]
