import Outputs
import Synchronization

/// A "break it": something is left out or done wrong on purpose, and every claim and derivation made in
/// `body` must fail.
///
/// The records say so (`mustFail`), under "sentence: claim". A body that claims nothing shows nothing,
/// and is itself a failed claim.
///
///     expectFailure("without the KL term it is no bound") {
///       expect("it lies below log p(x)", reconstruction, atMost: logEvidence)
///     }
public func expectFailure(
  _ sentence: String, line: Int = #line, _ body: () throws -> Void
) rethrows {
  if sentence.isBlank {
    fatalError("line \(line): expectFailure needs a sentence that says what is broken, found none")
  }
  if let outer = BreakIt.current {
    fatalError(
      "line \(line): expectFailure stands inside expectFailure(“\(outer.sentence)”); put it after")
  }
  let breakIt = BreakIt(sentence)
  try BreakIt.$current.withValue(breakIt, operation: body)
  if breakIt.claims.load(ordering: .relaxed) == 0 {
    let mend = "expectFailure needs an expect or a derivation inside, found none"
    Output.say(.claim(Claim("\(sentence): \(mend)", .holds(false), line: line)))
  }
}

/// The `expectFailure` that is being run.
final class BreakIt: Sendable {
  let sentence: String
  let claims = Atomic(0)

  init(_ sentence: String) { self.sentence = sentence }

  @TaskLocal static var current: BreakIt?

  /// Counts a claim or derivation, and gives it its name on the page.
  func name(_ claim: String) -> String {
    claims.add(1, ordering: .relaxed)
    return "\(sentence): \(claim)"
  }
}
