/// A piece of a chapter that stands on its own, and knows where it was written.
public indirect enum Block: Sendable, Equatable {
  case heading(level: Int, [Inline], id: String, SourceLocation)
  case paragraph([Inline], SourceLocation)
  case list(List, SourceLocation)
  case quote([Block], SourceLocation)
  case callout(Callout, [Block], SourceLocation)
  /// A Swift cell, by its index among the chapter's cells.
  case cell(Int, SourceLocation)
  /// Any other code, shown and not run.
  case code(language: String, String, SourceLocation)
  case equation(Equation)
  case rule(SourceLocation)
  case html(String, SourceLocation)

  public struct List: Sendable, Equatable {
    /// The first number of an ordered list; nil for bullets.
    public var start: Int?
    /// Items are set without paragraphs.
    public var isTight: Bool
    public var items: [[Block]]
  }

  /// `> [!NOTE]` and its kin.
  public enum Callout: String, Sendable, CaseIterable {
    case note = "NOTE"
    case tip = "TIP"
    case warning = "WARNING"
    /// Something widely said that the chapter puts to the test.
    case myth = "MYTH"
    /// A slip of the source notes, mended.
    case correction = "CORRECTION"
    case exercise = "EXERCISE"
    /// The answer to the exercise before; folded.
    case answer = "ANSWER"
  }

  /// Displayed mathematics.
  public struct Equation: Sendable, Equatable {
    public var tex: String
    /// Where its first character stands.
    public var location: SourceLocation

    public init(tex: String, location: SourceLocation) {
      self.tex = tex
      self.location = location
    }
  }
}

/// A piece of running text.
public indirect enum Inline: Sendable, Equatable {
  case text(String)
  case emphasis([Inline])
  case strong([Inline])
  case code(String)
  case link(to: String, title: String, [Inline], SourceLocation)
  case image(from: String, title: String, [Inline], SourceLocation)
  case mathematics(tex: String, SourceLocation)
  /// `\(expression)`, by its index among the chapter's interpolations.
  case interpolation(Int)
  /// `[^name]`: a sidenote, by its name in `Chapter.notes`.
  case note(String, SourceLocation)
  /// `[@key]` or `[@one; @two]`.
  case citation([String], SourceLocation)
  case softBreak
  case lineBreak
  case html(String, SourceLocation)
}
