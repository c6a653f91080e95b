import Outputs

/// What `show` can put on a page.
public protocol Showable {
  /// The content as the page receives it.
  func content() throws(FigureError) -> Outputs.Figure.Content

  /// Itself, drawn so that it can follow the others on a slider without a jump.
  func inStep(with others: [Self]) throws(FigureError) -> Self
}

extension Showable {
  public func inStep(with others: [Self]) throws(FigureError) -> Self { self }
}

/// Shows a figure on the page.
///
/// - Parameters:
///   - caption: One or two sentences under the figure, what the reader should see; Markdown with mathematics.
///   - alt: What a reader who cannot see it needs to know; plain text.
///   - budget: The most bytes it may take; 60,000 of SVG or 200,000 of PNG when not given.
/// - Note: A mistake (no caption, numbers that are not finite, …) stops the chapter and says the mend.
public func show(
  _ figure: some Showable, caption: String, alt: String, budget: Int? = nil,
  file: StaticString = #file, line: UInt = #line
) {
  do throws(FigureError) {
    guard caption.hasWords else { throw .noCaption }
    guard alt.hasWords else { throw .noAlternative }
    let content = try figure.content()
    try Weight(of: content).check(against: budget)
    Output.say(
      .figure(Figure(caption: caption, alternative: alt, content: content, line: Int(line))))
  } catch {
    fatalError("\(error)", file: file, line: line)
  }
}

/// A figure without an alt text: a mistake the compiler names.
@available(
  *, unavailable,
  message: "a figure needs an alt text: say what it shows to a reader who cannot see it, alt: \"…\""
)
public func show(_ figure: some Showable, caption: String, line: UInt = #line) {}

/// Shows a table on the page. A table is text, so it needs no alt text.
///
/// - Parameter caption: One or two sentences, what the reader should see; Markdown with mathematics.
public func show(
  _ table: Table, caption: String, file: StaticString = #file, line: UInt = #line
) {
  do throws(FigureError) {
    guard caption.hasWords else { throw .noCaption }
    let content = try table.content()
    Output.say(
      .figure(Figure(caption: caption, alternative: "", content: content, line: Int(line))))
  } catch {
    fatalError("\(error)", file: file, line: line)
  }
}

/// What a figure adds to its page, in bytes.
struct Weight {
  private(set) var svg = 0
  private(set) var png = 0

  init(of content: Outputs.Figure.Content) {
    switch content {
    case .drawing(let drawing): svg = drawing.svg.utf8.count
    case .picture(let picture): png = picture.png.count
    case .pictureMap(let map): png = map.sheet.png.count
    case .table, .verses: break
    case .frames(let frames, _, _):
      for frame in frames {
        let weight = Weight(of: frame.content)
        svg += weight.svg
        png += weight.png
      }
    }
  }

  func check(against budget: Int?) throws(FigureError) {
    for (what, bytes, usual) in [("SVG", svg, 60_000), ("PNG", png, 200_000)]
    where bytes > budget ?? usual {
      throw .overBudget(what: what, bytes: bytes, budget: budget ?? usual)
    }
  }
}

extension String {
  var hasWords: Bool { contains { $0.isLetter || $0.isNumber } }
}
