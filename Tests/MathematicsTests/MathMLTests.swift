import Mathematics
import Testing

@Suite("A formula")
struct MathMLTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var tex: String
    var mathML: String
    var display = true

    init(_ tex: String, _ mathML: String) { (self.tex, self.mathML) = (tex, mathML) }
    init(inText tex: String, _ mathML: String) {
      (self.tex, self.mathML, display) = (tex, mathML, false)
    }

    var testDescription: String { display ? tex : "\(tex), in text" }
  }

  @Test("becomes the MathML that sets it as TeX would", arguments: cases)
  func exact(_ expected: Case) throws {
    let mathML = try Formula(expected.tex, display: expected.display).mathML()
    let start = mathML.firstRange(of: "<semantics>")!.upperBound
    let end = mathML.firstRange(of: "<annotation")!.lowerBound
    #expect(String(mathML[start..<end]) == expected.mathML)
  }

  @Test("stands in the text or on its own, and carries its TeX")
  func whole() throws {
    #expect(
      try Formula("a<b", display: false).mathML()
        == "<math><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"
        + "<annotation encoding=\"application/x-tex\">a&lt;b</annotation></semantics></math>")
    #expect(
      try Formula("x", display: true).mathML()
        == "<math display=\"block\"><semantics><mi>x</mi>"
        + "<annotation encoding=\"application/x-tex\">x</annotation></semantics></math>")
  }

  @Test(
    "reads the same with and without spaces, comments and braces",
    arguments: [
      ("x_i^2", "x ^ 2 _ i"), ("\\frac{1}{2}", "\\frac12"), ("a+b", "a % the first\n + b"),
      ("\\sqrt{x}", "\\sqrt x"), ("\\alpha\\beta", "αβ"), ("a \\le b", "a ≤ b"),
      ("\\mathrm{d}x", "\\mathrm dx"), ("\\dots", "\\ldots"),
      ("\\left<x\\right>", "\\left\\langle x\\right\\rangle"),
      ("x\\label{a}", "x"), ("x\\tag{1}", "x"), ("x\\nonumber", "x"),
      ("\\begin{equation}x\\end{equation}", "\\displaystyle x"),
    ])
  func alike(_ pair: (String, String)) throws {
    func body(_ tex: String) throws -> Substring {
      let mathML = try Formula(tex, display: true).mathML()
      return mathML[..<mathML.firstRange(of: "<annotation")!.lowerBound]
    }
    #expect(try body(pair.0) == body(pair.1))
  }
}

