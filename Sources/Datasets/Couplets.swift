import DataCatalogue

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
  /// The numbers of each couplet's ten characters in the vocabulary.
  public let numbers: [[Int]]

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
        throw file.damage(expected: "UTF-8 text", found: "other bytes")
      }
      let isAllVerse = index < 2
      var count = 0
      for entry in Fortune.entries(of: text)
      where isAllVerse || includingSayings || entry.hasAuthor {
        for couplet in entry.couplets {
          count += 1
          if seen.insert(couplet).inserted { texts.append(couplet) }
        }
      }
      if count == 0 {
        throw file.damage(expected: "verse", found: "no couplet of 5 + 5 characters")
      }
    }
    self.init(texts)
  }

  /// Couplets of ten characters each, with the vocabulary of just these.
  init(_ texts: [String]) {
    let vocabulary = Vocabulary(of: texts)
    self.init(vocabulary: vocabulary, numbers: texts.map { vocabulary.numbers(of: $0) })
  }

  private init(vocabulary: Vocabulary, numbers: [[Int]]) {
    self.vocabulary = vocabulary
    self.numbers = numbers
  }

  public var count: Int { numbers.count }

  public func examples(at places: [Int]) -> Couplets {
    requirePlaces(places)
    return Couplets(vocabulary: vocabulary, numbers: places.map { numbers[$0] })
  }

  /// The couplets with punctuation, as they are read.
  public var texts: [String] { numbers.map(text) }

  /// Ten numbers as a couplet with punctuation.
  public func text(of numbers: [Int]) -> String {
    let characters = vocabulary.text(of: numbers)
    return "\(characters.prefix(5))，\(characters.dropFirst(5))。"
  }

  /// Only the couplets made of characters that stand at least `least` times in these, with the smaller
  /// vocabulary that is left: of a character seen once a model learns nothing.
  public func withCharacters(seenAtLeast least: Int) -> Couplets {
    var tally = [Int](repeating: 0, count: vocabulary.count)
    for number in numbers.joined() { tally[number] += 1 }
    let kept = numbers.filter { $0.allSatisfy { tally[$0] >= least } }
    return Couplets(kept.map { vocabulary.text(of: $0) })
  }
}
