public import Literate
import Mustache

/// How the site looks: templates, the stylesheet, the script and the font of the formulas, read once.
public struct Theme: Sendable {
  /// What every page shares.
  public let assets: [SiteFile]
  let templates: MustacheLibrary
  /// The stylesheet's first rule, which names the colours of both themes; drawings that stand alone as
  /// files need it too.
  let palette: String

  static let fontPath = "fonts/latin-modern-math.woff2"

  /// - Parameters:
  ///   - folder: has style.css, mathematics.css, script.js and templates/.
  ///   - cache: where the packed font is kept.
  public init(at folder: FilePath, cache: FilePath) throws(Problem) {
    func read(_ path: FilePath) throws(Problem) -> String {
      guard let bytes = try? path.read() else { throw .missingThemeFile(path) }
      return String(decoding: bytes, as: UTF8.self)
    }
    let style = try read(folder / "style.css").withoutComments.withoutIndentation
    let mathematics = try read(folder / "mathematics.css").withoutComments.withoutIndentation
    let script = try read(folder / "script.js").withoutIndentation
    palette = String(style.prefix { $0 != "}" } + "}")
    assets = [
      SiteFile(path: "site.css", text: style + mathematics),
      SiteFile(path: "site.js", text: script),
      SiteFile(path: Self.fontPath, bytes: try MathematicsFont.packed(cachedIn: cache)),
    ]
    var templates: [String: MustacheTemplate] = [:]
    for name in ["layout", "chapter", "contents"] {
      let text = try read(folder / "templates" / "\(name).mustache")
      do { templates[name] = try MustacheTemplate(string: text) } catch {
        throw .brokenTemplate(name, error)
      }
    }
    self.templates = MustacheLibrary(templates: templates)
  }

  func render(_ context: Any, with template: String) -> String {
    templates.render(context, withTemplate: template) ?? ""
  }
}

extension String {
  /// A stylesheet without its comments.
  fileprivate var withoutComments: String {
    var result = ""
    var rest = self[...]
    while let start = rest.firstRange(of: "/*") {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
    }
    return result + rest
  }

  /// Without what only its writers need: indentation, empty lines, and a script's comments, which stand on
  /// lines of their own.
  fileprivate var withoutIndentation: String {
    split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { !$0.isEmpty && !$0.hasPrefix("//") }
      .joined(separator: "\n") + "\n"
  }
}
