import Mathematics
import Testing

@Suite("The number of a formula")
struct LabelTests {
  @Test("has the name its label gives it, wherever the label stands")
  func label() {
    #expect(Formula("x = 1 \\label{one}", display: true).label == "one")
    #expect(Formula("\\label{one} x = 1", display: true).label == "one")
    #expect(Formula("x = 1", display: true).label == nil)
    #expect(Formula("\\begin{aligned} x \\label{a} \\end{aligned}", display: true).label == "a")
    #expect(Formula("x", display: true).rowLabels == [])
  }

  @Test("is the tag, if the formula has one")
  func tag() {
    #expect(Formula("x \\tag{1}", display: true).tag == "1")
    #expect(Formula("x \\tag*{A'}", display: true).tag == "A'")
    #expect(Formula("x", display: true).tag == nil)
  }

  @Test("is one for each row of a numbered environment")
  func rows() throws {
    let formula = Formula(
      "\\begin{align} a &= b \\label{first} \\\\ c &= d \\nonumber \\\\ e &= f \\label{third} \\end{align}",
      display: true)
    #expect(formula.rowLabels == ["first", nil, "third"])
    #expect(try !formula.mathML().contains("first</m"))
    let gathered = Formula("\\begin{gather} a \\\\ b \\label{b} \\\\ \\end{gather}", display: true)
    #expect(gathered.rowLabels == [nil, "b"])
    let starred = Formula("\\begin{align*} a &= b \\\\ c &= d \\end{align*}", display: true)
    #expect(starred.rowLabels == [])
  }

  @Test("is found by all its labels, even while references are unknown")
  func labels() {
    #expect(Formula.labels(in: "x \\label{a}") == ["a"])
    #expect(Formula.labels(in: "\\eqref{later} \\label{b}") == ["b"])
    #expect(
      Formula.labels(in: "\\begin{align} a \\label{a} \\\\ b \\label{b} \\end{align}") == [
        "a", "b",
      ])
    #expect(Formula.labels(in: "x") == [])
  }

  @Test("is set where the formula refers to another")
  func references() throws {
    let formula = Formula(
      "x \\overset{\\eqref{elbo}}{=} \\ref{elbo}", display: true, references: ["elbo": "5.2"])
    let mathML = try formula.mathML()
    #expect(mathML.contains("<mtext>(5.2)</mtext>"))
    #expect(mathML.contains("<mtext>5.2</mtext>"))
  }
}
