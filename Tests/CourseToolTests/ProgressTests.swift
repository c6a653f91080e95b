import Literate
import Subprocess
import Testing
import Workbench

/// How far a chapter is, as a person sees it.
@Suite("Progress")
struct ProgressTests {
  /// A chapter that is in a loop for this long.
  static func chapter(seconds: Int, steps: Int) -> String {
    """
    ---
    title: Slow
    question: How far is it?
    ---
    Wait for it.

    ```swift
    import Foundation
    func wait(until time: Date) { Thread.sleep(until: time) }
    ```

    ```swift timeout=4000
    let start = Date()
    var sum = 0
    for step in progress(1...\(steps), "waiting") {
      wait(until: start + \(seconds).0 * Double(step) / \(steps))
      sum += step
    }
    print(sum)
    ```

    ```swift
    print("done")
    ```

    """
  }

  static func bench(seconds: Int, steps: Int) throws -> Workbench {
    let yaml = "title: A\ndescription: B\nparts:\n  - title: P\n    chapters: [01-slow]\n"
    return try Workbench(["Book.yaml": yaml, "01-slow.md": chapter(seconds: seconds, steps: steps)])
  }

  func course(_ bench: Workbench) -> FilePath { bench.installation.libraries / "course" }

  @Test("shows in a terminal, in one line that is drawn over itself")
  func terminal() async throws {
    let bench = try Self.bench(seconds: 30, steps: 2_000)
    let command = "stty cols 70; \(course(bench)) run 1 --book \(bench.directory)"
    let result = try await run(
      .name("script"), arguments: ["-qec", command, "/dev/null"],
      output: .string(limit: 1 << 20), error: .combinedWithOutput)
    #expect(result.terminationStatus.isSuccess)
    let text = result.standardOutput
    let steps = text.matches(
      of: #/ {2}01-slow {2}cell 2 of 3 · waiting: ([\d,]+) of 2,000( · \d+ s left)? /#
    )
    .map { Int($0.output.1.replacing(",", with: ""))! }
    // Some 150; on a busy machine the lookout misses some of its turns.
    #expect((2...151).contains(Set(steps).count) && steps == steps.sorted())
    #expect(text.contains(#/ of 2,000 · \d+ s left/#))
    let lines = text.split(whereSeparator: \.isNewline).filter { $0.contains("  01-slow  cell") }
    for line in lines { #expect(line.replacing("\u{1B}[1A\u{1B}[J", with: "").count < 70) }
    #expect(text.contains("2001000"))
  }

  @Test("is not a word where nobody watches")
  func notATerminal() async throws {
    let bench = try Self.bench(seconds: 1, steps: 2_000)
    let result = try await run(
      .path(.init(course(bench).string)),
      arguments: ["run", "1", "--book", bench.directory.string],
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
    #expect(result.standardError.hasPrefix("✓ 01-slow  0 checks in "))
    #expect(result.standardError.count { $0 == "\n" } == 1)
    #expect(!result.standardOutput.contains("waiting"))
  }

  @Test("shows on the served page, at the cell that runs, and goes when it has run")
  func served() async throws {
    let python = Workbench.root / ".build/page-checks/bin/python"
    try #require(python.exists, "expected \(python), which ./course test installs")
    let bench = try Self.bench(seconds: 2_000, steps: 20_000)
    let script = Workbench.root / "Tests/Browser/check_preview.py"
    let result = try await run(
      .path(.init(python.string)),
      arguments: [script.string, course(bench).string, bench.directory.string, "01-slow"],
      output: .string(limit: 1 << 20), error: .combinedWithOutput)
    #expect(result.terminationStatus.isSuccess, "\(result.standardOutput)")
  }
}
