/// Why a formula cannot be set, and where.
public struct FormulaError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Characters of the TeX before the culprit.
  public var offset: Int
  /// What was expected, what was found and how to mend it.
  public var message: String

  public init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }

  public var description: String { "\(message) (at character \(offset))" }
}

extension FormulaError {
  static func expected(
    _ expectation: String, found: String, mend: String? = nil, at offset: Int
  ) -> FormulaError {
    FormulaError(
      offset: offset,
      message: "expected \(expectation), found \(found)" + (mend.map { "; \($0)" } ?? ""))
  }

  static func unknown(
    _ kind: String, _ name: String, among known: some Sequence<String>, prefix: String = "",
    at offset: Int
  ) -> FormulaError {
    let suggestion = nearest(to: name, among: known).map { "; did you mean \(prefix)\($0)?" } ?? ""
    return FormulaError(offset: offset, message: "unknown \(kind) \(prefix)\(name)\(suggestion)")
  }
}

/// The known word that is fewest single-letter edits away, if it is near enough to be what was meant.
private func nearest(to word: String, among known: some Sequence<String>) -> String? {
  let letters = Array(word)
  guard letters.count < 40 else { return nil }
  let farthest = letters.count <= 3 ? 1 : 2
  var best: (distance: Int, word: String)?
  for candidate in known where abs(candidate.count - letters.count) <= farthest {
    let distance = editDistance(letters, Array(candidate))
    guard distance <= farthest, candidate.first?.isLetter == letters.first?.isLetter else {
      continue
    }
    // Ties go to the alphabet, so that the message does not depend on the order of a dictionary.
    if let best, (best.distance, best.word) < (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.word
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
