import Outputs

/// What a table's cell can hold: text (Markdown with mathematics) or a number.
public protocol TableValue {
  var tableText: String { get }
}

extension String: TableValue { public var tableText: String { self } }
extension Int: TableValue {
  public var tableText: String { NumberText.fixed(plotted, decimals: 0) }
}
extension Double: TableValue { public var tableText: String { NumberText.significant(self) } }
extension Float: TableValue { public var tableText: String { NumberText.significant(plotted) } }

/// Rows and columns of text and numbers. Numbers show four significant digits; a column of numbers is set
/// to the right.
///
///     show(Table(["quantity", "exact", "estimate"]) {
///       Row("KL", 0.443, "0.44 ± 0.01")
///     }, caption: "The estimate agrees with the formula.")
public struct Table: Showable {
  private let headings: [String]
  private let rows: [Row]

  public init(_ headings: [String], @RowBuilder rows: () -> [Row]) {
    self.headings = headings
    self.rows = rows()
  }

  public init(_ headings: [String], rows: [[any TableValue]]) {
    self.headings = headings
    self.rows = rows.map(Row.init)
  }

  public func content() throws(FigureError) -> Outputs.Figure.Content {
    if rows.isEmpty || headings.isEmpty { throw .noData(mark: "Table") }
    for (index, row) in rows.enumerated() where row.cells.count != headings.count {
      throw .tableRow(row: index, expected: headings.count, found: row.cells.count)
    }
    let text = rows.map { $0.cells.map(\.tableText) }
    let columns = headings.enumerated().map { column, heading in
      DataTable.Column(heading, isNumeric: text.allSatisfy { isNumeric($0[column]) })
    }
    return .table(DataTable(columns: columns, rows: text))
  }

  /// Digits, or ∞, and the signs that go with them, such as "0.44 ± 0.01" or "−3×10⁻⁵".
  private func isNumeric(_ text: String) -> Bool {
    text.contains { $0.isNumber || $0 == "∞" }
      && text.allSatisfy { $0.isNumber || "+-−±.,×⁻ %∞".contains($0) }
  }
}

/// One row of a table.
public struct Row {
  let cells: [any TableValue]

  public init(_ cells: any TableValue...) { self.cells = cells }
  public init(_ cells: [any TableValue]) { self.cells = cells }
}

/// Collects the rows between a table's braces; `if` and `for` may stand there.
@resultBuilder
public enum RowBuilder {
  public static func buildExpression(_ row: Row) -> [Row] { [row] }
  public static func buildBlock(_ rows: [Row]...) -> [Row] { rows.flatMap { $0 } }
  public static func buildArray(_ rows: [[Row]]) -> [Row] { rows.flatMap { $0 } }
  public static func buildOptional(_ rows: [Row]?) -> [Row] { rows ?? [] }
  public static func buildEither(first rows: [Row]) -> [Row] { rows }
  public static func buildEither(second rows: [Row]) -> [Row] { rows }
}