private let cases: [MathMLTests.Case] = [
  .init("x", "<mi>x</mi>"),
  .init("12.3", "<mn>12.3</mn>"),
  .init("-x+y", "<mrow><mo form=\"prefix\">−</mo><mi>x</mi><mo>+</mo><mi>y</mi></mrow>"),
  .init(
    "a-(-b)",
    "<mrow><mi>a</mi><mo>−</mo><mo stretchy=\"false\">(</mo><mo form=\"prefix\">−</mo>"
      + "<mi>b</mi><mo stretchy=\"false\">)</mo></mrow>"),
  .init("a := b", "<mrow><mi>a</mi><mo>≔</mo><mi>b</mi></mrow>"),
  .init(
    "x_{<i}",
    "<msub><mi>x</mi><mrow><mo lspace=\"0\" rspace=\"0\">&lt;</mo><mi>i</mi></mrow>"
      + "</msub>"),
  .init("\\mathrm{d}x", "<mrow><mi mathvariant=\"normal\">d</mi><mi>x</mi></mrow>"),
  .init("\\mathrm{KL}", "<mi>KL</mi>"),
  .init("\\mathbf{Wx}", "<mrow><mi>𝐖</mi><mi>𝐱</mi></mrow>"),
  .init("\\mathbb{E}\\mathcal{L}\\mathfrak{g}", "<mrow><mi>𝔼</mi><mi>ℒ</mi><mi>𝔤</mi></mrow>"),
  .init("\\boldsymbol{\\theta}", "<mi>𝜽</mi>"),
  .init(
    "\\Gamma \\partial \\nabla",
    "<mrow><mi mathvariant=\"normal\">Γ</mi><mi>∂</mi><mi mathvariant=\"normal\">∇</mi>"
      + "</mrow>"),
  .init("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
  .init(inText: "\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
  .init(
    inText: "\\sum_{i=1}^n x_i",
    "<mrow><msubsup><mo lspace=\"0\" rspace=\"0\">∑</mo><mrow><mi>i</mi>"
      + "<mo lspace=\"0\" rspace=\"0\">=</mo><mn>1</mn></mrow><mi>n</mi></msubsup>"
      + "<mspace width=\".1667em\"/><msub><mi>x</mi><mi>i</mi></msub></mrow>"),
  .init(
    "\\sum_{i=1}^n x_i",
    "<mrow><munderover><mo lspace=\"0\" rspace=\"0\">∑</mo><mrow><mi>i</mi>"
      + "<mo lspace=\"0\" rspace=\"0\">=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
      + "<mspace width=\".1667em\"/><msub><mi>x</mi><mi>i</mi></msub></mrow>"),
  .init(inText: "\\lim\\limits_x", "<munder><mi>lim</mi><mi>x</mi></munder>"),
  .init(
    "\\int_0^1",
    "<msubsup><mo lspace=\"0\" rspace=\"0\">∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
  .init(
    "2\\sin\\theta",
    "<mrow><mn>2</mn><mspace width=\".1667em\"/><mi>sin</mi><mspace width=\".1667em\"/>"
      + "<mi>θ</mi></mrow>"),
  .init(
    "\\log(x)",
    "<mrow><mi>log</mi><mo stretchy=\"false\">(</mo><mi>x</mi>"
      + "<mo stretchy=\"false\">)</mo></mrow>"),
  .init(
    "\\operatorname*{arg\\,max}_\\theta",
    "<munder><mi>arg\u{2006}max</mi><mi>θ</mi></munder>"),
  .init(
    inText: "\\operatorname*{arg\\,max}_\\theta",
    "<msub><mi class=\"low\">arg\u{2006}max</mi><mi>θ</mi></msub>"),
  .init("p_\\theta", "<msub><mi class=\"low\">p</mi><mi>θ</mi></msub>"),
  .init("f''", "<mrow><mi>f</mi><mo>″</mo></mrow>"),
  .init("x'_i", "<msubsup><mi>x</mi><mi>i</mi><mo class=\"prime\">′</mo></msubsup>"),
  .init("x'^2", "<msup><mi>x</mi><mrow><mo class=\"prime\">′</mo><mn>2</mn></mrow></msup>"),
  .init("{}^3", "<msup><mrow></mrow><mn>3</mn></msup>"),
  .init(
    "\\left(x\\right)",
    "<mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>"),
  .init(
    "\\left[\\frac{a}{b}\\right]",
    "<mrow><mo style=\"--width:.499em\">[</mo><mfrac><mi>a</mi><mi>b</mi></mfrac>"
      + "<mo style=\"--width:.499em\">]</mo></mrow>"),
  .init(
    "\\left.\\frac{a}{b}\\right|",
    "<mrow><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>|</mo></mrow>"),
  .init(
    "\\bigl(x\\bigr)",
    "<mrow><mo minsize=\"1.19em\" maxsize=\"1.19em\" style=\"--width:.458em\">(</mo>"
      + "<mi>x</mi><mo minsize=\"1.19em\" maxsize=\"1.19em\" style=\"--width:.458em\">)</mo>"
      + "</mrow>"),
  .init(
    "|x|",
    "<mrow><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo><mi>x</mi>"
      + "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">|</mo></mrow>"),
  .init("\\hat{x}", "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">ˆ</mo></mover>"),
  .init(
    "\\vec{v}",
    "<mover accent=\"true\"><mi>v</mi><mo stretchy=\"true\">\u{20D7}</mo></mover>"),
  .init(
    "\\widetilde{ab}",
    "<mover accent=\"true\"><mrow><mi>a</mi><mi>b</mi></mrow>"
      + "<mo stretchy=\"false\" style=\"transform:scaleX(2.12)\">˜</mo></mover>"),
  .init("\\overline{x}", "<mrow class=\"overline\"><mi>x</mi></mrow>"),
  .init(
    "\\overbrace{x}^n",
    "<mover><mover accent=\"true\"><mi>x</mi><mo stretchy=\"true\">⏞</mo></mover>"
      + "<mi>n</mi></mover>"),
  .init("\\sqrt[3]{x}", "<mroot><mi>x</mi><mn>3</mn></mroot>"),
  .init(
    "a\\,b\\!c",
    "<mrow><mi>a</mi><mspace width=\".1667em\"/><mi>b</mi>"
      + "<mspace style=\"margin-left:-.1667em\"/><mi>c</mi></mrow>"),
  .init(
    "q \\,\\|\\, p",
    "<mrow><mi>q</mi><mo stretchy=\"false\" lspace=\".1667em\" rspace=\".1667em\">‖</mo>"
      + "<mi>p</mi></mrow>"),
  .init("\\text{if $x$}", "<mrow><mtext>if\u{A0}</mtext><mi>x</mi></mrow>"),
  .init("\\stackrel{d}{=}", "<mover><mo lspace=\"0\" rspace=\"0\">=</mo><mi>d</mi></mover>"),
  .init(
    "\\xrightarrow{f}",
    "<mover class=\"arrow\"><mo stretchy=\"true\" lspace=\"0\" rspace=\"0\">→</mo><mrow>"
      + "<mspace width=\".5em\"/><mi>f</mi><mspace width=\".5em\"/></mrow></mover>"),
  .init(
    "a \\textcolor{red}{=} b",
    "<mrow><mi>a</mi><mspace width=\".2778em\"/><mrow mathcolor=\"red\">"
      + "<mo lspace=\"0\" rspace=\"0\">=</mo></mrow><mspace width=\".2778em\"/><mi>b</mi>"
      + "</mrow>"),
  .init("\\not=", "<mo lspace=\"0\" rspace=\"0\">≠</mo>"),
  .init(
    "a \\equiv b \\pmod n",
    "<mrow><mi>a</mi><mo>≡</mo><mi>b</mi><mo stretchy=\"false\" lspace=\".4444em\">(</mo>"
      + "<mi>mod</mi><mspace width=\".3333em\"/><mi>n</mi><mo stretchy=\"false\">)</mo>"
      + "</mrow>"),
  .init(
    "\\dots, a + \\dots + b",
    "<mrow><mi>…</mi><mo lspace=\".1667em\">,</mo><mi>a</mi><mo>+</mo><mi>⋯</mi>"
      + "<mo>+</mo><mi>b</mi></mrow>"),
  .init("\\phantom{x}", "<mphantom><mi>x</mi></mphantom>"),
  .init(
    "A \\& B < C",
    "<mrow><mi>A</mi><mi>&amp;</mi><mi>B</mi><mo>&lt;</mo><mi>C</mi></mrow>"),
  .init(
    "\\begin{pmatrix} a & b \\end{pmatrix}",
    "<mrow><mo stretchy=\"false\">(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi>"
      + "</mtd></mtr></mtable><mo stretchy=\"false\">)</mo></mrow>"),
  .init(
    "\\begin{aligned} a &= b \\\\ &= -c \\end{aligned}",
    "<mtable class=\"aligned\" displaystyle=\"true\"><mtr><mtd><mi>a</mi></mtd><mtd>"
      + "<mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd></mtd><mtd><mo>=</mo>"
      + "<mo form=\"prefix\">−</mo><mi>c</mi></mtd></mtr></mtable>"),
  .init(
    "\\begin{array}{l|r} a & b \\\\ \\hline c & d \\end{array}",
    "<mtable class=\"array\"><mtr><mtd class=\"left\"><mi>a</mi></mtd>"
      + "<mtd class=\"right bar\"><mi>b</mi></mtd></mtr><mtr class=\"ruled\">"
      + "<mtd class=\"left\"><mi>c</mi></mtd><mtd class=\"right bar\"><mi>d</mi></mtd></mtr>"
      + "</mtable>"),
  .init("\\tfrac12", "<mstyle displaystyle=\"false\"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>"),
  .init(
    inText: "\\dfrac12",
    "<mstyle displaystyle=\"true\"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle>"),
  .init("\\displaystyle x", "<mstyle displaystyle=\"true\"><mi>x</mi></mstyle>"),
  .init("\\cancel{x}", "<mrow class=\"cancel\"><mi>x</mi></mrow>"),
]
