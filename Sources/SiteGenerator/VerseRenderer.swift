import Outputs

// Lines of verse, phrase by phrase, with a note beside each that has one.
extension Weaver {
  mutating func verses(_ verses: [Figure.Verse], at place: FigurePlace) -> HTML {
    var html: HTML = ""
    for verse in verses {
      say(verse.text)
      let phrases = Phrase.phrases(of: verse.text).map(\.html).joined()
      let note: HTML =
        verse.note.map { text in
          "\n<p class=\"beside\">\(markdown(text, line: place.line, calledAs: "a note"))</p>"
        } ?? ""
      html += "<li><p lang=\"zh-Hans\">\(phrases)</p>\(note)</li>\n"
    }
    let kind: HTML = verses.contains { $0.note != nil } ? "verses noted" : "verses"
    return "<ol class=\"\(kind)\" aria-label=\"\(place.alternative)\">\n\(html)</ol>\n"
  }
}

/// A part of a verse within which no line ends.
struct Phrase: Equatable {
  var words: String
  /// What stands behind the words.
  var punctuation: String

  static func phrases(of verse: String) -> [Phrase] {
    var phrases: [Phrase] = []
    for run in verse.split(whereSeparator: \.isWhitespace) {
      var rest = run
      while !rest.isEmpty {
        // Opening quotation marks belong to the words that follow them.
        let words = rest.prefix { !$0.endsPhrase }
        let punctuation = rest.dropFirst(words.count).prefix(while: \.endsPhrase)
        phrases.append(Phrase(words: String(words), punctuation: String(punctuation)))
        rest = rest.dropFirst(words.count + punctuation.count)
      }
    }
    return phrases
  }

  var html: HTML {
    let marks: HTML = punctuation.isEmpty ? "" : "<span class=\"point\">\(punctuation)</span>"
    return "<span class=\"phrase\">\(words)\(marks)</span>"
  }
}

extension Character {
  fileprivate var endsPhrase: Bool { "，。！？；：、…—,.!?;:”’』」》）)".contains(self) }
}
