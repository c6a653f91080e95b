import Literate

// Links: to places of the chapter, to other chapters, to the web.
extension Weaver {
  mutating func reference(
    to target: String, title: String, _ words: [Inline], at place: SourceLocation
  ) -> HTML {
    let tooltip: HTML = title.isEmpty ? "" : " title=\"\(title)\""
    if target.contains("://") || target.hasPrefix("mailto:") {
      let shown = words.isEmpty ? .text(target) : inlines(words)
      return "<a href=\"\(target)\"\(tooltip)>\(shown)</a>"
    }
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let (file, id) = (String(parts[0]), parts.count > 1 ? parts[1].removingPercents : "")
    guard file.isEmpty || file.hasSuffix(".md") else {
      problems.append(.relativeLink(target, at: place))
      return inlines(words)
    }
    let name = file.isEmpty ? chapter.name : String(file.dropLast(3))
    guard let entry = outline[name] else {
      problems.append(.unknownChapter(name, at: place, among: book.chapterNames))
      return inlines(words)
    }
    let isHere = name == chapter.name
    let href = (isHere && !id.isEmpty ? "" : entry.path) + (id.isEmpty ? "" : "#\(id)")
    var found: Outline.Target?
    if !id.isEmpty {
      found = entry.targets[id]
      guard found != nil else {
        problems.append(
          .unknownTarget(
            id, in: isHere ? chapter.file : file, at: place, among: entry.targets.keys))
        return inlines(words)
      }
    }
    if found == .unknownYet, !isHere { awaited.insert(name) }
    guard let shown = shown(words, target: found, of: entry, isHere: isHere) else {
      problems.append(.namelessReference(to: target, at: place))
      return ""
    }
    link(to: href, at: place)
    return "<a href=\"\(href)\"\(tooltip)>\(shown)</a>"
  }

  /// What the link says: its own words, with the number where they are "Figure" or nothing at all.
  private mutating func shown(
    _ words: [Inline], target: Outline.Target?, of entry: Outline.Entry, isHere: Bool
  ) -> HTML? {
    let own = inlines(words)
    let plain = words.plainText
    func numbered(_ kind: String, _ number: Int) -> HTML {
      // A word that names the kind stays as it was written: "figure", "Figures".
      guard plain.isEmpty || plain.lowercased().hasPrefix(kind.lowercased()) else { return own }
      let hasNumber = plain.contains(where: \.isNumber)
      let word: HTML = plain.isEmpty ? .text(kind) : own
      return hasNumber ? own : "\(word)\u{A0}\(entry.number).\(number)"
    }
    switch target {
    case nil: return own.isEmpty ? "Chapter\u{A0}\(entry.number)" : own
    case .equation(let number)?: return own.isEmpty ? "(\(number))" : own
    case .figure(let number)?: return numbered("Figure", number)
    case .derivation(let number)?: return numbered("Derivation", number)
    case .heading(let title)?:
      return own.isEmpty
        ? (isHere ? "“\(title)”" : "Chapter\u{A0}\(entry.number), “\(title)”") : own
    case .code?: return own.isEmpty ? nil : own
    case .unknownYet?: return own.isEmpty ? "Figure" : own
    }
  }
}

extension Substring {
  /// `%C3%A9` as é: libcmark leaves addresses as they were written.
  fileprivate var removingPercents: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
