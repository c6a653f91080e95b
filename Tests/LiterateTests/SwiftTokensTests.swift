import Literate
import Testing

@Suite("Swift tokens")
struct SwiftTokensTests {
  func kinds(_ source: String) -> [String] {
    SwiftTokens(source).tokens.map { "\($0.kind) \($0.text)" }
  }

  @Test("tell words, numbers, strings and comments apart")
  func apart() {
    #expect(
      kinds("let x: Int = 0x1F // note") == [
        "keyword let", "identifier x", "punctuation :", "typeName Int", "punctuation =",
        "number 0x1F", "comment // note",
      ])
    #expect(
      kinds("1.5e-3...2") == [
        "number 1.5e-3", "punctuation .", "punctuation .", "punctuation .", "number 2",
      ])
    #expect(kinds("a.default") == ["identifier a", "punctuation .", "identifier default"])
  }

  @Test("see code inside a string's interpolation, and none in a raw string")
  func strings() {
    #expect(
      kinds(#""a\(b + "c")d""#) == [
        "string \"a\\", "punctuation (", "identifier b", "punctuation +", "string \"c\"",
        "punctuation )", "string d\"",
      ])
    #expect(kinds(##"#"a\(b)"#"##) == [##"string #"a\(b)"#"##])
    #expect(kinds("\"\"\"\na \"quoted\" word\n\"\"\"").count == 1)
    #expect(kinds(#""\"""#) == [#"string "\"""#])
  }

  @Test("nest block comments")
  func comments() {
    #expect(
      kinds("a /* b /* c */ d */ e") == [
        "identifier a", "comment /* b /* c */ d */", "identifier e",
      ])
  }

  @Test(
    "find what does not balance",
    arguments: [
      ("f(", SwiftTokens.Imbalance.neverClosed("(", line: 1)),
      ("a\n]", .neverOpened("]", line: 2)), ("( ]", .neverOpened("]", line: 1)),
      ("\"a", .unterminatedString(line: 1)), ("/* a", .unterminatedComment(line: 1)),
    ])
  func imbalance(_ source: String, _ expected: SwiftTokens.Imbalance) {
    #expect(SwiftTokens(source).imbalance == expected)
  }

  @Test("have one fingerprint whatever the comments, blank lines and how much space there is")
  func fingerprint() {
    let one = SwiftTokens("let a = 1 // one\n\n  let b = 2\n").fingerprint
    #expect(one == SwiftTokens("// first\nlet   a /* one */ = 1\nlet b = 2").fingerprint)
    #expect(one != SwiftTokens("let a = 1\nlet b = 3").fingerprint)
    #expect(one != SwiftTokens("let a = 1; let b = 2").fingerprint)
    #expect(SwiftTokens("ab").fingerprint != SwiftTokens("a b").fingerprint)
    // The second does not compile.
    #expect(SwiftTokens("a - b").fingerprint != SwiftTokens("a -b").fingerprint)
    #expect(SwiftTokens("a >= b").fingerprint != SwiftTokens("a > = b").fingerprint)
  }

  @Test("never fail and never lose a character that is not space", arguments: 0..<200)
  func anything(_ seed: Int) {
    let pieces = [
      "\"", "\\(", ")", "#", "/*", "*/", "//", "\n", "a", "1.", "`", "@", "\"\"\"", " ", "é", "{",
    ]
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let source = (0..<40).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return pieces[Int(state >> 40) % pieces.count]
    }.joined()
    let read = SwiftTokens(source).tokens.map { String($0.text) }.joined()
    func solid(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    #expect(solid(read) == solid(source))
  }
}
