import ArgumentParser
import Literate
import Runner

/// What a build came to, for a person or, as JSON, for a program.
struct BuildSummary: Codable {
  var passed: Bool
  var chapters: [Chapter]
  /// Problems of the site as a whole.
  var problems: [Problem]

  struct Chapter: Codable {
    var name: String
    var passed: Bool
    /// Taken from the cache.
    var wasKept: Bool
    var seconds: Double
    var claims: Int
    var derivations: Int
    var checks: Int
    var problems: [Problem]
  }

  init(_ outcomes: [ChapterOutcome], problems: [Problem] = []) {
    self.problems = problems
    chapters = outcomes.map { outcome in
      let verdicts = (try? outcome.result.get().verdicts) ?? []
      return Chapter(
        name: outcome.name, passed: outcome.problems.isEmpty, wasKept: outcome.wasKept,
        seconds: outcome.seconds, claims: verdicts.count { $0.kind == .claim },
        derivations: verdicts.count { $0.kind == .derivation }, checks: verdicts.count,
        problems: outcome.problems)
    }
    passed = problems.isEmpty && chapters.allSatisfy(\.passed)
  }

  /// Shows it, and ends the command with an error where something is wrong.
  func show(asJSON: Bool) throws {
    if asJSON {
      try Terminal.printJSON(self)
    } else {
      for chapter in chapters where !chapter.passed {
        Terminal.complain("\n" + Terminal.coloured(chapter.name, .bold))
        Terminal.complain(Problems(chapter.problems))
      }
      if !problems.isEmpty { Terminal.complain(Problems(problems)) }
      let failed = chapters.count { !$0.passed }
      let claims = chapters.reduce(0) { $0 + $1.claims }
      let derivations = chapters.reduce(0) { $0 + $1.derivations }
      let checked =
        "\(Terminal.counted(claims, "claim")) and \(Terminal.counted(derivations, "derivation"))"
      if failed > 0 {
        print(
          "\(Terminal.counted(failed, "chapter")) of \(chapters.count) failed: "
            + chapters.filter { !$0.passed }.map(\.name).joined(separator: ", "))
      } else {
        print("\(Terminal.counted(chapters.count, "chapter")) checked: \(checked) hold")
      }
    }
    if !passed { throw ExitCode(1) }
  }
}
