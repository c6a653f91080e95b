// The English of what can be wrong with a book's files, in one place.
extension Problem {
  static func unreadable(_ file: String, because reason: String) -> Problem {
    Problem("expected to read \(file), found that it cannot be read", details: [reason])
  }

  static func notUTF8(_ location: SourceLocation, byte: UInt8) -> Problem {
    let hex = String(byte, radix: 16, uppercase: true)
    return Problem(
      at: location, "expected UTF-8 text, found the byte 0x\(hex)", mend: "save the file as UTF-8")
  }

  // Fences

  static func unknownFlag(_ name: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected a flag of a Swift cell, found \(name)",
      mend: Suggestion.mend(for: name, among: Cell.Flags.names, calledAs: "flags"))
  }

  static func malformedFlag(_ name: String, at place: SourceLocation) -> Problem {
    let form = [
      "id": "id=a-name (letters, digits and hyphens)", "fails": "fails=\"words of the diagnostic\"",
      "timeout": "timeout=20",
    ]
    return Problem(
      at: place, "expected the flag \(name) in its own form, found another",
      mend: "write \(form[name] ?? "\(name), without a value")")
  }

  static func badTimeout(_ value: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected a number of seconds above zero and up to a day, found timeout=\(value)",
      mend: "write for instance timeout=20")
  }

  static func trapsAndFails(at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected traps or fails, found both",
      mend: "a cell that does not compile cannot trap: keep one of them")
  }

  static func twoCells(_ id: String, at place: SourceLocation, first: SourceLocation) -> Problem {
    Problem(
      at: place, "expected an id of its own, found \(id), which the cell at line \(first.line) has",
      mend: "rename one of the two")
  }

  static func unbalanced(_ imbalance: SwiftTokens.Imbalance, in cell: Cell) -> Problem {
    func place(_ line: Int) -> SourceLocation {
      SourceLocation(file: cell.location.file, line: cell.firstLine + line - 1)
    }
    switch imbalance {
    case .neverClosed(let bracket, let line):
      return Problem(
        at: place(line), "found \(bracket) that the cell never closes",
        mend: "a cell's brackets close within the cell")
    case .neverOpened(let bracket, let line):
      return Problem(
        at: place(line), "found \(bracket) that the cell never opened",
        mend: "a cell's brackets close within the cell")
    case .unterminatedString(let line):
      return Problem(at: place(line), "found a string that never ends", mend: "close its quotes")
    case .unterminatedComment(let line):
      return Problem(at: place(line), "found a comment that never ends", mend: "close it with */")
    }
  }

  // Prose

  static func unknownCallout(_ word: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected a kind of callout, found [!\(word)]",
      mend: Suggestion.mend(
        for: word, among: Block.Callout.allCases.map(\.rawValue), calledAs: "kinds"))
  }

  static func rawHTML(at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected Markdown, found raw HTML",
      mend: "write it in Markdown, or escape < as \\<")
  }

  static func unknownNote(
    _ name: String, at place: SourceLocation, among names: some Sequence<String>
  ) -> Problem {
    Problem(
      at: place, "expected a note that the chapter has, found [^\(name)]",
      mend: Suggestion.mend(for: name, among: names, calledAs: "notes"))
  }

  static func unusedNote(_ name: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "found a note that the text never refers to: \(name)",
      mend: "refer to it as [^\(name)] or remove it")
  }

  static func tooDeep(_ limit: Int, at place: SourceLocation) -> Problem {
    Problem(
      at: place,
      "expected at most \(limit) quotes, lists and emphases one inside the other, found more",
      mend: "write it flatter")
  }

  static func noteInNote(_ name: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "found a note within a note: [^\(name)]",
      mend: "say it in the note itself, or refer to [^\(name)] from the text")
  }

  static func markInAddress(at place: SourceLocation) -> Problem {
    Problem(
      at: place,
      "expected a link's address and title as they stand, found mathematics or a number of the chapter",
      mend: "write %24 for $ in an address, and put the rest in the link's text")
  }

  // Front matter and Book.yaml

  static func noFrontMatter(_ place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected the chapter to begin with its front matter between lines ---",
      mend: "begin with ---, title: and question:, and another ---")
  }

  static func unknownKey(_ key: String, among keys: [String], at place: SourceLocation) -> Problem {
    Problem(
      at: place, "found a key that means nothing here: \(key)",
      mend: Suggestion.mend(for: key, among: keys, calledAs: "keys"))
  }

  static func missingKey(_ key: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected the key \(key), found none", mend: "add a line \(key): …")
  }

  static func wrongValue(
    of key: String, expected: String, found: String, at place: SourceLocation
  ) -> Problem {
    Problem(at: place, "expected \(key) to be \(expected), found \(found)")
  }

  static func badChapterName(_ name: String, at place: SourceLocation) -> Problem {
    Problem(
      at: place, "expected a chapter's name to begin with its number, found \(name)",
      mend: "call it for instance 01-a-name (letters, digits and hyphens), and its file likewise")
  }

  static func twoChapters(
    _ name: String, _ other: String, _ number: Int, at place: SourceLocation
  ) -> Problem {
    Problem(
      at: place, "expected a number of its own for \(name), found \(number), which \(other) has",
      mend: "give one of the two another number")
  }

  static func badYAML(_ message: String, at place: SourceLocation) -> Problem {
    Problem(at: place, "expected YAML, found that it cannot be read: \(message)")
  }
}
