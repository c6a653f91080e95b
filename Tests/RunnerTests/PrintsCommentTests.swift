import Runner
import Testing

@Suite("A prints comment")
struct PrintsCommentTests {
  func agrees(_ expected: String, _ printed: String) -> Bool {
    PrintsComment(line: 1, expected: expected).agrees(with: printed)
  }

  @Test("takes the digits written as the tolerance")
  func digits() {
    #expect(agrees("0.443", "0.4428"))
    #expect(agrees("0.443", "0.4435"))
    #expect(!agrees("0.443", "0.44361"))
    #expect(agrees("-1.50", "-1.499"))
    #expect(!agrees("-1.50", "1.499"))
    #expect(agrees("1.5e-3", "0.00152"))
    #expect(!agrees("1.5e-3", "0.00156"))
  }

  @Test("compares all that is no number to the letter")
  func words() {
    #expect(agrees("[0.1, 0.2] of x2", "[0.12, 0.21] of x2"))
    #expect(!agrees("[0.1, 0.2] of x2", "[0.12, 0.21] of x3"))
    #expect(!agrees("3 bumps", "4 bumps"))
    #expect(!agrees("0.4", "nan"))
    #expect(!agrees("nan", "0.4"))
    #expect(!agrees("1 2", "1"))
  }
}
