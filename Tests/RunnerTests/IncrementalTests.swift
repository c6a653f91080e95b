import Literate
import Runner
import Testing
import Workbench

/// A small book of two chapters that refer to each other.
private let files = [
  "Book.yaml": """
  title: Two
  description: Two chapters.
  parts:
    - title: Part
      summary: Both.
      chapters: [01-first, 02-second]

  """,
  "01-first.md": """
  ---
  title: The first
  question: What comes first?
  seed: 3
  ---
  As [](02-second.md) shows in [](02-second.md#square).

  ```swift id=walk
  let x = Double.random(in: 0...1, using: &random)
  expect("a draw lies in its range", x, inside: 0...1)
  ```

  It was \\(x, digits: 3).

  """,
  "02-second.md": """
  ---
  title: The second
  question: And then?
  ---
  $$ x^2 \\label{square} $$

  ```swift
  let two = 2.0
  print(two * two)  // prints 4
  ```

  """,
]

@Suite("An incremental build")
struct IncrementalTests {
  @Test("equals a clean one, byte for byte, after prose, comments, titles and code have changed")
  func equalsClean() async throws {
    let bench = try Workbench(files)
    try await bench.run()
    let edits: [(String, String, String)] = [
      ("01-first.md", "It was", "A new line of prose.\n\nIt was"),
      ("02-second.md", "let two", "// why two\n\nlet two"),
      ("02-second.md", "The second", "The second, renamed"),
      ("01-first.md", "inside: 0...1", "inside: -1...1"),
      ("02-second.md", "square", "quadrat"),
      ("01-first.md", "square", "quadrat"),
    ]
    for (name, old, new) in edits {
      let text = try SourceText(contentsOf: bench.directory / name, shownAs: name).text
      try bench.write(name, text.replacing(old, with: new))
      if name == "02-second.md", new == "quadrat" { continue }  // until both have changed
      let outcomes = try await bench.run()
      #expect(outcomes.flatMap(\.problems) == [])
    }
    let clean = try Workbench()
    for name in files.keys {
      let text = try SourceText(contentsOf: bench.directory / name, shownAs: name).text
      try clean.write(name, text)
    }
    try await clean.run(isFresh: true)
    #expect(try bench.site() == clean.site())
  }

  @Test("runs a chapter again only where its code, seed or data changed")
  func runsWhatMatters() async throws {
    let bench = try Workbench(files)
    try await bench.run()
    func kept(_ name: String, _ old: String, _ new: String) async throws -> [String: Bool] {
      let text = try SourceText(contentsOf: bench.directory / name, shownAs: name).text
      try bench.write(name, text.replacing(old, with: new))
      let outcomes = try await bench.run()
      return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.name, $0.wasKept) })
    }
    #expect(try await kept("01-first.md", "zzz", "") == ["01-first": true, "02-second": true])
    #expect(
      try await kept("01-first.md", "let x =", "let x  =  /* wide */")
        == ["01-first": true, "02-second": true])
    #expect(
      try await kept("01-first.md", "seed: 3", "seed: 4") == ["01-first": false, "02-second": true])
    #expect(
      try await kept("02-second.md", "two * two", "two + two") == [
        "01-first": true, "02-second": false,
      ])
    #expect(
      try await kept("01-first.md", "digits: 3", "digits: 2") == [
        "01-first": false, "02-second": true,
      ])
  }

  @Test("says why a chapter would run again")
  func why() async throws {
    let bench = try Workbench(files)
    let runner = try await bench.runner()
    let book = try bench.book
    #expect(
      try runner.reasonsToRun(book.chapter("01-first")) == ["no successful run of it is kept"])
    try await bench.run()
    #expect(try runner.reasonsToRun(book.chapter("01-first")) == [])
    let text = try #require(files["01-first.md"])
    try bench.write(
      "01-first.md",
      text.replacing("seed: 3", with: "seed: 5").replacing("0...1,", with: "0...2,"))
    #expect(
      try runner.reasonsToRun(book.chapter("01-first")) == [
        "the seed changed from 3 to 5", "the code of the cell at book/01-first.md:8 changed",
      ])
  }

  @Test("points a kept claim at its line as the file stands now")
  func movesLines() async throws {
    let bench = try Workbench(files)
    try await bench.run()
    let text = try #require(files["01-first.md"])
    try bench.write(
      "01-first.md",
      text.replacing("As", with: "One\n\ntwo\n\nAs").replacing("let x", with: "// x\n\nlet x"))
    let outcome = try await bench.run()[0]
    #expect(outcome.wasKept)
    #expect(try outcome.result.get().verdicts.map(\.location.line) == [16])
  }

  @Test("keeps the last good page of a chapter that fails, and never its failure")
  func failure() async throws {
    let bench = try Workbench(files)
    try await bench.run()
    let before = try bench.site()
    let text = try #require(files["02-second.md"])
    try bench.write("02-second.md", text.replacing("two * two", with: "two * two * two"))
    for _ in 0..<2 {
      let outcomes = try await bench.run()
      #expect(outcomes.map { $0.problems.isEmpty } == [true, false])
      #expect(outcomes[1].wasKept == false)
      #expect(try bench.site() == before)
    }
  }

  @Test("computes a kept result again where a function behind its cell has changed")
  func memoAhead() async throws {
    let bench = try Workbench([
      "Book.yaml": "title: A\ndescription: B\nparts:\n  - title: P\n    chapters: [01-a]\n",
      "01-a.md": """
      ---
      title: A
      question: Why?
      ---
      ```swift
      let one = memo("one") { helper() }
      print(one)
      ```

      ```swift
      func helper() -> Int { 1 }
      ```

      """,
    ])
    func printed() async throws -> String? {
      let result = try #require(try await bench.run().first?.result.get())
      return result.transcript.cells[0].outputs.compactMap { output -> String? in
        if case .printed(let text, _) = output { text } else { nil }
      }.first
    }
    #expect(try await printed() == "1\n")
    let text = try SourceText(contentsOf: bench.directory / "01-a.md", shownAs: "").text
    try bench.write("01-a.md", text.replacing("{ 1 }", with: "{ 2 }"))
    #expect(try await printed() == "2\n")
  }

  @Test("recovers from a damaged cache")
  func damaged() async throws {
    let bench = try Workbench(files)
    try await bench.run()
    let before = try bench.site()
    for chapter in ["01-first", "02-second"] {
      let kept = bench.directory / ".course/chapters" / chapter / "kept.json"
      let bytes = try kept.read()
      try kept.replace(with: Array(bytes.prefix(bytes.count / 2)))
    }
    let outcomes = try await bench.run()
    #expect(outcomes.allSatisfy { !$0.wasKept && $0.problems.isEmpty })
    #expect(try bench.site() == before)
  }
}
