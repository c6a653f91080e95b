/// "Did you mean" over a list of words.
public enum Suggestion {
  /// The word nearest to `word`, when it is near enough to have been meant.
  public static func nearest(to word: String, among words: some Sequence<String>) -> String? {
    let limit = max(1, word.count / 3)
    return
      words
      .map { (word: $0, distance: distance(Array(word.lowercased()), Array($0.lowercased()))) }
      .filter { $0.distance <= limit }
      .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
      .word
  }

  /// The mend for an unknown word: the nearest one, or the whole list.
  public static func mend(
    for word: String, among words: some Sequence<String>, calledAs kind: String
  ) -> String {
    if let nearest = nearest(to: word, among: words) { return "did you mean \(nearest)?" }
    let list = words.sorted()
    return list.isEmpty ? "there are no \(kind)" : "\(kind): \(list.joined(separator: ", "))"
  }

  /// Optimal string alignment distance: insertions, deletions, replacements, neighbours swapped.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var table = (0...a.count).map { i in (0...b.count).map { j in i == 0 ? j : j == 0 ? i : 0 } }
    for i in 1...a.count {
      for j in 1...b.count {
        let change = a[i - 1] == b[j - 1] ? 0 : 1
        table[i][j] = min(
          table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
        }
      }
    }
    return table[a.count][b.count]
  }
}
