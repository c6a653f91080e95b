import Literate

/// A place where a claim or a derivation is written.
struct ClaimSite: Equatable {
  var kind: Verdict.Kind
  /// Lines of the Markdown file, from its first word to its closing parenthesis.
  var lines: ClosedRange<Int>

  static func all(in cell: Cell) -> [ClaimSite] {
    let tokens = SwiftTokens(cell.code).code
    return tokens.indices.compactMap { index in
      let kind: Verdict.Kind
      switch tokens[index].text {
      case "expect": kind = .claim
      case "Derivation": kind = .derivation
      default: return nil
      }
      guard index + 1 < tokens.count, tokens[index + 1].text == "(",
        index == 0 || ![".", "func"].contains(tokens[index - 1].text)
      else { return nil }
      var depth = 0
      let end = tokens[(index + 1)...].firstIndex { token in
        if token.text == "(" { depth += 1 }
        if token.text == ")" { depth -= 1 }
        return depth == 0
      }
      let first = cell.firstLine + tokens[index].line - 1
      return ClaimSite(
        kind: kind, lines: first...(cell.firstLine + tokens[end ?? index].line - 1))
    }
  }
}
