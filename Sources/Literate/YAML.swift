internal import Yams

/// A YAML mapping whose keys and values know where they stand.
struct YAMLMapping {
  struct Entry {
    var value: Node
    var location: SourceLocation
  }

  private(set) var entries: [String: Entry] = [:]
  /// Where the mapping begins.
  let location: SourceLocation
  private let file: String
  private let lineOffset: Int

  /// - Parameter firstLine: the file's line on which `text` begins.
  init(_ text: String, file: String, firstLine: Int = 1) throws(Problem) {
    let start = SourceLocation(file: file, line: firstLine)
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      guard case YamlError.scanner(_, let problem, let mark, _) = error else {
        if case YamlError.parser(_, let problem, let mark, _) = error {
          throw .badYAML(
            problem,
            at: SourceLocation(file: file, line: firstLine + mark.line - 1, column: mark.column))
        }
        throw .badYAML("\(error)", at: start)
      }
      throw .badYAML(
        problem,
        at: SourceLocation(file: file, line: firstLine + mark.line - 1, column: mark.column))
    }
    try self.init(node ?? .mapping([:]), file: file, lineOffset: firstLine - 1, otherwise: start)
  }

  init(
    _ node: Node, file: String, lineOffset: Int, otherwise start: SourceLocation
  ) throws(Problem) {
    location =
      node.mark.map { SourceLocation(file: file, line: $0.line + lineOffset, column: $0.column) }
      ?? start
    (self.file, self.lineOffset) = (file, lineOffset)
    guard let mapping = node.mapping else {
      throw .wrongValue(
        of: "this", expected: "lines of the form key: value", found: node.words, at: location)
    }
    for (key, value) in mapping {
      guard let name = key.string else { continue }
      let place =
        key.mark.map {
          SourceLocation(file: file, line: $0.line + lineOffset, column: $0.column)
        } ?? start
      if entries[name] != nil {
        throw Problem(at: place, "expected the key \(name) once, found it twice")
      }
      entries[name] = Entry(value: value, location: place)
    }
  }

  /// Problems for keys that are not among `known`.
  func unknownKeys(known: [String]) -> [Problem] {
    entries.filter { !known.contains($0.key) }.sorted { $0.value.location < $1.value.location }
      .map { .unknownKey($0.key, among: known, at: $0.value.location) }
  }

  func string(_ key: String) throws(Problem) -> String {
    guard let entry = entries[key] else { throw .missingKey(key, at: location) }
    guard let scalar = entry.value.scalar, !scalar.string.isEmpty else {
      throw .wrongValue(of: key, expected: "text", found: entry.value.words, at: entry.location)
    }
    return scalar.string
  }

  func string(_ key: String, default value: String) throws(Problem) -> String {
    entries[key] == nil ? value : try string(key)
  }

  func optionalString(_ key: String) throws(Problem) -> String? {
    entries[key] == nil ? nil : try string(key)
  }

  func integer(_ key: String) throws(Problem) -> Int {
    let text = try string(key)
    guard let number = Int(text) else {
      throw .wrongValue(
        of: key, expected: "a whole number", found: text, at: entries[key]!.location)
    }
    return number
  }

  func strings(_ key: String) throws(Problem) -> [String] {
    guard let entry = entries[key] else { return [] }
    guard let sequence = entry.value.sequence, sequence.allSatisfy({ $0.scalar != nil }) else {
      throw .wrongValue(
        of: key, expected: "a list of names [a, b]", found: entry.value.words, at: entry.location)
    }
    return sequence.compactMap(\.scalar?.string)
  }

  /// The mappings of a list.
  func mappings(_ key: String) throws(Problem) -> [YAMLMapping] {
    guard let entry = entries[key] else { throw .missingKey(key, at: location) }
    guard let sequence = entry.value.sequence else {
      throw .wrongValue(
        of: key, expected: "a list", found: entry.value.words, at: entry.location)
    }
    var result: [YAMLMapping] = []
    for node in sequence { result.append(try mapping(node, at: entry.location)) }
    return result
  }

  /// The mapping beneath each key, in no order.
  func namedMappings() throws(Problem) -> [String: YAMLMapping] {
    var result: [String: YAMLMapping] = [:]
    for (name, entry) in entries { result[name] = try mapping(entry.value, at: entry.location) }
    return result
  }

  private func mapping(_ node: Node, at place: SourceLocation) throws(Problem) -> YAMLMapping {
    try YAMLMapping(node, file: file, lineOffset: lineOffset, otherwise: place)
  }
}

extension Node {
  /// What it is, for a message.
  fileprivate var words: String {
    switch self {
    case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : scalar.string
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
