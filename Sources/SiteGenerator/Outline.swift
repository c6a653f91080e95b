public import Literate
import Mathematics
import Outputs
public import Runner

/// What the chapters can say of each other: titles, sections, and the numbers of what has one.
///
/// A chapter's figures and derivations are known once it has run; until then a reference to them is set
/// without its number.
public struct Outline: Sendable, Equatable {
  public private(set) var entries: [String: Entry] = [:]

  public init() {}

  /// Takes in a chapter that has not run yet. What is known of an earlier run is forgotten.
  public mutating func take(_ chapter: Chapter) { entries[chapter.name] = Entry(chapter, nil) }

  /// Takes in a chapter that ran.
  public mutating func take(_ result: ChapterResult) {
    entries[result.chapter.name] = Entry(result.chapter, result.transcript)
  }

  public subscript(name: String) -> Entry? { entries[name] }

  /// One chapter.
  public struct Entry: Sendable, Equatable {
    public var name: String
    public var number: Int
    public var title: String
    public var question: String
    /// Its headings of the second level.
    public var sections: [Section]
    /// What a reference may name, and how the reference reads when it has no words of its own.
    public var targets: [String: Target]
    public var hasRun: Bool

    var path: String { "\(name).html" }
  }

  public struct Section: Sendable, Equatable {
    public var id: String
    public var title: [Inline]
  }

  public enum Target: Sendable, Equatable {
    case heading(String)
    /// Its number: "10.1", or its tag.
    case equation(String)
    case figure(Int)
    case derivation(Int)
    /// A cell with neither figure nor derivation.
    case code
    /// A cell that has not run yet.
    case unknownYet
  }
}

extension Outline.Entry {
  init(_ chapter: Chapter, _ transcript: Transcript?) {
    name = chapter.name
    number = chapter.number
    title = chapter.title
    question = chapter.frontMatter.question
    hasRun = transcript != nil
    sections = []
    targets = [:]
    var equations = 0
    chapter.blocks.forEachNested { block in
      switch block {
      case .heading(let level, let title, let id, _):
        if level == 2 { sections.append(Outline.Section(id: id, title: title)) }
        targets[id] = .heading(title.plainText)
      case .equation(let equation):
        let formula = Formula(equation.tex, display: true)
        for label in Formula.labels(in: equation.tex) {
          if let tag = formula.tag {
            targets[label] = .equation(tag)
          } else {
            equations += 1
            targets[label] = .equation("\(chapter.number).\(equations)")
          }
        }
      default: break
      }
    }
    guard let transcript else {
      for cell in chapter.cells {
        if let id = cell.flags.id { targets[id] = .unknownYet }
      }
      return
    }
    let numbering = Numbering(chapter, transcript)
    for (cell, numbers) in zip(chapter.cells, numbering.cells) {
      guard let id = cell.flags.id else { continue }
      let ids = Numbering.ids(of: cell, numbers)
      targets[id] = .code
      for (number, id) in zip(numbers.derivations, ids.derivations) {
        if let id { targets[id] = .derivation(number) }
      }
      for (number, id) in zip(numbers.figures, ids.figures) {
        if let id { targets[id] = .figure(number) }
      }
    }
  }
}

/// Numbers of a chapter's figures and derivations, in the order of the page.
struct Numbering {
  struct Cell: Equatable {
    var figures: [Int] = []
    var derivations: [Int] = []
  }

  private(set) var cells: [Cell] = []

  /// - Parameter chapter: hidden cells show nothing, and nothing of theirs is numbered.
  init(_ chapter: Chapter, _ transcript: Transcript) {
    var (figures, derivations) = (0, 0)
    for (index, cell) in chapter.cells.enumerated() {
      var numbers = Cell()
      let outputs = transcript.cells.indices.contains(index) ? transcript.cells[index].outputs : []
      for output in outputs where !cell.flags.isHidden {
        switch output {
        case .figure:
          figures += 1
          numbers.figures.append(figures)
        case .derivation:
          derivations += 1
          numbers.derivations.append(derivations)
        default: break
        }
      }
      cells.append(numbers)
    }
  }

  /// The cell's id goes to its first figure, "id-2" to the second; without figures to its derivations.
  static func ids(
    of cell: Literate.Cell, _ numbers: Cell
  ) -> (figures: [String?], derivations: [String?]) {
    func named(_ count: Int) -> [String?] {
      (0..<count).map { index in
        cell.flags.id.map { index == 0 ? $0 : "\($0)-\(index + 1)" }
      }
    }
    return (
      named(numbers.figures.count),
      numbers.figures.isEmpty
        ? named(numbers.derivations.count) : numbers.derivations.map { _ in nil }
    )
  }
}

extension [Block] {
  /// Every block, those inside lists, quotes and callouts included, in the order of the page.
  func forEachNested(_ body: (Block) -> Void) {
    for block in self {
      body(block)
      switch block {
      case .list(let list, _): for item in list.items { item.forEachNested(body) }
      case .quote(let inner, _), .callout(_, let inner, _): inner.forEachNested(body)
      default: break
      }
    }
  }
}
