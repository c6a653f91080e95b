import Literate
import Outputs

// A slider over frames. Without the script it is a row of radio buttons: whichever is chosen, its frame
// shows, by the stylesheet alone.
extension Weaver {
  mutating func slider(
    _ frames: [Figure.Frame], control: String, opensAt start: Int, at place: FigurePlace
  ) -> HTML {
    let count = String(frames.count).count
    var html: HTML = ""
    for (index, frame) in frames.enumerated() {
      let number = String(index + 1)
      let padded = String(repeating: "0", count: count - number.count) + number
      let inner = FigurePlace(
        key: "\(place.key)-frame-\(number)", title: "\(place.title), \(frame.label)",
        alternative: "\(place.alternative) Here \(frame.label).", file: "\(place.file)-\(padded)",
        line: place.line, isFrame: true)
      let checked: HTML = index == start ? " checked" : ""
      html += """
        <input type="radio" name="\(place.key)" id="\(inner.key)-choice"\(checked)>
        <label for="\(inner.key)-choice">\(frame.label)</label>
        <div class="frame" data-label="\(frame.label)">
        \(content(frame.content, at: inner))</div>

        """
    }
    // No fieldset: while a page arrives, Chromium draws a fieldset's first frame at the top of it.
    return """
      <div class="frames" role="radiogroup" aria-labelledby="\(place.key)-control">
      <span class="name" id="\(place.key)-control">\(control)</span>
      \(html)</div>
      \(allValues(frames, control: control, at: place))
      """
  }

  /// The values of all frames together, as a file.
  private mutating func allValues(
    _ frames: [Figure.Frame], control: String, at place: FigurePlace
  ) -> HTML {
    var all: DataTable?
    for frame in frames {
      guard case .drawing(let drawing) = frame.content, let values = drawing.values else {
        continue
      }
      all = all ?? DataTable(columns: [.init(control, isNumeric: false)] + values.columns, rows: [])
      all?.rows += values.rows.map { [frame.label] + $0 }
    }
    guard let all else { return "" }
    let path = "\(place.file).csv"
    files.append(SiteFile(path: path, text: all.csv))
    return """
      <p class="values"><a href="\(path)">Values of all \(frames.count.grouped) frames \
      as CSV</a></p>

      """
  }
}
