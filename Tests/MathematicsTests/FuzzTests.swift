import Mathematics
import Randomness
import Testing

@Suite("Any text at all")
struct FuzzTests {
  private static let splices = [
    "{", "}", "\\left(", "\\right)", "\\right.", "&", "\\\\", "^", "_", "'", "$", "%", "#", "\\",
    " ",
    "\\begin{aligned}", "\\end{aligned}", "\\begin{array}{c|c}", "\\end{array}", "\\frac",
    "\\sqrt[",
    "]", "[", "\\text{", "\\text{$x", "\\not", "\\limits", "\\middle|", "\\bigl(", "\\hat",
    "\\color{red}",
    "\\displaystyle", "\\hline", "\\label{a}", "\\tag{", "\\,", "\\!", "\u{1F600}", "e\u{301}",
    "\n",
    "\\operatorname*{", "\\substack{", "\\xrightarrow[", "\\mathbf", "\\boldsymbol", "\\mod",
    "\\eqref{a}",
    "\\begin{align}", "\\end{align}", "\\phantom", "\\hspace{-1em}", "\u{0}", "\r\n", "\\overbrace",
  ]

  /// Formulas cut to pieces, joined and spoilt: each is either set soundly or refused with a place in it.
  @Test("is either set soundly or refused with the place of the mistake", arguments: 0..<8)
  func survives(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let formulas = WrittenFormula.all.map { Array($0.tex) }
    var set = 0
    var refused = 0
    for _ in 0..<1_500 {
      var tex = slice(of: formulas.randomElement(using: &random)!, using: &random)
      if Bool.random(using: &random) {
        tex += slice(of: formulas.randomElement(using: &random)!, using: &random)
      }
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0...tex.count, using: &random)
        if Bool.random(using: &random), place < tex.count {
          tex.remove(at: place)
        } else {
          tex.insert(contentsOf: Self.splices.randomElement(using: &random)!, at: place)
        }
      }
      let text = String(tex)
      do throws(FormulaError) {
        let mathML = try Formula(text, display: Bool.random(using: &random)).mathML()
        #expect(MathMLInspector.inspect(mathML).faults == [], "\(text.debugDescription)")
        set += 1
      } catch {
        #expect((0...text.count).contains(error.offset), "\(text.debugDescription)")
        #expect(!error.message.isEmpty)
        refused += 1
      }
    }
    // Both kinds must come up often, or the test tests little.
    #expect(set > 200 && refused > 200, "\(set) set, \(refused) refused")
  }

  private func slice(
    of formula: [Character], using random: inout SeededGenerator
  ) -> [Character] {
    if Int.random(in: 0..<3, using: &random) == 0 { return formula }
    let start = Int.random(in: 0..<formula.count, using: &random)
    return Array(formula[start..<Int.random(in: start...formula.count, using: &random)])
  }
}
