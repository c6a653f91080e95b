import Outputs
import Runner

/// What was checked in a chapter, counted and listed.
struct CheckSummary {
  var sentence: String
  /// In a few words, for the contents page: "12 claims, 2 derivations".
  var brief: String
  var standing: Standing
  var list: HTML

  /// - Parameter hidden: cells whose verdicts do not stand on the page.
  init?(_ verdicts: [Verdict], _ transcript: Transcript, hidden: Set<Int>) {
    if verdicts.isEmpty { return nil }
    let failing = verdicts.count { !$0.hasPassed }
    let broken = verdicts.count { $0.hasPassed && $0.mustFail }
    let holding = verdicts.filter { $0.hasPassed && !$0.mustFail }
    func count(_ kind: Verdict.Kind) -> Int { holding.count { $0.kind == kind } }
    let lines = transcript.cells.flatMap(\.outputs).reduce(0) { sum, output in
      guard case .derivation(let report) = output, report.hasPassed, !report.mustFail
      else { return sum }
      return sum + report.lines.count { $0.relation != .start }
    }
    var counts: [String] = []
    func add(_ number: Int, _ noun: String, _ more: String = "") {
      if number > 0 { counts.append(Quantity.count(number, noun) + more) }
    }
    add(count(.claim), "claim")
    add(count(.derivation), "derivation", " (\(Quantity.count(lines, "line")))")
    add(count(.printed), "printed value")
    add(count(.trap) + count(.compileFailure), "expected error")
    var parts: [String] = []
    if !counts.isEmpty {
      let all =
        holding.count == 1 ? "holds" : failing == 0 && holding.count > 2 ? "all hold" : "hold"
      parts.append("\(counts.inWords) \(all)")
    }
    if broken > 0 {
      parts.append(
        "\(Quantity.count(broken, "check")) \(broken == 1 ? "fails" : "fail"), as "
          + (broken == 1 ? "it should" : "they should"))
    }
    if failing > 0 {
      parts.insert(
        "\(failing) of \(Quantity.count(verdicts.count, "check")) "
          + (failing == 1 ? "does not hold" : "do not hold"), at: 0)
    }
    sentence = parts.joined(separator: "; ")
    standing = failing > 0 ? .fails : .holds
    brief =
      failing > 0
      ? "\(failing) of \(Quantity.count(verdicts.count, "check")) failing"
      : Quantity.count(verdicts.count, "check") + (verdicts.count == 1 ? " holds" : " hold")

    list = verdicts.enumerated().map { index, verdict -> HTML in
      let standing = Standing(verdict)
      let numbered = NumberedVerdict(number: index + 1, verdict)
      let sentence: HTML =
        hidden.contains(verdict.cell)
        ? "\(verdict.sentence) <span class=\"found\">(in a cell that is not shown)</span>"
        : "<a href=\"#\(numbered.id)\">\(verdict.sentence)</a>"
      return "<li class=\"\(HTML.text(standing.rawValue))\">\(standing.badge)\(sentence)</li>\n"
    }.joined()
  }
}

extension [String] {
  /// "a, b and c".
  fileprivate var inWords: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + last!
  }
}
