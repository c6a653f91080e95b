import Literate
import Runner

/// A verdict with its place among the chapter's.
struct NumberedVerdict {
  var number: Int
  var verdict: Verdict
  var id: String { "check-\(number)" }

  init(number: Int, _ verdict: Verdict) {
    self.number = number
    self.verdict = verdict
  }
}

/// How a verdict is shown: by its mark and its words, never by colour alone.
enum Standing: String {
  case holds
  case fails
  /// A "break it" check that fails, as it should.
  case broken

  init(_ verdict: Verdict) {
    self = !verdict.hasPassed ? .fails : verdict.mustFail ? .broken : .holds
  }

  var mark: HTML {
    switch self {
    case .holds: "✓"
    case .fails: "✗"
    case .broken: "⊘"
    }
  }

  var words: HTML {
    switch self {
    case .holds: "holds"
    case .fails: "does not hold"
    case .broken: "fails, as it should"
    }
  }

  /// The mark, spoken by its words.
  var badge: HTML {
    """
    <span class="mark" aria-hidden="true">\(mark)</span>\
    <span class="visually-hidden">\(words): </span>
    """
  }
}

extension Weaver {
  /// The next verdict of a kind among those of the cell, on the line where one is given.
  mutating func takeVerdict(
    _ kind: Verdict.Kind, of cell: Cell, line: Int? = nil
  ) -> NumberedVerdict? {
    guard
      let index = waiting[cell.index]?.firstIndex(where: {
        $0.verdict.kind == kind && (kind != .printed || $0.verdict.location.line == line)
      })
    else { return nil }
    return waiting[cell.index]?.remove(at: index)
  }

  mutating func row(_ numbered: NumberedVerdict) -> HTML {
    let verdict = numbered.verdict
    let standing = Standing(verdict)
    let id = numbered.id
    claim(id, at: verdict.location)
    say(verdict.sentence)
    let found = (verdict.failure ?? verdict.found).withMinusSigns
    var words: HTML = "<span class=\"sentence\">\(verdict.sentence)</span> "
    if standing == .broken { words += "<span class=\"label\">\(standing.words)</span> " }
    words += "<span class=\"found\">\(found)</span>"
    if standing == .broken, let label = verdict.kind.expectedError {
      // What the compiler or the trap said stands right above.
      words = "<span class=\"label\">\(label)</span>"
    }
    return """
      <li class="verdict \(HTML.text(standing.rawValue))" id="\(id)">\(standing.badge)\(words)</li>

      """
  }
}

extension Verdict.Kind {
  fileprivate var expectedError: HTML? {
    switch self {
    case .compileFailure: "does not compile, as it should"
    case .trap: "traps, as it should"
    case .claim, .derivation, .printed: nil
    }
  }
}
