import Claims
import Foundation
import Outputs
import Testing

@Suite("A cell that must trap")
struct TrappingTests {
  /// What a program of one such cell writes on standard output: its records, and text between them.
  func records(_ output: [UInt8]) throws -> [Record] {
    try output.split(separator: Output.recordSeparator).map { try Record(json: $0) }
  }

  @Test("says with which words it trapped, and the program goes on")
  func fatal() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      trapping(cell: 3) { fatalError("the list is empty") }
      Output.say(.cellEnded(3, seconds: 1))
    }
    #expect(
      try records(try #require(result).standardOutputContent)
        == [.trapped(3, message: "the list is empty"), .cellEnded(3, seconds: 1)])
  }

  @Test("is known to trap where an optimised program has no words")
  func overflow() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      trapping(cell: 3) {
        let largest = [Int.max].randomElement()!
        print(largest + 1)
      }
    }
    let records = try records(try #require(result).standardOutputContent)
    guard records.count == 1, case .trapped(3, let message) = records[0] else {
      Issue.record("expected a trap, found \(records)")
      return
    }
    // With words where the environment asks for backtraces.
    let wordless = message.hasPrefix("trapped without words (signal ")
    #expect(wordless || message == "arithmetic overflow")
  }

  @Test("says that it did not trap, and what it threw")
  func survives() async throws {
    struct Refused: Error, CustomStringConvertible { let description = "refused" }
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      trapping(cell: 4) {}
      trapping(cell: 5) { throw Refused() }
    }
    #expect(
      try records(try #require(result).standardOutputContent)
        == [.didNotTrap(4), .threw("refused"), .didNotTrap(5)])
  }

  @Test("changes nothing outside, and what it says comes once and in order")
  func isolated() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      var count = 1
      print("printed", terminator: "")  // and so still buffered
      trapping(cell: 6) {
        count += 1
        expect("it comes this far", count == 2, line: 9)
        print("inside")
        fatalError("now")
      }
      trapping(cell: 7) { print("whole") }
      expect("the count is as before", count == 1, line: 10)
    }
    let output = String(
      decoding: try #require(result).standardOutputContent, as: UTF8.self)
    #expect(output.components(separatedBy: "printed").count == 2)
    #expect(output.components(separatedBy: "whole").count == 2)
    // Each record ends its line; what is printed may stand before or after it.
    let said = output.components(separatedBy: "\u{1E}").compactMap { text in
      try? Record(json: text.prefix { $0 != "\n" }.utf8)
    }
    #expect(
      said == [
        .claim(Claim("it comes this far", .holds(true), line: 9)), .trapped(6, message: "now"),
        .didNotTrap(7), .claim(Claim("the count is as before", .holds(true), line: 10)),
      ])
  }
}
