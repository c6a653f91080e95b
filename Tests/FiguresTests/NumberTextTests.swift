import Figures
import Testing

@Suite("A number on a figure")
struct NumberTextTests {
  @Test(
    "is printed as a book prints it",
    arguments: [
      (0.1 + 0.2, "0.3"), (-2.5, "−2.5"), (0, "0"), (-0.0, "0"), (12_345, "12,345"), (1234, "1234"),
      (0.000_012_34, "1.234×10⁻⁵"), (-6.022e23, "−6.022×10²³"), (0.001_5, "0.0015"),
      (.nan, "NaN"), (-.infinity, "−∞"), (9.9999, "10"), (99_999.6, "100,000"),
    ])
  func significant(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }

  @Test(
    "is rounded from its exact binary value",
    arguments: [
      (0.125, 2, "0.12"), (0.375, 2, "0.38"), (1.005, 2, "1.00"), (2.675, 2, "2.67"),
      (-0.004, 2, "0.00"), (0.15, 1, "0.1"), (0.35, 1, "0.3"), (1e6, 0, "1,000,000"),
      (-1234.5, 1, "−1234.5"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }
}
