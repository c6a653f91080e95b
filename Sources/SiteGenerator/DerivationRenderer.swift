import Literate
import Outputs

// A derivation: its lines under each other, aligned at their relation, each with its reason and the worst
// residual seen.
extension Weaver {
  mutating func derivation(
    _ report: DerivationReport, number: Int, id: String?, verdict: NumberedVerdict?
  ) -> HTML {
    let place = SourceLocation(file: chapter.file, line: report.line)
    let name: String
    if let id {
      claim(id, at: place)
      name = id
    } else {
      name = claimFree("derivation-\(number)")
    }
    let standing: Standing =
      !report.hasPassed ? .fails : report.mustFail ? .broken : .holds
    var checkID: HTML = ""
    if let verdict {
      claim(verdict.id, at: verdict.verdict.location)
      checkID = " id=\"\(verdict.id)\""
    }
    let title = markdown(report.title, line: report.line, calledAs: "a derivation's title")
    var steps: HTML = ""
    var startIsShort = false
    for line in report.lines {
      let (html, width) = step(line, isExact: report.isExact, mustFail: report.mustFail)
      if line.relation == .start { startIsShort = width <= 12 }
      steps += html
    }
    let label = "\(chapter.number).\(number)"
    let warnings = report.warnings.map { "<p class=\"remark\">Note: \($0)</p>\n" as HTML }.joined()
    return """
      <section class="derivation \(HTML.text(standing.rawValue))" id="\(name)" \
      aria-label="Derivation \(label)">
      <p class="derivation-title"><span><a class="number" href="#\(name)">Derivation\u{A0}\(label).</a> \
      \(title)</span> <span class="column">\(report.isExact ? "" : "worst residual")</span></p>
      <ol class="steps\(startIsShort ? " beside" : "")">
      \(steps)</ol>
      <p class="checked"\(checkID)>\(standing.badge)\(report.checkedSentence(standing))</p>
      \(warnings)</section>

      """
  }

  /// One line, and about how many characters wide its formula is.
  private mutating func step(
    _ line: DerivationReport.Line, isExact: Bool, mustFail: Bool
  ) -> (HTML, width: Int) {
    let outer = origin
    origin = SourceLocation(file: chapter.file, line: line.line)
    let formula = self.formula(line.tex, display: true, at: origin!)
    let relation: HTML =
      line.relation == .start ? "" : self.formula(line.relation.tex, display: false, at: origin!)
    origin = outer
    let reason =
      line.reason.isEmpty
      ? "" : markdown(line.reason, line: line.line, calledAs: "a line's reason")
    if line.relation == .start {
      return ("<li class=\"start\"><div class=\"formula\">\(formula)</div></li>\n", formula.width)
    }
    let standing: Standing = line.hasPassed ? .holds : mustFail ? .broken : .fails
    let html: HTML = """
      <li class="step \(HTML.text(standing.rawValue))"><span class="relation">\(relation)</span>\
      <div class="formula">\(formula)</div>\
      <span class="residual" title="\(line.residualMeaning(isExact: isExact))">\
      \(line.residual(isExact: isExact))\(standing.badge)</span>\
      <div class="reason">\(reason)\(line.hasPassed ? "" : failure(line))</div></li>

      """
    return (html, formula.width)
  }

  private func failure(_ line: DerivationReport.Line) -> HTML {
    if let blindness = line.blindness { return "<p class=\"worst\">\(blindness)</p>" }
    guard let worst = line.worst else { return "" }
    let allowed: HTML =
      line.tolerance == 0 ? "exactly" : "within \(Quantity.small(line.tolerance))"
    return """
      <dl class="worst"><dt>expected</dt>\
      <dd>\(worst.valueBefore.withMinusSigns), as in the line before, \(allowed)</dd>\
      <dt>found</dt><dd>\(worst.valueHere.withMinusSigns)</dd>\
      <dt>at \(worst.name)</dt><dd><code>\(worst.description)</code></dd></dl>
      """
  }
}

extension DerivationReport {
  /// "Checked on 200 random instances and 2 corner cases": never "proved".
  fileprivate func checkedSentence(_ standing: Standing) -> HTML {
    var cases: [String] = []
    if instances > 0 { cases.append(Quantity.count(instances, "random instance")) }
    if !corners.isEmpty { cases.append(Quantity.count(corners.count, "corner case")) }
    let corners = self.corners.isEmpty ? "" : " (\(self.corners.joined(separator: "; ")))"
    let failing = lines.indices.filter { !lines[$0].hasPassed }.map { String($0 + 1) }
    let broken = "line\(failing.count == 1 ? "" : "s") \(failing.joined(separator: ", "))"
    let outcome: HTML
    switch standing {
    case .holds: outcome = ""
    case .fails:
      outcome =
        failing.isEmpty
        ? ": expected a line to fail, found that all hold"
        : ": <strong>\(broken) \(failing.count == 1 ? "does" : "do") not hold</strong>"
    case .broken:
      outcome = ": <strong>\(broken) fail\(failing.count == 1 ? "s" : ""), as it should</strong>"
    }
    return """
      Checked on \(cases.joined(separator: " and "))<span class="corners">\(corners)</span>\
      \(isExact ? ", in exact arithmetic" : "")\(outcome)
      """
  }
}

extension DerivationReport.Relation {
  fileprivate var tex: String {
    switch self {
    case .start: ""
    case .equals: "="
    case .atLeast: "\\ge"
    case .atMost: "\\le"
    }
  }
}

extension DerivationReport.Line {
  fileprivate func residual(isExact: Bool) -> HTML {
    if hasPassed, relation != .equals, let smallestGap {
      return "gap\u{A0}≥\u{A0}\(Quantity.small(smallestGap))"
    }
    if isExact && hasPassed { return "exact" }
    return "<span class=\"word\">worst residual </span>\(Quantity.small(worstResidual))"
  }

  fileprivate func residualMeaning(isExact: Bool) -> String {
    if hasPassed, relation != .equals, smallestGap != nil {
      return "the smallest gap to the line before, over all instances"
    }
    return isExact
      ? "equal to the line before, digit for digit, in rational arithmetic"
      : "the largest relative difference from the line before, over all instances"
  }
}

extension HTML {
  /// Characters that show, roughly: tags and the TeX kept as annotation do not.
  fileprivate var width: Int {
    let shown = source.firstRange(of: "<annotation").map { source[..<$0.lowerBound] } ?? source[...]
    var (count, isTag) = (0, false)
    for character in shown {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        count += 1
      }
    }
    return count
  }
}
