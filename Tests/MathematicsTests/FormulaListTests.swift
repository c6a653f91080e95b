import Mathematics
import Testing

@Suite("The formulas of the course")
struct FormulaListTests {
  @Test("are all there")
  func count() {
    #expect(WrittenFormula.all.count > 360)
  }

  @Test("become MathML that a browser understands", arguments: WrittenFormula.all)
  func sound(_ written: WrittenFormula) throws {
    let mathML = try Formula(written.tex, display: written.display).mathML()
    let inspector = MathMLInspector.inspect(mathML)
    #expect(inspector.faults == [])
    #expect(inspector.annotation == written.tex)
  }

  @Test("take about a kilobyte each")
  func size() throws {
    let formulas = WrittenFormula.all
    let bytes = try formulas.map {
      try Formula($0.tex, display: $0.display).mathML().utf8.count
    }
    #expect(bytes.reduce(0, +) / formulas.count < 1024)
  }
}

@Suite("The inspector of the tests")
struct InspectorTests {
  @Test(
    "finds faults where there are some",
    arguments: [
      "<math><mfrac><mi>x</mi></mfrac></math>", "<math><mi>x</math>",
      "<math><mtd><mi>x</mi></mtd></math>", "<math>x</math>", "<math><mi>x</mi><mi>y</mi></math>",
      "<math><mi mathvariant=\"bold\">x</mi></math>", "<math><mi><mn>1</mn></mi></math>",
      "<math><menclose><mi>x</mi></menclose></math>",
    ])
  func faults(_ mathML: String) {
    #expect(MathMLInspector.inspect(mathML).faults != [])
  }
}
