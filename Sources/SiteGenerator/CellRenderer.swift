import Literate
import Outputs
import Runner

// A cell: its code, and beneath it what it put out.
extension Weaver {
  mutating func cell(_ cell: Cell) -> HTML {
    if cell.flags.isHidden { return "" }
    let outputs =
      transcript.map { $0.cells.indices.contains(cell.index) ? $0.cells[cell.index].outputs : [] }
      ?? []
    say(cell.code)
    let shown = self.outputs(outputs, of: cell)
    let isDerivation = outputs.contains { if case .derivation = $0 { true } else { false } }
    // Where the derivation says it all, its code waits beneath.
    let code = self.code(of: cell, isFolded: cell.flags.isFolded || isDerivation)
    var id: HTML = ""
    if let name = cell.flags.id, !hasNumbered(cell) {
      claim(name, at: cell.location)
      id = " id=\"\(name)\""
    }
    return "<div class=\"cell\"\(id)>\n\(isDerivation ? shown + code : code + shown)</div>\n"
  }

  private func hasNumbered(_ cell: Cell) -> Bool {
    guard let numbers = numbering?.cells[cell.index] else { return false }
    return !numbers.figures.isEmpty || !numbers.derivations.isEmpty
  }

  private func code(of cell: Cell, isFolded: Bool) -> HTML {
    let box = codeBox(Highlighter.html(cell.code))
    if !isFolded { return box }
    let lines = cell.code.trimmedAtEnd.split(
      separator: "\n", omittingEmptySubsequences: false
    ).count
    return """
      <details class="fold"><summary>Show the code \
      <span class="count">(\(lines) \(lines == 1 ? "line" : "lines"))</span></summary>
      \(box)</details>

      """
  }

  func codeBox(_ code: HTML) -> HTML {
    "<div class=\"code\"><pre><code>\(code)</code></pre></div>\n"
  }

  private mutating func outputs(_ outputs: [CellOutput], of cell: Cell) -> HTML {
    var html: HTML = ""
    var printed: HTML = ""
    var verdicts: HTML = ""
    func flush() {
      if !printed.isEmpty { html += "<pre class=\"printed\"><samp>\(printed)</samp></pre>\n" }
      if !verdicts.isEmpty { html += "<ul class=\"verdicts\">\n\(verdicts)</ul>\n" }
      (printed, verdicts) = ("", "")
    }
    var (figure, derivation) = (0, 0)
    let numbers = numbering?.cells[cell.index] ?? Numbering.Cell()
    let ids = Numbering.ids(of: cell, numbers)
    for output in outputs {
      switch output {
      case .printed(let text, let line):
        if !verdicts.isEmpty { flush() }
        let verdict = takeVerdict(.printed, of: cell, line: line)
        say(text)
        printed += self.printed(text, verdict)
        if let verdict, !verdict.verdict.hasPassed { verdicts += row(verdict) }
      case .claim:
        if !printed.isEmpty { flush() }
        if let verdict = takeVerdict(.claim, of: cell) { verdicts += row(verdict) }
      case .derivation(let report):
        flush()
        html += self.derivation(
          report, number: numbers.derivations[derivation], id: ids.derivations[derivation],
          verdict: takeVerdict(.derivation, of: cell))
        derivation += 1
      case .figure(let figureShown):
        flush()
        html += self.figure(
          figureShown, number: numbers.figures[figure], id: ids.figures[figure])
        figure += 1
      case .trapped(let message):
        flush()
        html += diagnostic(message)
        if let verdict = takeVerdict(.trap, of: cell) { verdicts += row(verdict) }
      case .didNotCompile(let message):
        flush()
        html += diagnostic(message)
        if let verdict = takeVerdict(.compileFailure, of: cell) { verdicts += row(verdict) }
      case .remembered(let name, _, let seconds):
        flush()
        html += remembered(name, seconds: seconds)
      }
    }
    // A verdict without an output of its own: something expected that never came.
    for verdict in waiting[cell.index] ?? [] {
      if !printed.isEmpty { flush() }
      verdicts += row(verdict)
    }
    waiting[cell.index] = nil
    flush()
    return html
  }

  private mutating func printed(_ text: String, _ verdict: NumberedVerdict?) -> HTML {
    let body = text.trimmedAtEnd
    guard let verdict, verdict.verdict.hasPassed else { return "\(body)\n" }
    claim(verdict.id, at: verdict.verdict.location)
    return """
      <span class="as-expected" id="\(verdict.id)">\(body)\
      <span class="mark" title="prints what the code says it prints">✓</span></span>

      """
  }

  private func diagnostic(_ message: String) -> HTML {
    "<pre class=\"diagnostic\"><samp>\(message.trimmedAtEnd)</samp></pre>\n"
  }

  private func remembered(_ name: String, seconds: Double) -> HTML {
    let time: HTML = isReproducible ? "" : ": \(Quantity.seconds(seconds))"
    return """
      <p class="remembered" title="A result that takes long is kept until code before it changes.">\
      Kept between runs: “\(name)”\(time)</p>

      """
  }
}
