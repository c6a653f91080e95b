import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A formula of a list, one JSON object a line.
struct WrittenFormula: Decodable, Sendable, CustomTestStringConvertible {
  var display: Bool
  var tex: String

  var testDescription: String { tex }

  /// Formulas of the course, simple and hard.
  static let all = load("Fixtures/formulas.jsonl") + load("Browser/hard-formulas.jsonl")

  private static func load(_ path: String) -> [WrittenFormula] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let lines = try? String(contentsOf: tests.appending(path: path), encoding: .utf8)
    return (lines ?? "").split(separator: "\n").compactMap {
      try? JSONDecoder().decode(WrittenFormula.self, from: Data($0.utf8))
    }
  }
}

/// Reads MathML as XML and notes what a browser would not understand: an element with too few or too
/// many children, a row of a table outside of one, text outside of the elements that hold text.
final class MathMLInspector: NSObject, XMLParserDelegate {
  private(set) var faults: [String] = []
  private(set) var annotation = ""
  private var open: [(name: String, children: Int)] = []

  static let childrenOf = [
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
    "munderover": 3, "semantics": 2, "math": 1,
  ]
  static let leaves: Set = ["mi", "mo", "mn", "mtext", "annotation", "mspace"]
  static let parents = ["mtr": "mtable", "mtd": "mtr", "annotation": "semantics"]
  static let known = leaves.union(childrenOf.keys).union(parents.keys).union([
    "mtable", "mrow", "mstyle", "msqrt", "mphantom", "mpadded",
  ])

  static func inspect(_ mathML: String) -> MathMLInspector {
    let inspector = MathMLInspector()
    let parser = XMLParser(data: Data(mathML.utf8))
    parser.delegate = inspector
    if !parser.parse() || !inspector.open.isEmpty { inspector.faults.append("not well-formed") }
    return inspector
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    faults.append("not well-formed: \(error)")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if !Self.known.contains(name) { faults.append("unknown element \(name)") }
    if let parent = Self.parents[name], open.last?.name != parent {
      faults.append("\(name) outside of \(parent)")
    }
    if let last = open.indices.last {
      open[last].children += 1
      if Self.leaves.contains(open[last].name) { faults.append("\(name) in \(open[last].name)") }
    }
    if attributes["mathvariant"].map({ $0 != "normal" }) == true {
      faults.append("mathvariant=\(attributes["mathvariant"]!)")
    }
    open.append((name, 0))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    guard let name = open.last?.name else { return }
    if !Self.leaves.contains(name) { faults.append("text \(text) in \(name)") }
    if name == "annotation" { annotation += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let (openName, children) = open.popLast(), openName == name else {
      faults.append("</\(name)> closes nothing")
      return
    }
    if let expected = Self.childrenOf[name], children != expected {
      faults.append("\(name) with \(children) children, expected \(expected)")
    }
  }
}
