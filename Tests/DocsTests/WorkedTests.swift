import Foundation
import Testing
import Workbench

/// The documents show what the program makes. After a change that is meant, renew them by
///
///     COURSE_RENEW_DOCS=1 swift test -c release --filter DocsTests
@Suite("Worked texts of the documents")
struct WorkedTests {
  static let renews = ProcessInfo.processInfo.environment["COURSE_RENEW_DOCS"] != nil

  @Test("are what the program makes today", arguments: try Document.all)
  func areTrue(_ document: Document) async throws {
    let worked = document.fences.filter { $0.workedName != nil }
    if worked.isEmpty { return }
    let texts = try await WorkedTexts.shared.value.texts
    var renewed: [(Document.Fence, String)] = []
    for fence in worked {
      let name = fence.workedName!
      let today = try #require(texts[name], "\(document.name): no worked text is called \(name)")
      if today == fence.body { continue }
      renewed.append((fence, today))
      if !Self.renews {
        Issue.record(
          "\(difference(document, fence, today))",
          sourceLocation: SourceLocation(
            fileID: "DocsTests/\(document.name)", filePath: document.path.string,
            line: fence.lines.lowerBound + 1, column: 1))
      }
    }
    if Self.renews {
      try document.path.replace(with: Array(document.replacing(renewed).utf8))
    }
  }

  @Test("are each shown somewhere")
  func areShown() async throws {
    let shown = Set(try Document.all.flatMap { $0.fences.compactMap(\.workedName) })
    #expect(try await shown == Set(WorkedTexts.shared.value.texts.keys))
  }

  private func difference(
    _ document: Document, _ fence: Document.Fence, _ today: String
  ) -> String {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let (written, made) = (lines(fence.body), lines(today))
    let changes = made.difference(from: written).map { change in
      switch change {
      case .remove(let offset, let line, _):
        "  - \(document.name):\(fence.lines.lowerBound + offset + 1): \(line)"
      case .insert(_, let line, _): "  + \(line)"
      }
    }
    return """
      \(fence.workedName!) is no longer what \(document.name) shows:
      \(changes.joined(separator: "\n"))
      If the change is meant, renew the documents:
        COURSE_RENEW_DOCS=1 swift test -c release --filter DocsTests
      """
  }
}
