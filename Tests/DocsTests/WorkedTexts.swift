import Foundation
import Literate
import Outputs
import Runner
import Workbench

/// What the stages of the pipeline make of the fixture `worked`, as the documents show it.
struct WorkedTexts: Sendable {
  private(set) var texts: [String: String] = [:]

  static let chapterName = "01-coin"

  /// Made once for all tests.
  static let shared = Task { try await WorkedTexts() }

  private init() async throws {
    let bench = try Workbench(copying: "worked")
    let book = try bench.book
    let chapter = try book.chapter(Self.chapterName)
    texts["book"] = Dump.text(of: book)
    texts["markdown"] = chapter.source.text.trimmed
    texts["blocks"] = Dump.text(of: chapter)
    texts["program"] = Tangle.program(of: chapter).text.trimmed
    texts["compile-error"] = try await Self.problem(of: chapter, bench) {
      $0.replacing("Estimate(of: tosses)", with: "Estimate(of: toses)")
    }

    let outcomes = try await bench.run()
    let result = try outcomes[0].result.get()
    if !result.problems.isEmpty { throw Problems(result.problems) }
    let folder = bench.directory / ".course/chapters/\(Self.chapterName)"
    texts["records"] = try Self.records(Command.output(of: folder / "program"))
    texts["verdicts"] = result.verdicts.map(Dump.text).joined(separator: "\n")
    texts["kept"] = try Self.keptCell(folder / "kept.json")
    let site = try bench.site()
    let page = String(decoding: site["\(Self.chapterName).html"] ?? [], as: UTF8.self)
    texts["page"] = Self.excerpt(of: page, from: "<div class=\"cell\" id=\"share\">", past: "</p>")
    texts["files"] = site.keys.sorted().joined(separator: "\n")
    texts["modules"] = try Self.modules()

    let guide = try Example.guide
    let first = "01-random-walks.md"
    texts["misspelt-error"] = try await Self.problems(
      of: guide.replacing(
        "Double(steps).squareRoot()", with: "Double(steps).squareRot()", in: first))
    texts["died-in-a-loop"] = try await Self.problems(
      of: guide.replacing("returns += 1", with: "returns += [1][returns]", in: first))
    texts["false-claim"] = try await Self.problems(
      of: guide.replacing("near: Double(steps), within: 4", with: "near: 200, within: 4", in: first)
    )
  }

  /// What is said of the first chapter of a book with a fault in it.
  private static func problems(of example: Example) async throws -> String {
    let bench = try Workbench(example.files)
    let book = try bench.book
    let outcome = try await bench.run()[0]
    let source = try book.chapter(outcome.name).source
    return outcome.problems.prefix(1).map { $0.explained(in: source) }.joined(separator: "\n")
  }

  /// What is said of the chapter once `change` has put a fault in it.
  private static func problem(
    of chapter: Chapter, _ bench: Workbench, _ change: (String) -> String
  ) async throws -> String {
    let source = SourceText(file: chapter.file, text: change(chapter.source.text))
    let faulty = try Chapter(parsing: source, name: chapter.name)
    do {
      _ = try await bench.runner().run(faulty)
      return "no problem"
    } catch let problems as Problems {
      return problems.list.map { $0.explained(in: source) }.joined(separator: "\n")
    }
  }

  /// The records as they come, RS drawn as ␞, keys sorted, what differs from run to run left out.
  private static func records(_ output: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try output.split(separator: "\u{1E}").map { line in
      let record = try Record(json: line.utf8)
      return "␞" + masked(String(decoding: try encoder.encode(record), as: UTF8.self))
    }.joined(separator: "\n")
  }

  /// The second cell's outputs as the cache has them, one a line.
  private static func keptCell(_ file: FilePath) throws -> String {
    let top = try JSONSerialization.jsonObject(with: Data(file.read())) as? [String: Any]
    let cell = (top?["cells"] as? [[String: Any]])?.last
    let outputs = cell?["outputs"] as? [Any] ?? []
    return try outputs.map { output in
      let bytes = try JSONSerialization.data(withJSONObject: output, options: .sortedKeys)
      return String(decoding: bytes, as: UTF8.self)
    }.joined(separator: "\n")
  }

  private static func masked(_ text: String) -> String {
    text.replacing(#/("(?:seconds|peakMemory)":)[-0-9.e]+/#) { $0.output.1 + "…" }
  }

  private static func excerpt(of page: String, from start: String, past end: String) -> String {
    guard let first = page.firstRange(of: start),
      let last = page[first.upperBound...].firstRange(of: end)
    else { return "expected \(start) … \(end), found neither in the page" }
    return String(page[first.lowerBound..<last.upperBound])
  }

  /// Which module imports which, from the sources.
  private static func modules() throws -> String {
    let sources = Workbench.root / "Sources"
    let names = sources.children.filter { (sources / $0).isDirectory }
    var lines: [String] = []
    for name in names {
      var imported: Set<String> = []
      for file in Self.swiftFiles(beneath: sources / name) {
        let text = try SourceText(contentsOf: file, shownAs: file.name).text
        for match in text.matches(of: #/(?m)^(?:@_exported |public |internal )*import (\w+)/#) {
          imported.insert(String(match.output.1))
        }
      }
      let arrows = names.filter { imported.contains($0) && $0 != name }
      if !arrows.isEmpty { lines.append("\(name) → \(arrows.joined(separator: ", "))") }
    }
    return lines.joined(separator: "\n")
  }

  private static func swiftFiles(beneath folder: FilePath) -> [FilePath] {
    folder.children.flatMap { name in
      (folder / name).isDirectory
        ? swiftFiles(beneath: folder / name)
        : name.hasSuffix(".swift") ? [folder / name] : []
    }
  }
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
