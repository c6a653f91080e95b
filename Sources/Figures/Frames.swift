import Outputs

/// One figure for each of several values, on a slider.
///
///     show(Frames("d", over: stride(from: 0, through: 4, by: 0.5)) { d in
///       Plot {
///         Curve("p", over: -4...8, of: p.density(at:))
///         Curve("q", over: -4...8) { x in p.density(at: x - d) }
///       }
///     }, caption: "…", alt: "…")
///
/// All frames of a plot share their axes, so that nothing jumps while the slider moves.
public struct Frames<Content: Showable>: Showable {
  private let control: String
  private let opensAtLast: Bool
  private let frames: [(label: String, content: Content)]

  /// - Parameters:
  ///   - control: What the slider changes: "step", "d".
  ///   - opensAtLast: Shows the last frame at first: what a training came to, before how it came there.
  ///   - label: What the slider says at a value; "d = 0.5" when not given.
  public init<Value>(
    _ control: String, over values: some Sequence<Value>, opensAtLast: Bool = false,
    label: ((Value) -> String)? = nil,
    content: (Value) -> Content
  ) {
    self.control = control
    self.opensAtLast = opensAtLast
    frames = values.map { value in
      let number = (value as? any Plottable).map { NumberText.significant($0.plotted) }
      return (label?(value) ?? "\(control) = \(number ?? "\(value)")", content(value))
    }
  }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    if frames.isEmpty { throw .noData(mark: "Frames \"\(control)\"") }
    let all = frames.map(\.content)
    var drawn: [Outputs.Figure.Frame] = []
    for frame in frames {
      let content = try frame.content.inStep(with: all).content()
      if case .pictureMap = content {
        throw .notAFrame(label: frame.label, found: kind(of: content))
      }
      if let first = drawn.first, kind(of: content) != kind(of: first.content) {
        throw .framesDiffer(
          label: frame.label, expected: kind(of: first.content), found: kind(of: content))
      }
      drawn.append(Outputs.Figure.Frame(label: frame.label, content: content))
    }
    return .frames(drawn, control: control, opensAt: opensAtLast ? drawn.count - 1 : 0)
  }

  private func kind(of content: Outputs.Figure.Content) -> String {
    switch content {
    case .drawing(let drawing):
      let viewBox = drawing.svg.split(separator: "\"").first { $0.hasPrefix("0 0 ") }
      let size = viewBox?.split(separator: " ").suffix(2).joined(separator: " × ") ?? ""
      return "a drawing of \(size)"
    case .picture(let picture):
      return "a picture of \(picture.width) × \(picture.height) at scale \(picture.scale)"
    case .table(let table):
      return "a table of \(table.rows.count) rows and \(table.columns.count) columns"
    case .frames: return "frames"
    case .pictureMap: return "a picture map"
    case .verses(let verses): return "\(verses.count) verses"
    }
  }
}
