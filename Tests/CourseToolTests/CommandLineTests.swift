import Foundation
import Literate
import Subprocess
import Testing
import Workbench

/// The program as a person starts it.
@Suite("The command line")
struct CommandLineTests {
  struct Answer {
    var code: Int32
    var said: String
    var complained: String
  }

  func course(_ arguments: [String], input: String = "") async throws -> Answer {
    let program = try Workbench().installation.libraries / "course"
    let result = try await run(
      .path(.init(program.string)), arguments: .init(arguments),
      environment: .inherit.updating(["SOURCE_DATE_EPOCH": "0"]), input: .string(input),
      output: .string(limit: 1 << 22), error: .string(limit: 1 << 22))
    var code: Int32 = -1
    if case .exited(let number) = result.terminationStatus { code = number }
    return Answer(code: code, said: result.standardOutput, complained: result.standardError)
  }

  static let yaml = """
    title: One
    description: One chapter.
    parts:
      - title: Part
        chapters:
          - 01-only

    """

  func bench(_ body: String) throws -> Workbench {
    let head = "---\ntitle: Only\nquestion: What?\n---\n"
    return try Workbench(["Book.yaml": Self.yaml, "01-only.md": head + body])
  }

  @Test("says what is missing where there is no book")
  func noBook() async throws {
    let bench = try Workbench()
    let answer = try await course(["build", "--book", bench.directory.string])
    #expect(answer.code == 1)
    #expect(
      answer.complained == """
        ✗ expected a book in \(bench.directory), found no \(bench.directory)/Book.yaml
          → name the book's folder by --book, or make one: course new --book \(bench.directory) "A title"

        """)
  }

  @Test("begins a book and a chapter, which then stand")
  func new() async throws {
    let bench = try Workbench()
    let folder = bench.directory.string
    for title in ["Random walks", "More walks"] {
      let answer = try await course(["new", "--book", folder, title])
      #expect(answer.code == 0, "\(answer.complained)")
    }
    let built = try await course(["build", "--book", folder])
    #expect(built.code == 0, "\(built.complained)")
    #expect(built.said.hasPrefix("2 chapters checked: 2 claims and 0 derivations hold\n"))
    let listed = try await course(["list", "--book", folder])
    #expect(listed.said.contains("  01-random-walks  Random walks"))
    #expect(listed.said.contains("  02-more-walks  More walks"))
    let again = try await course(["build", "--book", folder, "--json"])
    #expect(again.said.contains("\"wasKept\" : true"))
    let unknown = try await course(["run", "walk", "--book", folder])
    #expect(unknown.code == 1)
    #expect(unknown.complained.hasPrefix("✗ expected a chapter of the book, found walk"))
  }

  @Test("tells figures in words, and verses and tables as they are")
  func figures() async throws {
    let bench = try bench(
      """
      ```swift
      show(
        Verses([Verse("白日依山尽，黄河入海流。", note: "The sun."), Verse("更上一层楼。")]),
        caption: "Hills.", alt: "Two lines.")
      show(
        PictureMap("z₁", over: [0, 1], "z₂", over: [0, 1, 2], images: [[0], [0], [0], [1], [1], [1]],
          height: 1, width: 1),
        caption: "Codes.", alt: "Six squares.")
      ```

      """)
    let answer = try await course(["run", "1", "--book", bench.directory.string])
    #expect(answer.code == 0, "\(answer.complained)")
    #expect(
      answer.said.contains(
        """
        白日依山尽，黄河入海流。  (The sun.)
        更上一层楼。
        [2 verses: Hills.]
        [map of 2 × 3 pictures over z₁ and z₂: Codes.]
        """))
  }

  @Test("accepts what is printed now, after showing the difference, and changes nothing else")
  func accept() async throws {
    let text = "A *word*.\n\n```swift\nprint(2.0 / 3)  // prints 0.62\nprint(7)  // prints 7\n```\n"
    let bench = try bench(text)
    let file = bench.directory / "01-only.md"
    let before = try file.read()
    let folder = bench.directory.string
    let refused = try await course(["accept", "1", "--book", folder], input: "n\n")
    #expect(refused.said.contains("- print(2.0 / 3)  // prints 0.62"))
    #expect(refused.said.contains("+ print(2.0 / 3)  // prints 0.67"))
    #expect(try file.read() == before)
    let accepted = try await course(["accept", "1", "--book", folder, "--yes"])
    #expect(accepted.code == 0)
    let expected = String(decoding: before, as: UTF8.self).replacing("0.62", with: "0.67")
    #expect(try String(decoding: file.read(), as: UTF8.self) == expected)
    #expect(try await course(["test", "1", "--book", folder]).code == 0)
  }

  @Test("keeps the line breaks of a file it rewrites, and takes any title")
  func lineBreaks() async throws {
    let bench = try bench("```swift\nprint(7)  // prints 8\n```\n")
    let folder = bench.directory.string
    for name in ["01-only.md", "Book.yaml"] {
      let text = try SourceText(contentsOf: bench.directory / name, shownAs: name).text
      try bench.write(name, text.replacing("\n", with: "\r\n"))
    }
    #expect(try await course(["accept", "1", "--yes", "--book", folder]).code == 0)
    let title = "Why: a “question” isn't # one"
    let begun = try await course(["new", "--book", folder, title])
    #expect(begun.code == 0, "\(begun.complained)")
    let listed = try await course(["list", "--book", folder])
    #expect(listed.said.contains(title), "\(listed.complained)")
    for (name, breaks) in [("01-only.md", 7), ("Book.yaml", 7)] {
      let bytes = try (bench.directory / name).read()
      #expect(bytes.count { $0 == 0x0A } == breaks)
      #expect(bytes.count { $0 == 0x0D } == breaks)
    }
  }

  @Test("refuses a book and arguments that name no chapter, and chapters it cannot number")
  func nothingToDo() async throws {
    let bench = try bench("Words.\n")
    let folder = bench.directory.string
    for arguments in [["--shard", "1/0"], ["--shard", "2/1"], ["--only", ","]] {
      #expect(try await course(["build", "--book", folder] + arguments).code == 64)
    }
    try bench.write("Book.yaml", "title: A\ndescription: B\nparts: []\n")
    let empty = try await course(["build", "--book", folder])
    #expect(empty.code == 1)
    #expect(empty.complained.contains("Book.yaml to name a chapter, found none"))
    try bench.write("intro.md", "")
    try bench.write("1-two.md", "")
    try bench.write(
      "Book.yaml", Self.yaml.replacing("01-only", with: "01-only\n      - intro\n      - 1-two"))
    let odd = try await course(["list", "--book", folder])
    #expect(odd.complained.contains("to begin with its number, found intro"))
    #expect(odd.complained.contains("a number of its own for 1-two, found 1, which 01-only has"))
  }

  @Test("says that it cannot serve on a port that is taken")
  func portTaken() async throws {
    let bench = try bench("")
    let taken = try await run(
      .path(.init((try Workbench().installation.libraries / "course").string)),
      arguments: ["serve", "--book", bench.directory.string, "--port", "0"],
      input: .none, output: .sequence, error: .discarded
    ) { execution in
      var port = ""
      for try await line in execution.standardOutput.strings() {
        guard let found = line.firstMatch(of: #/localhost:(\d+)/#) else { continue }
        port = String(found.1)
        break
      }
      let answer = try await course([
        "serve", "--book", bench.directory.string, "--port", port,
      ])
      #expect(answer.code == 1)
      #expect(answer.complained.contains("could not listen on port \(port)"))
      #expect(answer.complained.contains("name another port by --port"))
      try execution.send(signal: .interrupt)
    }
    #expect(taken.terminationStatus == .exited(130))
  }

  @Test("builds what was changed while it was building")
  func editedMeanwhile() async throws {
    let bench = try bench("```swift\nvar n = 0\nwhile n < 1 { n += 1 }\nprint(n)\n```\n")
    let folder = bench.directory.string
    let file = bench.directory / "01-only.md"
    async let first = course(["build", "--book", folder])
    let program = bench.directory / ".course/chapters/01-only/program.swift"
    while !program.exists { try await Task.sleep(for: .milliseconds(5)) }
    let text = try SourceText(contentsOf: file, shownAs: "").text
    try bench.write("01-only.md", text.replacing("n < 1", with: "n < 2"))
    #expect(try await first.code == 0)
    let again = try await course(["build", "--book", folder, "--json"])
    #expect(again.said.contains("\"wasKept\" : false"))
  }

  @Test("lets two builds at once take turns")
  func twoBuilds() async throws {
    let bench = try bench("```swift\nexpect(\"one is one\", 1, near: 1, within: 0)\n```\n")
    let arguments = ["build", "--book", bench.directory.string]
    async let first = course(arguments)
    async let second = course(arguments)
    for answer in try await [first, second] { #expect(answer.code == 0, "\(answer.complained)") }
    #expect(try bench.site()["01-only.html"] != nil)
  }

  @Test(
    "is stopped by Ctrl-C at once, with what it started, and harms nothing",
    arguments: ["program.swift", "program"])
  func interrupted(afterWriting file: String) async throws {
    let bench = try bench("```swift\nprint(1)\n```\n")
    let folder = bench.directory.string
    #expect(try await course(["build", "--book", folder]).code == 0)
    let site = try bench.site()
    let text = try SourceText(contentsOf: bench.directory / "01-only.md", shownAs: "").text
    try bench.write(
      "01-only.md",
      text.replacing("print(1)", with: "var n = 1\nwhile n > 0 { n = n % 7 + 1 }\nprint(n)"))
    let program = bench.directory / ".course/chapters/01-only/program"
    let written = program.parent / file
    let before = written.status?.modified
    let tool = try Workbench().installation.libraries / "course"
    let outcome = try await run(
      .path(.init(tool.string)), arguments: ["build", "--book", folder],
      input: .none, output: .discarded, error: .string(limit: 1 << 16)
    ) { execution in
      // Then it is compiled; or it runs, and would for ever.
      while written.status?.modified == before { try await Task.sleep(for: .milliseconds(50)) }
      try await Task.sleep(for: .milliseconds(400))
      try execution.send(signal: .interrupt)
    }
    #expect(outcome.terminationStatus == .exited(130))
    #expect(outcome.standardError.contains("stopped; what was finished is kept"))
    #expect(!outcome.standardError.contains("✗"))
    #expect(try bench.site() == site)
    // What was killed may take a moment to go.
    var left: String?
    for _ in 0..<600 where left != "" {
      try await Task.sleep(for: .milliseconds(50))
      left = try await run(
        .name("pgrep"), arguments: ["-f", program.string], output: .string(limit: 1 << 16)
      ).standardOutput
    }
    #expect(left == "", "a program was left running")
    let partial = bench.directory.children.filter { $0.hasSuffix(".partial") }
    #expect(partial == [])
  }

  @Test("says what it cannot write, and keeps nothing half-written")
  func unwritable() async throws {
    let bench = try bench("```swift\nprint(1)\n```\n")
    try bench.write("Book.yaml", "output: 01-only.md/public\n" + Self.yaml)
    let answer = try await course(["build", "--book", bench.directory.string])
    #expect(answer.code == 1)
    #expect(answer.complained.contains("could not write the site"))
  }

  @Test("runs a book in parts and merges them into what one run gives")
  func shards() async throws {
    let bench = try Workbench(copying: "canary")
    func part() throws -> Workbench {
      let part = try Workbench()
      for name in ["24-prints-otherwise.md", "31-stands.md"] {
        let text = try SourceText(contentsOf: bench.directory / name, shownAs: name).text
        try part.write(name, text.replacing("// prints 0.66\n", with: "// prints 0.67\n"))
      }
      try part.write(
        "Book.yaml",
        Self.yaml.replacing("01-only", with: "24-prints-otherwise\n      - 31-stands"))
      return part
    }
    let (one, two) = (try part(), try part())
    let (whole, merged) = (try part(), try part())
    for (index, part) in [one, two].enumerated() {
      let answer = try await course(
        ["build", "--book", part.directory.string, "--shard", "\(index + 1)/2"])
      #expect(answer.said.hasPrefix("1 chapter checked"))
    }
    #expect(try await course(["build", "--book", whole.directory.string]).code == 0)
    let folders = [one, two].map { ($0.directory / ".course").string }
    let answer = try await course(["merge", "--book", merged.directory.string] + folders)
    #expect(answer.code == 0, "\(answer.complained)")
    let built = try await course(["build", "--book", merged.directory.string, "--json"])
    #expect(built.code == 0)
    #expect(!built.said.contains("\"wasKept\" : false"))
    #expect(try merged.site() == whole.site())
  }

  @Test("sets formulas line by line, and fails where one cannot be set")
  func math() async throws {
    let good = try await course(
      ["math"], input: #"{"id": 7, "display": true, "tex": "a^2"}"# + "\n")
    #expect(good.code == 0)
    #expect(good.said.contains("\"id\":7") && good.said.contains("<math"))
    let bad = try await course(["math"], input: #"{"id": 8, "tex": "\\frca{1}{2}"}"# + "\n")
    #expect(bad.code == 1)
    #expect(bad.said.contains("character 1: unknown command \\\\frca"))
    #expect(try await course(["math"], input: "no json\n").code != 0)
  }
}
