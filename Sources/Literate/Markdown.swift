internal import CMarkdown

/// Markdown as CommonMark has it, read by libcmark and taken over into blocks and inlines, with the
/// course's own marks (see `Lifting`) put back in their places.
public struct Markdown: Sendable {
  public private(set) var blocks: [Block] = []
  public private(set) var cells: [Cell] = []
  public private(set) var interpolations: [Interpolation] = []
  public private(set) var notes: [String: Chapter.Note] = [:]
  public private(set) var problems: [Problem] = []

  /// How many quotes, lists and emphases may stand one inside the other.
  static let deepest = 100

  /// - Parameters:
  ///   - firstLine: where the Markdown begins in the file, past the front matter.
  ///   - typographic: straight quotes become curly, `--` a dash.
  public init(_ source: SourceText, from firstLine: Int = 1, typographic: Bool = true) {
    var code = Lifting.fencedLines(of: source, from: firstLine)
    var lifting = Lifting(source, from: firstLine, leaving: code)
    // libcmark knows better: code without a fence, and fences that end with their quote or list. What
    // it finds may change where mathematics is, and so what it finds.
    for _ in 0..<3 {
      let lines = lifting.lineOfFile
      let found = Set(
        CommonMarkTree(lifting.text).literalLines().compactMap {
          lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil
        })
      if found == code { break }
      code = found
      lifting = Lifting(source, from: firstLine, leaving: code)
    }
    problems = lifting.problems

    let tree = CommonMarkTree(lifting.text, typographic: typographic)
    if let line = tree.firstLine(deeperThan: Self.deepest) {
      let lines = lifting.lineOfFile
      let place = SourceLocation(
        file: source.file, line: lines.indices.contains(line - 1) ? lines[line - 1] : firstLine)
      problems.append(.tooDeep(Self.deepest, at: place))
      return
    }
    var builder = SyntaxTreeBuilder(source: source, lifting: lifting)
    blocks = builder.blocks(beneath: tree.root)
    cells = builder.cells
    notes = builder.notes
    problems += builder.problems
    interpolations = builder.interpolations
  }
}

/// libcmark's tree, freed with its last owner.
final class CommonMarkTree {
  let root: OpaquePointer

  init(_ text: String, typographic: Bool = false) {
    var text = text
    let options = CMARK_OPT_UNSAFE | (typographic ? CMARK_OPT_SMART : 0)
    root = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cmark_parse_document($0.baseAddress, $0.count, options)
      }
    }
    cmark_consolidate_text_nodes(root)
  }

  deinit { cmark_node_free(root) }

  /// The line of the first node with more than `limit` others around it.
  func firstLine(deeperThan limit: Int) -> Int? {
    let iterator = cmark_iter_new(root)
    defer { cmark_iter_free(iterator) }
    var depth = 0
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return nil }
      // A leaf has no exit; what is empty is as good as a leaf.
      if cmark_node_first_child(node) == nil { continue }
      depth += event == CMARK_EVENT_ENTER ? 1 : -1
      if depth > limit { return Int(cmark_node_get_start_line(node)) }
    }
  }

  /// Lines of code blocks and raw HTML.
  func literalLines() -> Set<Int> {
    var lines: Set<Int> = []
    let iterator = cmark_iter_new(root)
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return lines }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
      let type = cmark_node_get_type(node)
      if type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK {
        let first = Int(cmark_node_get_start_line(node))
        lines.formUnion(first...max(first, Int(cmark_node_get_end_line(node))))
      }
    }
  }
}

/// Walks libcmark's tree and makes ours.
private struct SyntaxTreeBuilder {
  let source: SourceText
  let lifting: Lifting
  var cells: [Cell] = []
  var notes: [String: Chapter.Note] = [:]
  var problems: [Problem] = []
  var headingIDs: [String: Int] = [:]
  /// Interpolations in the order of the text; `Inline.interpolation` holds their index.
  let interpolations: [Interpolation]
  private let interpolationOfItem: [Int: Int]

  init(source: SourceText, lifting: Lifting) {
    self.source = source
    self.lifting = lifting
    var list: [Interpolation] = []
    var indices: [Int: Int] = [:]
    for (index, entry) in lifting.items.enumerated() {
      guard case .interpolation(let code) = entry.item else { continue }
      indices[index] = list.count
      list.append(Interpolation(index: list.count, code: code, location: entry.location))
    }
    (interpolations, interpolationOfItem) = (list, indices)
  }

