import Literate
import Outputs

// Tables, and the values behind a drawing.
extension Weaver {
  /// Longer lists of values show their beginning, and all of it as a file.
  private static let longestList = 100
  private static let beginning = 20

  mutating func table(_ table: DataTable, at place: FigurePlace) -> HTML {
    """
    <div class="scroll">\(rows(table, label: place.tableLabel, line: place.line))</div>

    """
  }

  mutating func values(_ values: DataTable?, at place: FigurePlace) -> HTML {
    guard let values else { return "" }
    let label = "Values of \(place.title)"
    if values.rows.count <= Self.longestList {
      return """
        <details class="values"><summary>Values</summary>
        <div class="scroll">\(rows(values, label: label, line: place.line))</div></details>

        """
    }
    var first = values
    first.rows = Array(values.rows.prefix(Self.beginning))
    let path = "\(place.file).csv"
    files.append(SiteFile(path: path, text: values.csv))
    return """
      <details class="values"><summary>Values</summary>
      <div class="scroll">\(rows(first, label: label, line: place.line))</div>
      <p>The first \(Self.beginning) of \(values.rows.count.grouped) rows; \
      <a href="\(path)">all as CSV</a></p></details>

      """
  }

  private mutating func rows(_ table: DataTable, label: String, line: Int) -> HTML {
    var html: HTML = "<table aria-label=\"\(label)\">\n<thead><tr>"
    for column in table.columns {
      let heading = markdown(column.heading, line: line, calledAs: "a column's heading")
      // A corner without words heads nothing.
      html +=
        column.heading.allSatisfy(\.isWhitespace)
        ? "<td></td>" : "<th scope=\"col\"\(column.className)>\(heading)</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      html += "<tr>"
      for (index, (column, text)) in zip(table.columns, row).enumerated() {
        let isName = index == 0 && !column.isNumeric
        // Words may have mathematics; the numbers of a plot are many, and only numbers.
        let shown: HTML =
          column.isNumeric
          ? HTML.text(text.withMinusSigns) : markdown(text, line: line, calledAs: "a table's cell")
        html +=
          isName
          ? "<th scope=\"row\">\(shown)</th>" : "<td\(column.className)>\(shown)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>"
  }
}

extension FigurePlace {
  /// A table needs no words in its place.
  fileprivate var tableLabel: String { alternative.isEmpty ? title : alternative }
}

extension DataTable.Column {
  fileprivate var className: HTML { isNumeric ? " class=\"number\"" : "" }
}

extension DataTable {
  /// RFC 4180.
  var csv: String {
    func field(_ text: String) -> String {
      text.contains(where: { ",\"\r\n".contains($0) })
        ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
    return ([columns.map(\.heading)] + rows)
      .map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }
}
