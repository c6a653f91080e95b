import Failures

/// Characters by number, the commonest first.
public struct Vocabulary: Sendable, Equatable {
  public let characters: [Character]
  private let places: [Character: Int]

  /// The characters of the texts, each once; of two equally common ones that with the lower code first.
  public init(of texts: some Sequence<String>) {
    var tally: [Character: Int] = [:]
    for text in texts { for character in text { tally[character, default: 0] += 1 } }
    characters = tally.keys.sorted { (tally[$1]!, $0) < (tally[$0]!, $1) }
    places = Dictionary(uniqueKeysWithValues: zip(characters, characters.indices))
  }

  public var count: Int { characters.count }

  /// The character's number; nil where the vocabulary has no such character.
  public func number(of character: Character) -> Int? { places[character] }

  public func numbers(of text: String) -> [Int] {
    text.map { character in
      guard let number = places[character] else {
        fail(
          expected: "characters of the vocabulary", found: "\(character) in “\(text)”",
          mend: "make the vocabulary of texts that have it")
      }
      return number
    }
  }

  public func text(of numbers: [Int]) -> String {
    String(
      numbers.map { number in
        guard characters.indices.contains(number) else {
          fail(
            expected: "a number of the vocabulary, from 0 to \(count - 1)", found: "\(number)",
            mend: "take the number of a character")
        }
        return characters[number]
      })
  }
}