  func location(_ node: OpaquePointer) -> SourceLocation {
    let line = Int(cmark_node_get_start_line(node))
    let lines = lifting.lineOfFile
    return SourceLocation(
      file: source.file, line: lines.indices.contains(line - 1) ? lines[line - 1] : lines.last ?? 1)
  }

  func children(_ node: OpaquePointer) -> [OpaquePointer] {
    Array(
      sequence(first: cmark_node_first_child(node)) { cmark_node_next($0) }.prefix { $0 != nil }
    )
    .compactMap { $0 }
  }

  mutating func blocks(beneath node: OpaquePointer) -> [Block] {
    children(node).flatMap { block($0) }
  }

  mutating func block(_ node: OpaquePointer) -> [Block] {
    let place = location(node)
    switch cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      let inlines = inlines(beneath: node)
      let level = Int(cmark_node_get_heading_level(node))
      return [.heading(level: level, inlines, id: headingID(inlines.plainText), place)]
    case CMARK_NODE_PARAGRAPH:
      return paragraph(children(node).flatMap { pieces($0) }, at: place)
    case CMARK_NODE_LIST:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      let list = Block.List(
        start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
        isTight: cmark_node_get_list_tight(node) != 0,
        items: children(node).map { blocks(beneath: $0) })
      return [.list(list, place)]
    case CMARK_NODE_BLOCK_QUOTE:
      return [quote(blocks(beneath: node), at: place)]
    case CMARK_NODE_CODE_BLOCK:
      return [code(node, at: place)]
    case CMARK_NODE_THEMATIC_BREAK:
      return [.rule(place)]
    case CMARK_NODE_HTML_BLOCK:
      return [.html(String(cString: cmark_node_get_literal(node)), place)]
    default:
      return []
    }
  }

  /// Displays and note definitions come out of the paragraph they were written in.
  mutating func paragraph(_ inlines: [Lifted], at place: SourceLocation) -> [Block] {
    var result: [Block] = []
    var text: [Inline] = []
    var note: (name: String, location: SourceLocation)?
    func trimmed(_ inlines: [Inline]) -> [Inline] {
      var slice = inlines[...]
      while slice.first == .softBreak { slice.removeFirst() }
      while slice.last == .softBreak { slice.removeLast() }
      if case .text(let first)? = slice.first {
        slice[slice.startIndex] = .text(String(first.drop { $0 == " " }))
      }
      return slice.filter { $0 != .text("") }
    }
    func flush(_ builder: inout Self) {
      let body = trimmed(text)
      text = []
      if let open = note {
        note = nil
        if builder.notes[open.name] != nil {
          builder.problems.append(
            Problem(
              at: open.location, "expected one note named \(open.name), found a second",
              mend: "give it a name of its own"))
        }
        builder.notes[open.name] = Chapter.Note(text: body, location: open.location)
      } else if !body.isEmpty {
        result.append(.paragraph(body, place))
      }
    }
    for piece in inlines {
      switch piece {
      case .inline(let inline): text.append(inline)
      case .display(let equation):
        flush(&self)
        result.append(.equation(equation))
      case .noteDefinition(let name, let location):
        flush(&self)
        note = (name, location)
      }
    }
    flush(&self)
    return result
  }

  /// A quote that begins with `[!KIND]` is a callout.
  mutating func quote(_ blocks: [Block], at place: SourceLocation) -> Block {
    guard case .paragraph(var inlines, let start)? = blocks.first,
      case .text(let first)? = inlines.first, first.hasPrefix("[!"),
      let end = first.firstIndex(of: "]")
    else { return .quote(blocks, place) }
    let word = String(first[first.index(first.startIndex, offsetBy: 2)..<end])
    guard let kind = Block.Callout(rawValue: word) else {
      problems.append(.unknownCallout(word, at: start))
      return .quote(blocks, place)
    }
    let rest = first[first.index(after: end)...].drop { $0 == " " }
    inlines.removeFirst()
    if !rest.isEmpty { inlines.insert(.text(String(rest)), at: 0) }
    if inlines.first == .softBreak { inlines.removeFirst() }
    let body = inlines.isEmpty ? [] : [Block.paragraph(inlines, start)]
    return .callout(kind, body + blocks.dropFirst(), place)
  }

  mutating func code(_ node: OpaquePointer, at place: SourceLocation) -> Block {
    let code = String(cString: cmark_node_get_literal(node))
    let info = String(cString: cmark_node_get_fence_info(node))
    guard info.split(separator: " ").first == "swift" else {
      return .code(language: info, code, place)
    }
    let (flags, found) = Cell.Flags.parse(info, at: place)
    problems += found
    let index = cells.count
    cells.append(
      Cell(
        index: index, code: code, location: place, firstLine: place.line + 1, flags: flags))
    return .cell(index, place)
  }

  mutating func headingID(_ text: String) -> String {
    let words = text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    let joined = String(words).split(separator: "-").joined(separator: "-")
    let id = joined.isEmpty ? "section" : joined
    headingIDs[id, default: 0] += 1
    return headingIDs[id]! > 1 ? "\(id)-\(headingIDs[id]!)" : id
  }

  /// What stands in a paragraph before displays and notes are taken out of it.
  enum Lifted {
    case inline(Inline)
    case display(Block.Equation)
    case noteDefinition(String, SourceLocation)
  }

  func pieces(_ node: OpaquePointer) -> [Lifted] {
    func literal() -> String { String(cString: cmark_node_get_literal(node)) }
    func nested() -> [Inline] { inlines(beneath: node) }
    func url() -> String { String(cString: cmark_node_get_url(node)) }
    func title() -> String { String(cString: cmark_node_get_title(node)) }
    switch cmark_node_get_type(node) {
    case CMARK_NODE_TEXT: return restored(literal())
    case CMARK_NODE_SOFTBREAK: return [.inline(.softBreak)]
    case CMARK_NODE_LINEBREAK: return [.inline(.lineBreak)]
    case CMARK_NODE_CODE: return [.inline(.code(literal()))]
    case CMARK_NODE_HTML_INLINE: return [.inline(.html(literal(), location(node)))]
    case CMARK_NODE_EMPH: return [.inline(.emphasis(nested()))]
    case CMARK_NODE_STRONG: return [.inline(.strong(nested()))]
    case CMARK_NODE_LINK:
      return [.inline(.link(to: url(), title: title(), nested(), location(node)))]
    case CMARK_NODE_IMAGE:
      return [.inline(.image(from: url(), title: title(), nested(), location(node)))]
    default: return []
    }
  }

  func inlines(beneath node: OpaquePointer) -> [Inline] {
    children(node).flatMap { pieces($0) }.map(\.asInline)
  }

  /// Text with the lifted items back in their places.
  func restored(_ text: String) -> [Lifted] {
    var result: [Lifted] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: Lifting.opening),
      let end = rest[start...].firstIndex(of: Lifting.closing),
      let index = Int(rest[rest.index(after: start)..<end]), lifting.items.indices.contains(index)
    {
      if start > rest.startIndex { result.append(.inline(.text(String(rest[..<start])))) }
      let (item, place) = lifting.items[index]
      switch item {
      case .display(let tex): result.append(.display(Block.Equation(tex: tex, location: place)))
      case .inline(let tex): result.append(.inline(.mathematics(tex: tex, place)))
      case .interpolation: result.append(.inline(.interpolation(interpolationOfItem[index]!)))
      case .noteReference(let name): result.append(.inline(.note(name, place)))
      case .noteDefinition(let name): result.append(.noteDefinition(name, place))
      case .citation(let keys): result.append(.inline(.citation(keys, place)))
      }
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { result.append(.inline(.text(String(rest)))) }
    return result
  }
}

extension SyntaxTreeBuilder.Lifted {
  /// Inside emphasis, links and headings a display is set inline.
  fileprivate var asInline: Inline {
    switch self {
    case .inline(let inline): inline
    case .display(let equation): .mathematics(tex: equation.tex, equation.location)
    case .noteDefinition(let name, let location): .note(name, location)
    }
  }
}

extension [Inline] {
  /// Each piece, and those within it.
  var flattened: [Inline] {
    flatMap { inline in
      switch inline {
      case .emphasis(let inner), .strong(let inner), .link(_, _, let inner, _),
        .image(_, _, let inner, _):
        [inline] + inner.flattened
      default: [inline]
      }
    }
  }

  /// The words alone.
  public var plainText: String {
    map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .link(_, _, let inner, _),
        .image(_, _, let inner, _):
        inner.plainText
      case .mathematics(let tex, _): tex
      case .softBreak, .lineBreak: " "
      case .interpolation, .note, .citation, .html: ""
      }
    }.joined()
  }
}
