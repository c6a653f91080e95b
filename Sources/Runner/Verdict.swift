import Literate
import Outputs

/// What checking one thing a chapter says came to.
public struct Verdict: Sendable, Equatable {
  public var kind: Kind
  /// The claim, the derivation's title, or what must happen.
  public var sentence: String
  /// The value achieved, in words: "0.4998, within 0.002 of 0.5".
  public var found: String
  /// Why it does not stand; nil when it does.
  public var failure: String?
  public var location: SourceLocation
  public var cell: Int
  /// "Break it": stands because the check failed, as it should.
  public var mustFail: Bool

  public var hasPassed: Bool { failure == nil }

  public enum Kind: String, Sendable, Codable, CaseIterable {
    case claim
    case derivation
    /// A `// prints` comment.
    case printed
    /// A cell flagged `traps`.
    case trap
    /// A cell flagged `fails`.
    case compileFailure
  }
}
