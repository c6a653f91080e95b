import Literate
import Mathematics

// Formulas: TeX to MathML, with errors where the chapter has them.
extension Weaver {
  mutating func formula(_ tex: String, display: Bool, at place: SourceLocation) -> HTML {
    let formula = Formula(tex, display: display, references: equationNumbers)
    do {
      return HTML(trusted: try formula.mathML())
    } catch {
      let place = origin ?? place.advanced(by: error.offset, in: tex)
      problems.append(.malformedFormula(error.message, at: place, tex: tex))
      return "<code>\(tex)</code>"
    }
  }

  /// A display, its numbers beside it where it has labels.
  mutating func equation(_ equation: Block.Equation) -> HTML {
    let formula = self.formula(equation.tex, display: true, at: equation.location)
    var numbers: HTML = ""
    for label in Formula.labels(in: equation.tex) {
      claim(label, at: equation.location)
      let number = "(\(equationNumbers[label] ?? ""))"
      numbers += """
        <a class="number" id="\(label)" href="#\(label)" aria-label="Equation \(number)">\(number)</a>
        """
    }
    if numbers.isEmpty {
      return "<div class=\"equation\"><div class=\"formula\">\(formula)</div></div>\n"
    }
    return """
      <div class="equation"><div class="formula">\(formula)</div>\
      <div class="numbers">\(numbers)</div></div>

      """
  }
}

extension SourceLocation {
  /// The place `offset` characters into a text that begins here.
  func advanced(by offset: Int, in text: String) -> SourceLocation {
    var place = self
    for character in text.prefix(offset) {
      if character.isNewline {
        place.line += 1
        place.column = 1
      } else {
        place.column = place.column.map { $0 + 1 }
      }
    }
    return place
  }
}
