/// A TeX formula and the MathML it becomes.
///
/// The MathML is for browsers that implement MathML Core, with the font Latin Modern Math and the
/// rules of `Site/mathematics.css`.
public struct Formula: Sendable {
  /// The formula as it was written.
  public let tex: String
  /// Whether the formula stands on a line of its own.
  public let display: Bool
  /// The number each label stands for, as `\eqref` and `\ref` print it.
  public let references: [String: String]

  private let content: Result<[Node], FormulaError>
  private let annotations: Annotations

  public init(_ tex: String, display: Bool, references: [String: String] = [:]) {
    self.tex = tex
    self.display = display
    self.references = references
    var parser = Parser(tex)
    do throws(FormulaError) {
      content = .success(try parser.formula())
    } catch {
      content = .failure(error)
    }
    annotations = parser.annotations
  }

  /// The formula as one `<math>` element, which carries the TeX as its annotation.
  ///
  /// - Throws: the first mistake of the TeX, with its place.
  public func mathML() throws(FormulaError) -> String {
    var writer = Writer(references: references)
    let nodes = try content.get()
    writer.out.reserveCapacity(1024)
    writer.out += display ? "<math display=\"block\"><semantics>" : "<math><semantics>"
    try writer.single(nodes, display ? .display : .text)
    writer.out += "<annotation encoding=\"application/x-tex\">"
    writer.out.appendEscaped(tex)
    writer.out += "</annotation></semantics></math>"
    return writer.out
  }
}

extension Formula {
  /// The first `\label`.
  public var label: String? { annotations.labels.first?.name }

  /// The text of `\tag`.
  public var tag: String? { annotations.tag }

  /// The label of each row of a formula that is a numbered environment of several rows, `align` or
  /// `gather`; empty for every other formula.
  public var rowLabels: [String?] {
    (0..<annotations.numberedRows).map { row in
      annotations.labels.first { $0.row == row }?.name
    }
  }

  /// All labels of a formula, in their order.
  public static func labels(in tex: String) -> [String] {
    Formula(tex, display: true).annotations.labels.map(\.name)
  }
}

/// What a formula says about its number, which is set beside it and not within.
struct Annotations: Sendable {
  var labels: [(name: String, row: Int)] = []
  var tag: String?
  var numberedRows = 0
}

extension String {
  /// Appends text as the content of an XML element.
  mutating func appendEscaped(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": self += "&amp;"
      case "<": self += "&lt;"
      case ">": self += "&gt;"
      default: unicodeScalars.append(scalar)
      }
    }
  }
}
