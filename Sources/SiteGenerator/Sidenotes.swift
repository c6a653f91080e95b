import Literate

// Sidenotes: a number in the text, the note in the margin beside it, or beneath where there is no margin.
extension Weaver {
  mutating func noteReference(_ name: String, at place: SourceLocation) -> HTML {
    guard let note = chapter.notes[name] else { return "" }  // refused by the parser
    noteCount += 1
    let number = noteCount
    let (id, back) = (claimFree("note-\(number)"), claimFree("note-\(number)-reference"))
    say(words(of: note.text))
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
  mutating func takeNotes() -> HTML {
    if pendingNotes.isEmpty { return "" }
    defer { pendingNotes = [] }
    return """
      <aside class="sidenotes" aria-label="Notes">
      \(pendingNotes.joined(separator: "\n"))
      </aside>

      """
  }
}
