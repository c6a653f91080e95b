extension Book {
  static let keys = ["title", "description", "language", "output", "parts"]

  /// Reads `Book.yaml` and `references.yaml` in `directory`; the chapters are read one by one later.
  public init(
    at directory: FilePath, shownAs shown: String, references file: String = "references.yaml"
  ) throws(Problems) {
    do {
      try self.init(reading: directory, shown: shown, references: file)
    } catch let problem as Problem {
      throw Problems([problem])
    } catch {
      throw error as! Problems
    }
  }

  private init(reading directory: FilePath, shown: String, references: String) throws {
    let yaml = "\(shown)/Book.yaml"
    guard (directory / "Book.yaml").exists else {
      throw Problem(
        "expected a book in \(shown), found no \(yaml)",
        mend:
          "name the book's folder by --book, or make one: course new --book \(shown) \"A title\"")
    }
    let source = try SourceText(contentsOf: directory / "Book.yaml", shownAs: yaml)
    let top = try YAMLMapping(source.text, file: yaml)
    var problems = top.unknownKeys(known: Book.keys)

    self.directory = directory
    shownDirectory = shown
    title = try top.string("title")
    description = try top.string("description")
    language = try top.string("language", default: "en")
    let output = try top.string("output", default: "public")
    self.output = (output.hasPrefix("/") ? FilePath(output) : directory / output).standardized
    parts = []
    var seen: Set<String> = []
    var nameOfNumber: [Int: String] = [:]
    for part in try top.mappings("parts") {
      problems += part.unknownKeys(known: ["title", "summary", "chapters"])
      let names = try part.strings("chapters")
      for name in names {
        let place = part.entries["chapters"]!.location
        if !seen.insert(name).inserted {
          problems.append(Problem(at: place, "expected the chapter \(name) once, found it twice"))
        } else if let number = Chapter.number(in: name) {
          if let other = nameOfNumber[number] {
            problems.append(.twoChapters(name, other, number, at: place))
          }
          nameOfNumber[number] = name
        } else {
          problems.append(.badChapterName(name, at: place))
        }
        if !(directory / "\(name).md").exists {
          let files = directory.children.filter { $0.hasSuffix(".md") }.map { $0.dropLast(3) }
          problems.append(
            Problem(
              at: place, "expected a file \(shown)/\(name).md, found none",
              mend: Suggestion.mend(for: name, among: files.map(String.init), calledAs: "files")))
        }
      }
      parts.append(
        Part(
          title: try part.string("title"), summary: try part.string("summary", default: ""),
          chapters: names))
    }
    self.references = [:]
    if (directory / references).exists {
      let shownReferences = "\(shown)/\(references)"
      let text = try SourceText(contentsOf: directory / references, shownAs: shownReferences)
      for (key, entry) in try YAMLMapping(text.text, file: shownReferences).namedMappings() {
        problems += entry.unknownKeys(known: ["authors", "title", "venue", "year", "url"])
        self.references[key] = Reference(
          authors: try entry.string("authors"), title: try entry.string("title"),
          venue: try entry.string("venue"), year: try entry.integer("year"),
          url: try entry.optionalString("url"))
      }
    }
    if !problems.isEmpty { throw Problems(problems) }
  }

  public func path(ofChapter name: String) -> FilePath { directory / "\(name).md" }

  /// Reads and parses one of its chapters.
  public func chapter(_ name: String) throws(Problems) -> Chapter {
    let source: SourceText
    do {
      source = try SourceText(
        contentsOf: path(ofChapter: name), shownAs: "\(shownDirectory)/\(name).md")
    } catch {
      throw Problems([error])
    }
    return try Chapter(parsing: source, name: name)
  }

  /// The chapter meant by "10", "10-mixtures" or "mixtures".
  public func chapterName(meant word: String) throws(Problem) -> String {
    let names = chapterNames
    let meant = names.filter { name in
      name == word || name.drop { $0.isNumber || $0 == "-" } == word
        || (Int(word) != nil && Chapter.number(in: name) == Int(word))
    }
    if meant.count == 1 { return meant[0] }
    throw Problem(
      "expected a chapter of the book, found \(word)",
      mend: Suggestion.mend(for: word, among: names, calledAs: "chapters"))
  }
}
