/// One thing a running chapter says. The wire format between a chapter's program and the runner is a
/// sequence of records on standard output, each as RFC 7464 has it: RS, one JSON text, LF.
public enum Record: Codable, Sendable, Equatable {
  /// Cell `index` has begun.
  case cellBegan(Int)
  /// Cell `index` has ended after so many seconds.
  case cellEnded(Int, seconds: Double)
  /// Text printed by the statement on `line`; nil for text that came round `print`.
  case printed(String, line: Int?)
  case claim(Claim)
  case derivation(DerivationReport)
  case figure(Figure)
  /// The value of the prose's interpolation `index`.
  case interpolated(Int, text: String)
  /// The cell flagged `traps` trapped, as it must, saying this.
  case trapped(Int, message: String)
  /// The cell flagged `traps` ran to its end.
  case didNotTrap(Int)
  /// A costly result was computed, or taken from an earlier run; computing it took so many seconds.
  case remembered(name: String, wasKept: Bool, seconds: Double)
  /// An error left the chapter.
  case threw(String)
  /// The last cell has ended. Bytes of the largest resident set.
  case finished(peakMemory: Int)
}
