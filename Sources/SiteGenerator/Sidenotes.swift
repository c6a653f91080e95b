import Literate

// Sidenotes: a number in the text, the note in the margin beside it, or beneath where there is no margin.
extension Weaver {
  mutating func noteReference(_ name: String, at place: SourceLocation) -> HTML {
    guard let note = chapter.notes[name] else { return "" }  // refused by the parser
    noteCount += 1
    let number = noteCount
    let (id, back) = (claimFree("note-\(number)"), claimFree("note-\(number)-reference"))
    let plain = words(of: note.text)
    say(plain)
    pendingNoteLines += plain.count / 36 + 2
    let text = inlines(note.text)
    pendingNotes.append(
      """
      <p id="\(id)"><a class="note-number" href="#\(back)" \
      aria-label="Back to note \(number) in the text">\(number)</a> \(text)</p>
      """)
    return """
      <sup id="\(back)"><a class="note-reference" href="#\(id)" \
      aria-label="Note \(number)">\(number)</a></sup>
      """
  }

  /// The notes of the block just woven.
  mutating func takeNotes(after block: Block) -> HTML {
    if pendingNotes.isEmpty { return "" }
    defer { (pendingNotes, pendingNoteLines) = ([], 0) }
    // In the margin they begin beside the block and may reach down beside those after it. How many rows
    // of the page's grid that takes is guessed: a wrong guess costs a gap, never an overlap.
    var textLines = 1
    if case .paragraph(let text, _) = block { textLines += words(of: text).count / 80 }
    let below = max(0, 19 * pendingNoteLines - 29 * textLines)
    return """
      <div class="sidenotes" role="note" style="grid-row-end:span \(1 + (below + 49) / 50)">
      \(pendingNotes.joined(separator: "\n"))
      </div>

      """
  }
}
