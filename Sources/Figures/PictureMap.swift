import Outputs

/// What a decoder makes of each code of two numbers: one picture at each node of a grid.
///
///     let firsts = Array(stride(from: -2.0, through: 2, by: 0.25)), seconds = firsts
///     let pictures = seconds.flatMap { second in firsts.map { first in decode(first, second) } }
///     show(PictureMap("z₁", over: firsts, "z₂", over: seconds, images: pictures, height: 28, width: 28),
///       caption: "…", alt: "…")
///
/// The first number grows to the right, the second upwards. On the page a reader moves over the sheet and
/// sees the picture of that code large. Up to fifteen pictures of 28 pixels leave room for it beside the
/// sheet.
public struct PictureMap: Showable {
  private let across: (name: String, values: [Double])
  private let up: (name: String, values: [Double])
  private let images: [[Double]]
  private let height: Int
  private let width: Int
  private let start: (first: Double, second: Double)?

  /// - Parameters:
  ///   - first: Name of the first number, plain text: "z₁".
  ///   - firsts: Its values, rising in even steps.
  ///   - second: Name of the second number.
  ///   - seconds: Its values, rising in even steps.
  ///   - images: One for each code: for each second value, from the least, all first values. Each is given
  ///     as for ``ImageGrid``, grey or in colour.
  ///   - opensAt: The code whose picture, or the nearest, is large at first; the middle when not given.
  public init(
    _ first: String, over firsts: some Sequence<some Plottable>,
    _ second: String, over seconds: some Sequence<some Plottable>,
    images: [[some Plottable]], height: Int, width: Int, opensAt start: (Double, Double)? = nil
  ) {
    across = (first, firsts.map(\.plotted))
    up = (second, seconds.map(\.plotted))
    self.images = images.map { $0.map(\.plotted) }
    self.height = height
    self.width = width
    self.start = start
  }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    for (name, values) in [across, up] { try check(values, of: name) }
    let (columns, rows) = (across.values.count, up.values.count)
    guard images.count == columns * rows else {
      throw .imagesOnAMap(
        first: across.name, columns, second: up.name, rows, found: images.count)
    }
    let sheet = try PictureSheet(images, height: height, width: width, of: "PictureMap")
    return .pictureMap(
      Outputs.Figure.PictureMap(
        sheet: try sheet.picture(columns: columns, isUpwards: true, gap: 0, room: 420),
        across: try axis(across, opensAt: start?.first),
        up: try axis(up, opensAt: start?.second)))
  }

  private func axis(
    _ numbers: (name: String, values: [Double]), opensAt place: Double?
  ) throws(FigureError) -> Outputs.Figure.PictureMap.Axis {
    let (values, last) = (numbers.values, numbers.values.count - 1)
    var start = last / 2
    if let place {
      let steps = (place - values[0]) / (values[last] - values[0]) * Double(last)
      guard steps > -0.5, steps < Double(last) + 0.5 else {
        throw .beyondMap(axis: numbers.name, place: place, from: values[0], to: values[last])
      }
      start = Int(steps.rounded())
    }
    // What rounding leaves of a zero is zero.
    let least = 1e-6 * (values[1] - values[0])
    return .init(
      name: numbers.name,
      values: values.map { NumberText.significant(abs($0) < least ? 0 : $0) }, start: start)
  }

  private func check(_ values: [Double], of name: String) throws(FigureError) {
    guard values.count >= 2 else {
      throw .tooFew(what: "PictureMap, values of \(name)", needed: 2, found: values.count)
    }
    try Figures.check(finite: values, name, of: "PictureMap")
    let first = values[1] - values[0]
    // Float values and strides are even but for their rounding.
    for (index, (before, value)) in zip(values, values.dropFirst()).enumerated()
    where !(first > 0 && abs(value - before - first) < 1e-3 * first) {
      throw .unevenSteps(axis: name, index: index + 1, step: value - before, first: first)
    }
  }
}
