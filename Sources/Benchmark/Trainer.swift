import Foundation
import Literate

/// A program that trains a workload on order: ours, or PyTorch's. Both speak the same language, which
/// Benchmarks/peers/harness.py describes.
///
/// The conversation blocks: while one side is measured, nothing else is to happen in this program.
final class Trainer {
  /// How it is called in errors: "PyTorch's lstm".
  let name: String
  private(set) var greeting = Greeting(ready: "", version: "", variant: "")
  private let command: String
  private let process = Process()
  private let orders = Pipe()
  private let answers = Pipe()
  private let complaints: FilePath
  private var unread = Data()

  /// What it says unasked once it is warm.
  struct Greeting: Codable {
    /// The workload.
    var ready: String
    var version: String
    /// Which of several ways of doing the work.
    var variant: String
  }

  struct Times: Decodable {
    var steps: Int
    /// Seconds of all steps: by the clock, and of the processor.
    var wall: Double
    var processor: Double
  }

  private struct Refusal: Decodable {
    var error: String
  }

  init(_ name: String, program: String, arguments: [String], workload: String) throws {
    self.name = name
    command = ([program] + arguments).joined(separator: " ")
    complaints = FilePath(NSTemporaryDirectory()) / "benchmark-\(UInt64.random(in: 0 ... .max))"
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    // A crash of ours is to tell its reason, and no more.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
    process.standardInput = orders
    process.standardOutput = answers
    try complaints.replace(with: [])
    process.standardError = try FileHandle(forWritingTo: complaints.url)
    // Orders to a program that has died are answered by an error, not by the end of this one.
    signal(SIGPIPE, SIG_IGN)
    do {
      try process.run()
    } catch {
      throw Problem("expected to start \(program), found: \(error.localizedDescription)")
    }
    try orders.fileHandleForReading.close()
    try answers.fileHandleForWriting.close()
    greeting = try hear()
    guard greeting.ready == workload else {
      throw Problem(
        "expected \(name) to be ready with \(workload), found it ready with \(greeting.ready)")
    }
  }

  deinit {
    try? orders.fileHandleForWriting.close()
    if process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(at: complaints.url)
  }

  func run(steps: Int) throws -> Times { try ask("run \(steps)") }

  /// Most bytes the workload has held.
  func memory() throws -> Int {
    struct Answer: Decodable { var bytes: Int }
    return try (ask("memory") as Answer).bytes
  }

  /// Operations of a step, as the program itself counts them.
  func count() throws -> Int {
    struct Answer: Decodable { var flop: Int }
    return try (ask("count") as Answer).flop
  }

  private func ask<Answer: Decodable>(_ order: String) throws -> Answer {
    try? orders.fileHandleForWriting.write(contentsOf: Data((order + "\n").utf8))
    return try hear()
  }

  private func hear<Answer: Decodable>() throws -> Answer {
    let line = try nextLine()
    if let answer = try? JSONDecoder().decode(Answer.self, from: line) { return answer }
    if let refusal = try? JSONDecoder().decode(Refusal.self, from: line) {
      throw Problem("\(name) \(refusal.error)", mend: "see what it says by hand: \(command)")
    }
    throw Problem(
      "expected \(name) to answer in JSON, found: \(String(decoding: line, as: UTF8.self))",
      mend: "see what it says by hand: \(command)")
  }

  private func nextLine() throws -> Data {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = unread[..<end]
        unread = Data(unread[(end + 1)...])
        return line
      }
      let more = read(answers.fileHandleForReading.fileDescriptor, &buffer, buffer.count)
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { throw death() }
      unread.append(contentsOf: buffer[..<more])
    }
  }

  private func death() -> Problem {
    process.waitUntilExit()
    let status = process.terminationStatus
    let ending = process.terminationReason == .exit ? "with code \(status)" : "by signal \(status)"
    let words = (try? String(decoding: complaints.read(), as: UTF8.self)) ?? ""
    return Problem(
      "expected \(name) to answer, found that it ended \(ending)",
      mend: "see what it says by hand: \(command)",
      details: words.split(separator: "\n").suffix(8).map(String.init))
  }
}
