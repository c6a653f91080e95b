import Claims
import Foundation
import Outputs
import Randomness
import Testing

/// What a chapter might keep, with values JSON has no words for.
struct Trained: Codable, Equatable {
  var weights: [Float]
  var losses: [Double]
  var steps: UInt64

  static let example = Trained(
    weights: [0.1, -0.0, .infinity, 1e-30, 3.402_823_5e38], losses: [.pi, -.infinity, 1e-308, 0.1],
    steps: .max)
}

@Suite("A memo")
struct MemoTests {
  /// One run of a chapter's program: cell 2 computes (or not), from a seed, with draws.
  static func run(in directory: String?, keys: String, mustCompute: Bool) {
    if let directory {
      setenv("COURSE_MEMO_DIRECTORY", directory, 1)
      setenv("COURSE_MEMO_KEYS", keys, 1)
    }
    random = SeededGenerator(seed: 7)
    var hasComputed = false
    var value: Trained?
    let records = Output.collecting {
      Output.beginCell(2)
      value = memo("the model") {
        hasComputed = true
        for _ in 0..<10 { _ = random.next() }
        return .example
      }
    }
    #expect(hasComputed == mustCompute)
    #expect(value == .example)
    #expect(value?.weights[1].sign == .minus)
    var expected = SeededGenerator(seed: 7)
    for _ in 0..<10 { _ = expected.next() }
    #expect(random == expected)
    guard case .remembered("the model", let wasKept, let seconds) = records.last else {
      Issue.record("expected that the memo is said, found \(records)")
      return
    }
    #expect(wasKept == !mustCompute)
    #expect(seconds > 0 && seconds < 10)
    #expect(records.count == 2)
  }

  func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "memo-\(UUID().uuidString)/kept")
    defer { try? FileManager.default.removeItem(at: directory.deletingLastPathComponent()) }
    try await body(directory.path)
  }

  func run(in directory: String?, keys: String = #"{"2":"abc"}"#, mustCompute: Bool) async {
    await #expect(processExitsWith: .success) { [directory, keys, mustCompute] in
      MemoTests.run(in: directory, keys: keys, mustCompute: mustCompute)
    }
  }

  @Test(
    "computes once and is kept for the next run, with the same value and the same draws after it")
  func kept() async throws {
    try await withDirectory { directory in
      await run(in: directory, mustCompute: true)
      await run(in: directory, mustCompute: false)
      await run(in: directory, mustCompute: false)
      let files = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(files.count == 1)
      #expect(files[0].hasPrefix("abc-") && files[0].hasSuffix(".json"))
    }
  }

  @Test("computes again when its key changes, or there is none for its cell")
  func otherKey() async throws {
    try await withDirectory { directory in
      await run(in: directory, mustCompute: true)
      await run(in: directory, keys: #"{"2":"def"}"#, mustCompute: true)
      await run(in: directory, keys: #"{"1":"abc"}"#, mustCompute: true)
      await run(in: directory, mustCompute: false)
      let files = try FileManager.default.contentsOfDirectory(atPath: directory)
      #expect(files.count == 2)
    }
  }

  @Test("computes where the runner keeps nothing")
  func withoutRunner() async {
    await run(in: nil, mustCompute: true)
  }

  @Test(
    "computes again, and overwrites, when what was kept cannot be read",
    arguments: Damage.allCases)
  func corrupt(_ damage: Damage) async throws {
    try await withDirectory { directory in
      await run(in: directory, mustCompute: true)
      let name = try FileManager.default.contentsOfDirectory(atPath: directory)[0]
      let file = URL(filePath: directory).appending(path: name)
      let whole = try String(contentsOf: file, encoding: .utf8)
      try Data(damage.done(to: whole).utf8).write(to: file)
      await run(in: directory, mustCompute: true)
      await run(in: directory, mustCompute: false)
    }
  }

  enum Damage: CaseIterable {
    case emptied, truncated, notJSON, otherName, otherType

    func done(to text: String) -> String {
      switch self {
      case .emptied: ""
      case .truncated: String(text.prefix(text.count / 2))
      case .notJSON: "lost+found"
      case .otherName: text.replacing("the model", with: "no model")
      case .otherType: text.replacing("weights", with: "heights")
      }
    }
  }

  @Test("says where it cannot be kept")
  func unwritable() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      setenv("COURSE_MEMO_DIRECTORY", "/dev/null/nowhere", 1)
      setenv("COURSE_MEMO_KEYS", #"{"2":"abc"}"#, 1)
      Output.beginCell(2)
      _ = memo("the model", line: 12) { 1 }
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("line 12: memo(“the model”) cannot be kept in /dev/null/nowhere/abc-"))
  }

  @Test("passes on what its computation throws, and keeps nothing")
  func throwing() {
    struct Diverged: Error {}
    #expect(throws: Diverged.self) {
      _ = try memo("thrown away") { () throws -> Int in throw Diverged() }
    }
  }
}
