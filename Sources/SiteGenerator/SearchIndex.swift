import Foundation

extension Site {
  /// The search index as a script, which also works where a page is opened as a file.
  ///
  /// `sections` lists [page, id, title of the section, title of the chapter]; `words` gives for each word
  /// the sections it stands in, as 4 × section + min(times, 4) − 1, each less the one before.
  public func searchIndex(of pages: [Page]) -> SiteFile {
    var sections: [[String]] = []
    var timesInSections: [String: [(section: Int, times: Int)]] = [:]
    for page in pages where page.chapter != nil {
      for section in page.sections {
        let text = section.title + " " + section.text
        let isOpening = section.id.isEmpty
        var times: [String: Int] = [:]
        for word in SearchWords(isOpening ? page.title + " " + text : text).words {
          times[word, default: 0] += 1
        }
        for (word, count) in times {
          timesInSections[word, default: []].append((sections.count, count))
        }
        sections.append([
          page.path, section.id, isOpening ? page.title : section.title,
          isOpening ? "" : page.title,
        ])
      }
    }
    var words: [String] = []
    for (word, places) in timesInSections.sorted(by: { $0.key < $1.key }) {
      var last = 0
      let codes = places.map { place in
        let code = 4 * place.section + min(place.times, 4) - 1
        defer { last = code }
        return String(code - last)
      }
      words.append("\(word) \(codes.joined(separator: " "))")
    }
    let text =
      "searchIndex={sections:\(json(sections)),words:\(json(words.joined(separator: "\n")))}\n"
    return SiteFile(path: "search-index.js", text: text)
  }

  private func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: (try? encoder.encode(value)) ?? Data(), as: UTF8.self)
  }
}

/// The words of a text as search compares them: lower case, without accents, letters and digits only.
struct SearchWords {
  var words: [String]

  init(_ text: String) {
    let folded = text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
    words = folded.split { !$0.isLetter && !$0.isNumber }.flatMap(Self.words)
  }

  /// Chinese has no spaces: a word may begin at each character, and be one character long.
  private static func words(in run: Substring) -> [String] {
    guard run.contains(where: \.isIdeograph) else {
      return (2...30).contains(run.count) ? [String(run)] : []
    }
    return run.indices.filter { $0 == run.startIndex || run[$0].isIdeograph }
      .map { String(run[$0...].prefix(16)) }
  }
}

extension Character {
  fileprivate var isIdeograph: Bool { unicodeScalars.first?.properties.isIdeographic ?? false }
}
