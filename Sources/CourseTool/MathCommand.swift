import ArgumentParser
import Foundation
import Mathematics

struct MathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "math",
    abstract: "Set formulas as MathML: JSON lines in, JSON lines out.",
    discussion: """
      Each line in is {"id": …, "display": true, "tex": "…"}; the line out has "mathml" as well, or \
      "error". The command fails where any formula does.
      """)

  func run() throws {
    var failures = 0
    var number = 0
    while let line = readLine() {
      number += 1
      if line.allSatisfy(\.isWhitespace) { continue }
      guard
        var object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let tex = object["tex"] as? String
      else {
        throw ValidationError(
          "line \(number): expected a JSON object with a text \"tex\", found \(line.prefix(80))")
      }
      do {
        object["mathml"] =
          try Formula(tex, display: object["display"] as? Bool ?? false).mathML()
      } catch {
        failures += 1
        object["error"] = "character \(error.offset + 1): \(error.message)"
      }
      let out = try JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
      print(String(decoding: out, as: UTF8.self))
    }
    if failures > 0 { throw ExitCode(1) }
  }
}
