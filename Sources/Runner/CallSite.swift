import Literate

/// A place in a cell where a function is called.
struct CallSite: Equatable {
  var function: String
  /// Lines of the Markdown file, from its name to its closing parenthesis.
  var lines: ClosedRange<Int>

  /// Calls of the named functions, in order.
  static func all(_ functions: Set<String>, in cell: Cell) -> [CallSite] {
    let tokens = SwiftTokens(cell.code).code
    return tokens.indices.compactMap { index in
      let function = String(tokens[index].text)
      guard functions.contains(function), index + 1 < tokens.count, tokens[index + 1].text == "(",
        index == 0 || ![".", "func"].contains(tokens[index - 1].text)
      else { return nil }
      var depth = 0
      let end = tokens[(index + 1)...].firstIndex { token in
        if token.text == "(" { depth += 1 }
        if token.text == ")" { depth -= 1 }
        return depth == 0
      }
      let first = cell.firstLine + tokens[index].line - 1
      return CallSite(
        function: function, lines: first...(cell.firstLine + tokens[end ?? index].line - 1))
    }
  }
}
