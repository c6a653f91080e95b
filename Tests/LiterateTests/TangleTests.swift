import Literate
import Testing

@Suite("Tangling")
struct TangleTests {
  func program(_ body: String) throws -> String {
    let text = "---\ntitle: A\nquestion: Why?\nseed: 7\n---\n" + body
    let chapter = try Chapter(parsing: SourceText(file: "03-a.md", text: text), name: "03-a")
    return Tangle.program(of: chapter).text
  }

  @Test("nests the cells, points each to its lines, and says the prose's numbers between them")
  func whole() throws {
    let text = try program("```swift\nlet a = 1\n```\nIt is \\(a).\n\n```swift\nprint(a)\n```\n")
    #expect(
      text == """
        import Course

        func _chapter() throws {
        do {
        Output.beginCell(0)
        #sourceLocation(file: "03-a.md", line: 7)
        let a = 1

        #sourceLocation()
        Output.endCell(0)
        #sourceLocation(file: "03-a.md", line: 8)
        interpolated(0, \"\"\"
              \\(a)
        \"\"\")
        #sourceLocation()
        do {
        Output.beginCell(1)
        #sourceLocation(file: "03-a.md", line: 12)
        print(a)

        #sourceLocation()
        Output.endCell(1)
        }}
        }

        @main enum _Program {
          static func main() { runChapter(seed: 7, _chapter) }
        }

        """)
  }

  /// What stands before the chapter's function.
  func hoisted(_ body: String) throws -> Substring {
    let text = try program(body)
    return text[..<text.range(of: "func _chapter()")!.lowerBound]
  }

  @Test("hoists types, extensions, operators and imports, with the comments above them")
  func types() throws {
    let head = try hoisted(
      """
      ```swift
      import Dispatch
      /// A pair.
      struct Pair { var a = 1 }
      let p = Pair()
      extension Pair { var b: Int { a } }
      infix operator <+>
      @frozen public enum Kind { case one }
      ```

      """)
    for piece in [
      "import Dispatch", "/// A pair.\nstruct Pair { var a = 1 }",
      "extension Pair { var b: Int { a } }", "infix operator <+>", "enum Kind { case one }",
    ] { #expect(head.contains(piece)) }
    #expect(!head.contains("let p"))
  }

  @Test("hoists a function unless it mentions a variable of the chapter, or a function that does")
  func functions() throws {
    let head = try hoisted(
      """
      ```swift
      let (scale, offset) = (2.0, 1.0)
      func free(_ x: Double) -> Double { x * x }
      func bound(_ x: Double) -> Double { x * scale }
      func outer(_ x: Double) -> Double { bound(x) }
      func labelled(scale: Double) -> Double { 1 }
      func member(_ p: Pair) -> Double { p.offset }
      ```

      """)
    #expect(head.contains("func free"))
    #expect(!head.contains("func bound"))
    #expect(!head.contains("func outer"))
    #expect(head.contains("func labelled"))
    #expect(head.contains("func member"))
  }

  @Test(
    "sees a variable in a range, a choice, a list and with a capital letter",
    arguments: ["0..<n", "1...n", "flag ? n : 0", "[n: 1]", "N + 1"])
  func mentions(_ expression: String) throws {
    let head = try hoisted(
      """
      ```swift
      let (flag, n) = (true, 3)
      let N = 4
      func free(_ p: Pair) -> Any { make(n: p.n, 2, flag: p.flag) }
      func bound() -> Any { \(expression) }
      ```

      """)
    #expect(head.contains("func free"))
    #expect(!head.contains("func bound"))
  }

  @Test("lets a function call its parameters as the chapter calls its variables")
  func parameters() throws {
    let head = try hoisted(
      """
      ```swift
      let (p, q) = (1.0, 2.0)
      func ratio(_ p: Double, to q: Double) -> Double { p / q }
      func mixed(_ p: Double) -> Double { p / q }
      ```

      """)
    #expect(head.contains("func ratio"))
    #expect(!head.contains("func mixed"))
  }

  @Test("lets a function use inside what only a later cell calls by that name")
  func laterNames() throws {
    let head = try hoisted(
      """
      ```swift
      func twice(_ x: Double) -> Double {
        let answer = 2 * x
        return answer
      }
      ```

      ```swift
      let answer = twice(21)
      func half() -> Double { answer / 2 }
      ```

      """)
    #expect(head.contains("func twice"))
    #expect(!head.contains("func half"))
  }

  @Test("knows which later declarations a cell can reach, by way of others too")
  func ahead() throws {
    let text = """
      ---
      title: A
      question: Why?
      ---
      ```swift
      let a = first()
      ```

      ```swift
      func first() -> Int { second() }
      ```

      ```swift
      func second() -> Int { 2 }
      func unrelated() -> Int { 3 }
      print(a)
      ```

      """
    let chapter = try Chapter(parsing: SourceText(file: "03-a.md", text: text), name: "03-a")
    let ahead = Tangle.declarationsAhead(in: chapter)
    let (first, second) = ("func first() -> Int { second() }", "func second() -> Int { 2 }")
    #expect(
      ahead == [
        [first, second].map { SwiftTokens($0).fingerprint },
        [second].map { SwiftTokens($0).fingerprint }, [],
      ])
  }

  @Test("writes nothing for a cell that goes to file level whole")
  func emptyCell() throws {
    let text = try program("```swift\nstruct Pair {}\n```\n")
    #expect(text.contains("Output.beginCell(0)\nOutput.endCell(0)\n"))
  }
}

extension String {
  fileprivate func range(of needle: String) -> Range<String.Index>? { firstRange(of: needle) }
}
