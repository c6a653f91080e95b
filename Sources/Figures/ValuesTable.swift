import Outputs

/// The plotted values as a table of about forty rows; nil where there are none.
func valuesTable(of series: [ValueSeries], x: String, y: String) -> DataTable? {
  guard !series.isEmpty else { return nil }
  let total = series.reduce(0) { $0 + $1.y.count }
  let most = 40
  let share = max(2, most / series.count)
  var rows: [[String]] = []
  for one in series {
    let count = one.y.count
    let kept =
      total <= most || count <= share
      ? Array(0..<count)
      : (0..<share).map { $0 * (count - 1) / (share - 1) }
    for index in kept {
      rows.append([one.name, one.x[index], NumberText.significant(one.y[index])])
    }
  }
  let heading = rows.count < total ? "series (\(rows.count) of \(total) rows)" : "series"
  return DataTable(
    columns: [
      .init(heading, isNumeric: false), .init(literal(x), isNumeric: true),
      .init(literal(y), isNumeric: true),
    ], rows: rows)
}

/// Text that Markdown shall take as it stands.
private func literal(_ text: String) -> String {
  String(text.flatMap { "\\`*_[]<$".contains($0) ? ["\\", $0] : [$0] })
}
