import Foundation
import Outputs

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A drawing read back as a browser reads it, without the code that wrote it.
final class SVGReading: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    /// Attributes of the elements around it, inner ones first.
    var inherited: [String: String]
  }

  private(set) var elements: [Element] = []
  private(set) var problem: String?
  private var open: [Int] = []

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { problem = "\(error)" }

  init(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    if !parser.parse() && problem == nil { problem = "not well formed" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    var inherited: [String: String] = [:]
    for index in open { inherited.merge(elements[index].attributes) { $1 } }
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, inherited: inherited))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }

  var size: (width: Double, height: Double) {
    let numbers = elements[0].attributes["viewBox"]!.split(separator: " ").map { Double($0)! }
    return (numbers[2], numbers[3])
  }

  var texts: [String] { elements.filter { $0.name == "text" }.map(\.text) }

  func paths(class name: String) -> [[[(x: Double, y: Double)]]] {
    elements.filter {
      $0.name == "path" && ($0.attributes["class"] ?? $0.inherited["class"]) == name
    }.map { SVGReading.pieces(of: $0.attributes["d"]!) }
  }

  /// The subpaths of path data, as SVG 2 (section 9.3) says: after M more pairs are absolute lines, after
  /// m relative ones.
  static func pieces(of data: String) -> [[(x: Double, y: Double)]] {
    var tokens: [String] = []
    for character in data {
      let last = tokens.last ?? " "
      if character.isLetter {
        tokens.append(String(character))
      } else if character == " " || character == "," {
        tokens.append(" ")
      } else if character == "-" || last == " " || last.first!.isLetter
        || (character == "." && last.contains("."))
      {
        tokens.append(String(character))
      } else {
        tokens[tokens.count - 1].append(character)
      }
    }
    tokens.removeAll { $0 == " " }
    var pieces: [[(x: Double, y: Double)]] = []
    var (command, pen, index) = ("", (x: 0.0, y: 0.0), 0)
    func number() -> Double {
      index += 1
      return Double(tokens[index - 1])!
    }
    while index < tokens.count {
      if tokens[index].first!.isLetter {
        command = tokens[index]
        index += 1
        if command == "z" {
          pen = pieces.last!.first!
          pieces[pieces.count - 1].append(pen)
          continue
        }
      }
      switch command {
      case "M":
        pen = (number(), number())
        pieces.append([pen])
        command = "L"
        continue
      case "m":
        pen = (pen.x + number(), pen.y + number())
        pieces.append([pen])
        command = "l"
        continue
      case "L": pen = (number(), number())
      case "l": pen = (pen.x + number(), pen.y + number())
      case "h": pen.x += number()
      case "v": pen.y += number()
      default: fatalError("unexpected command \(command) in \(data)")
      }
      pieces[pieces.count - 1].append(pen)
    }
    return pieces
  }
}
