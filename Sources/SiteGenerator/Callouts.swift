import Literate

// `> [!NOTE]` and its kin.
extension Weaver {
  mutating func callout(
    _ kind: Block.Callout, _ blocks: [Block], at place: SourceLocation
  ) -> HTML {
    if kind == .answer {
      return """
        <details class="answer"><summary>Answer</summary>
        \(self.blocks(blocks))</details>

        """
    }
    var id: HTML = ""
    var number: HTML = ""
    if kind == .exercise {
      exerciseCount += 1
      number = " \(chapter.number).\(exerciseCount)"
      id = " id=\"\(claimFree("exercise-\(exerciseCount)"))\""
    }
    return """
      <div class="callout \(kind.rawValue.lowercased())" role="note"\(id)>
      <p class="callout-kind">\(kind.shownName)\(number)</p>
      \(self.blocks(blocks))</div>

      """
  }
}

extension Block.Callout {
  var shownName: String {
    switch self {
    case .note: "Note"
    case .tip: "Tip"
    case .warning: "Take care"
    case .myth: "Myth, put to the test"
    case .correction: "Correction"
    case .exercise: "Exercise"
    case .answer: "Answer"
    }
  }
}
