import DataCatalogue
import Failures

/// Chinese couplets of five characters and five, such as 春眠不觉晓，处处闻啼鸟。
///
/// Read from collections of poems, sayings and manuals. A couplet is two phrases of exactly five
/// characters that follow one another in a sentence of such phrases alone; titles, authors and the
/// escapes that colour them are left out, and each couplet stands once.
///
/// Source: the files tang300, song100 and chinese of Debian's package fortunes-zh. The verse is ancient.
public struct Couplets: Examples {
  /// How many characters a couplet has.
  public static let length = 10

  public let vocabulary: Vocabulary
  /// The number in the vocabulary of every character, couplet by couplet: count × 10 of them.
  public let characterNumbers: [Int]

  /// The couplets of poems: three hundred Tang, a hundred Song, and what the third file signs with a
  /// poet's name.
  public static func verse() -> Couplets {
    orFail { () throws(DataError) in
      try Couplets(files: DataSet.couplets.files, includingSayings: false)
    }
  }

  /// The verse, and as many proverbs and maxims again as come in the same form.
  public static func verseAndSayings() -> Couplets {
    orFail { () throws(DataError) in
      try Couplets(files: DataSet.couplets.files, includingSayings: true)
    }
  }

  /// Reads the three files, each from the first of the places where it lies.
  package init(files: [[String]], includingSayings: Bool) throws(DataError) {
    var texts: [String] = []
    var seen: Set<String> = []
    for (index, places) in files.enumerated() {
      let file = try DataFile(at: places, of: .couplets)
      guard let text = String(validating: try file.read(), as: UTF8.self) else {
        throw file.damage(expected: "to hold UTF-8 text", found: "other bytes")
      }
      let isAllVerse = index < 2
      var count = 0
      for entry in Fortune.entries(of: text)
      where !entry.isModern && (isAllVerse || includingSayings || entry.hasAuthor) {
        for couplet in entry.couplets {
          count += 1
          if seen.insert(couplet).inserted { texts.append(couplet) }
        }
      }
      if count == 0 {
        throw file.damage(expected: "to hold verse", found: "no couplet of 5 + 5 characters")
      }
    }
    self.init(texts)
  }

  /// Couplets of ten characters each, with the vocabulary of just these.
  init(_ texts: [String]) {
    let vocabulary = Vocabulary(of: texts)
    self.init(
      vocabulary: vocabulary, characterNumbers: texts.flatMap { vocabulary.numbers(of: $0) })
  }

  private init(vocabulary: Vocabulary, characterNumbers: [Int]) {
    self.vocabulary = vocabulary
    self.characterNumbers = characterNumbers
  }

  public var count: Int { characterNumbers.count / Self.length }

  public func examples(at places: [Int]) -> Couplets {
    requirePlaces(places)
    return Couplets(vocabulary: vocabulary, characterNumbers: places.flatMap { numbers(of: $0) })
  }

  /// The couplets with punctuation, as they are read.
  public var texts: [String] { (0..<count).map { text(of: Array(numbers(of: $0))) } }

  /// Ten numbers as a couplet with punctuation.
  public func text(of numbers: [Int]) -> String {
    if numbers.count != Self.length {
      fail(
        expected: "the numbers of 10 characters", found: "\(numbers.count)",
        mend: "give one couplet at a time")
    }
    let characters = vocabulary.text(of: numbers)
    return "\(characters.prefix(5))，\(characters.dropFirst(5))。"
  }

  /// Only the couplets made of characters that stand at least `least` times in these, with the smaller
  /// vocabulary that is left: of a character seen once a model learns nothing.
  public func withCharacters(seenAtLeast least: Int) -> Couplets {
    var tally = [Int](repeating: 0, count: vocabulary.count)
    for number in characterNumbers { tally[number] += 1 }
    let kept = (0..<count).filter { numbers(of: $0).allSatisfy { tally[$0] >= least } }
    return Couplets(kept.map { vocabulary.text(of: Array(numbers(of: $0))) })
  }

  private func numbers(of place: Int) -> ArraySlice<Int> {
    characterNumbers[place * Self.length..<(place + 1) * Self.length]
  }
}
