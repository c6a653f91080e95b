extension Chapter {
  static let frontMatterKeys = ["title", "question", "seed", "data"]

  /// Parses a chapter; all problems of the file are found together.
  public init(parsing source: SourceText, name: String) throws(Problems) {
    let (frontMatter, body, found) = try FrontMatter.read(source)
    let markdown = Markdown(source, from: body)
    var problems = found + markdown.problems

    self.name = name
    self.number = Self.number(in: name) ?? 0
    self.source = source
    self.frontMatter = frontMatter
    blocks = markdown.blocks
    cells = markdown.cells
    interpolations = markdown.interpolations
    notes = markdown.notes

    problems += problemsOfCells() + problemsOfProse()
    var seen: Set<Problem> = []
    problems = problems.filter { seen.insert($0).inserted }
    if !problems.isEmpty { throw Problems(problems.sorted { $0.location! < $1.location! }) }
  }

  /// The number a chapter's name begins with; nil for a name that is no chapter's. It names a page, a
  /// folder and a place in a Swift program, so it is made of letters, digits, `-` and `_`.
  static func number(in name: String) -> Int? {
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
      return nil
    }
    return Int(name.prefix { ("0"..."9").contains($0) })
  }

  private func problemsOfCells() -> [Problem] {
    var problems: [Problem] = []
    var cellOfID: [String: Cell] = [:]
    for cell in cells {
      if let id = cell.flags.id {
        if let first = cellOfID[id] {
          problems.append(.twoCells(id, at: cell.location, first: first.location))
        }
        cellOfID[id] = cellOfID[id] ?? cell
      }
      // A cell that must not compile may be as broken as it likes.
      if cell.flags.fails == nil, let imbalance = SwiftTokens(cell.code).imbalance {
        problems.append(.unbalanced(imbalance, in: cell))
      }
    }
    return problems
  }

  private func problemsOfProse() -> [Problem] {
    var problems: [Problem] = []
    var noted: Set<String> = []
    func visit(_ inlines: [Inline]) {
      for inline in inlines {
        switch inline {
        case .emphasis(let inner), .strong(let inner): visit(inner)
        case .link(let address, let title, let inner, let place):
          if (address + title).unicodeScalars.contains(
            where: Lifting.opening.unicodeScalars.contains)
          {
            problems.append(.markInAddress(at: place))
          }
          visit(inner)
        case .note(let name, let place):
          noted.insert(name)
          if notes[name] == nil {
            problems.append(.unknownNote(name, at: place, among: notes.keys))
          }
        case .html(_, let place): problems.append(.rawHTML(at: place))
        case .image(_, _, _, let place):
          problems.append(
            Problem(
              at: place, "expected every picture to be made by a cell, found an image link",
              mend: "make it in a Swift cell and show it"))
        default: break
        }
      }
    }
    func visit(_ blocks: [Block]) {
      for block in blocks {
        switch block {
        case .heading(_, let inlines, _, _), .paragraph(let inlines, _): visit(inlines)
        case .list(let list, _): list.items.forEach(visit)
        case .quote(let inner, _), .callout(_, let inner, _): visit(inner)
        case .html(let text, let place):
          // A comment says nothing to the reader.
          if !text.hasPrefix("<!--") { problems.append(.rawHTML(at: place)) }
        case .cell, .code, .equation, .rule: break
        }
      }
    }
    visit(blocks)
    for note in notes.values { visit(note.text) }
    for (name, note) in notes where !noted.contains(name) {
      problems.append(.unusedNote(name, at: note.location))
    }
    // A note is set where it is referred to: within a note, one inside the other without end.
    for note in notes.values {
      for case .note(let name, let place) in note.text.flattened {
        problems.append(.noteInNote(name, at: place))
      }
    }
    return problems
  }
}

extension Chapter.FrontMatter {
  /// The front matter, the line on which the Markdown begins, and problems that leave it readable.
  static func read(
    _ source: SourceText
  ) throws(Problems) -> (Chapter.FrontMatter, firstLine: Int, [Problem]) {
    let top = SourceLocation(file: source.file, line: 1)
    // Spaces behind the dashes cannot be seen.
    func isRule(_ line: Substring) -> Bool {
      line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
    }
    guard source.line(1).map(isRule) ?? false,
      let end = source.lines.dropFirst().firstIndex(where: isRule)
    else { throw Problems([.noFrontMatter(top)]) }
    let text = source.lines[1..<end].joined(separator: "\n")
    do {
      let mapping = try YAMLMapping(text, file: source.file, firstLine: 2)
      let unknown = mapping.unknownKeys(known: Chapter.frontMatterKeys)
      let seed = mapping.entries["seed"] == nil ? 1 : try mapping.integer("seed")
      guard seed >= 0 else {
        throw Problem.wrongValue(
          of: "seed", expected: "zero or more", found: String(seed),
          at: mapping.entries["seed"]!.location)
      }
      let frontMatter = Chapter.FrontMatter(
        title: try mapping.string("title"), question: try mapping.string("question"),
        seed: UInt64(seed), data: try mapping.strings("data"))
      return (frontMatter, end + 2, unknown)
    } catch {
      throw Problems([error as! Problem])
    }
  }
}
