import Literate
import Mathematics

// Formulas: TeX to MathML, with errors where the chapter has them.
extension Weaver {
  mutating func formula(_ tex: String, display: Bool, at place: SourceLocation) -> HTML {
    do {
      return HTML(trusted: try Formula(tex.withoutLabel, display: display).mathML())
    } catch {
      let place = origin ?? place.advanced(by: error.offset, in: tex)
      problems.append(.malformedFormula(error.message, at: place, tex: tex))
      return "<code>\(tex)</code>"
    }
  }
}

extension Block.Equation {
  /// The name in its `\label{name}`.
  var label: String? {
    guard let range = tex.rangeOfLabel else { return nil }
    return String(tex[range].dropFirst(7).dropLast())
  }
}

extension String {
  fileprivate var rangeOfLabel: Range<Index>? {
    guard let start = firstRange(of: "\\label{")?.lowerBound,
      let end = self[start...].firstIndex(of: "}")
    else { return nil }
    return start..<index(after: end)
  }

  /// With spaces in place of `\label{…}`, so that offsets stay.
  fileprivate var withoutLabel: String {
    guard let range = rangeOfLabel else { return self }
    return replacingCharacters(in: range, with: String(repeating: " ", count: self[range].count))
  }

  private func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}

extension SourceLocation {
  /// The place `offset` characters into a text that begins here.
  func advanced(by offset: Int, in text: String) -> SourceLocation {
    var place = self
    for character in text.prefix(offset) {
      if character.isNewline {
        place.line += 1
        place.column = 1
      } else {
        place.column = place.column.map { $0 + 1 }
      }
    }
    return place
  }
}
