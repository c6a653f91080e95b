/// File-level code that a cell can use although it stands in a later one: Swift lets a function be
/// called before the line that declares it.
extension Tangle {
  /// For each cell the declarations of later cells that it or a cell before it can reach, as
  /// fingerprints. What a cell computes may stand on them.
  public static func declarationsAhead(in chapter: Chapter) -> [[String]] {
    let cells = chapter.cells.filter { $0.flags.fails == nil }
    let declarations = zip(cells, CellParts.parts(of: cells)).flatMap { cell, parts in
      parts.hoisted.map { Declaration($0.text, cell: cell.index) }
    }
    return chapter.cells.map { cell in
      var mentioned = chapter.cells[...cell.index].reduce(into: Set<Substring>()) { names, cell in
        names.formUnion(SwiftTokens(cell.code).tokens.lazy.filter(\.isWord).map(\.text))
      }
      var ahead = declarations.filter { $0.cell > cell.index }
      var reached: [Declaration] = []
      while let next = ahead.firstIndex(where: { $0.canBeReached(from: mentioned) }) {
        let declaration = ahead.remove(at: next)
        mentioned.formUnion(declaration.mentioned)
        reached.append(declaration)
      }
      return reached.map(\.fingerprint).sorted()
    }
  }

  private struct Declaration {
    var cell: Int
    var fingerprint: String
    /// Names that stand behind a keyword: its own, those of its members, the type it extends.
    var declared: Set<Substring> = []
    var mentioned: Set<Substring>
    var declaresOperator = false

    init(_ text: String, cell: Int) {
      self.cell = cell
      let tokens = SwiftTokens(text)
      fingerprint = tokens.fingerprint
      mentioned = Set(tokens.tokens.filter(\.isWord).map(\.text))
      for (keyword, name) in zip(tokens.code, tokens.code.dropFirst())
      where keyword.kind == .keyword {
        if name.isWord { declared.insert(name.text) }
        let isName = name.isWord || name.text.hasPrefix("`")
        if keyword.text == "operator" || keyword.text == "func" && !isName {
          declaresOperator = true
        }
      }
    }

    /// An operator has no name to look for.
    func canBeReached(from names: Set<Substring>) -> Bool {
      declaresOperator || !declared.isDisjoint(with: names)
    }
  }
}

extension SwiftToken {
  fileprivate var isWord: Bool { kind == .identifier || kind == .typeName }
}
