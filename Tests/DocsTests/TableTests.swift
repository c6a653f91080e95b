import Testing

@Suite("Tables of the documents")
struct TableTests {
  /// A bar within a cell is escaped, or its row breaks.
  @Test("have in every row what their header names", arguments: try Document.all)
  func rows(_ document: Document) {
    var columns: Int?
    for line in document.prose.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let cells = line.replacing("\\|", with: "").split(separator: "|").count
      #expect(cells == columns ?? cells, "\(document.name): \(line)")
      columns = columns ?? cells
    }
  }
}
