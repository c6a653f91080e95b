import Literate

/// Colours Swift when the page is made.
enum Highlighter {
  static func html(_ code: String) -> HTML {
    let text = String(code.trimmedAtEnd)
    let tokens = SwiftTokens(text).tokens
    var html: HTML = ""
    var end = text.startIndex
    for (index, token) in tokens.enumerated() {
      html += .text(text[end..<token.text.startIndex])
      end = token.text.endIndex
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      let isCall = next?.text == "(" && next?.text.startIndex == end
      if let colour = colour(of: token.kind, isCall: isCall) {
        html += "<span class=\"\(colour)\">\(token.text)</span>"
      } else {
        html += .text(token.text)
      }
    }
    return html + .text(text[end...])
  }

  /// The class of a token in the stylesheet; nil for ordinary text.
  private static func colour(of kind: SwiftToken.Kind, isCall: Bool) -> HTML? {
    switch kind {
    case .keyword, .attribute: "k"
    case .typeName: "t"
    case .string: "s"
    case .number: "n"
    case .comment: "c"
    case .identifier: isCall ? "f" : nil
    case .punctuation, .other, .newline: nil
    }
  }
}
