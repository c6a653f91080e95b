import Foundation
import Literate
import Subprocess

/// Compiles a chapter's program, and brings what the compiler says back to the Markdown.
struct Compiler {
  var toolchain: Toolchain
  /// Where the program and what comes of it lie.
  var folder: FilePath

  /// A line of what the compiler says.
  struct Diagnostic: Equatable {
    var kind: String
    var file: String
    var line: Int
    var column: Int
    var message: String
  }

  /// Compiles and links, optimised and with line numbers. Errors and warnings are problems.
  func executable(for program: Program, chapter: Chapter) async throws -> FilePath {
    try (folder / "program.swift").replace(with: Array(program.text.utf8))
    let output = folder / "program"
    let diagnostics = try await compile(
      (folder / "program.swift").string,
      arguments: [
        // Frame pointers lead a backtrace from the library back to the cell.
        "-O", "-g", "-Xcc", "-fno-omit-frame-pointer", "-o", output.string, "-L",
        toolchain.libraries.string, "-lCourse", "-lpng", "-lz", "-lopenblas",
      ], chapter: chapter)
    let problems = problems(of: diagnostics, in: chapter)
    if !problems.isEmpty { throw Problems(problems) }
    return output
  }

  /// What the compiler says to the cell that must not compile.
  func diagnostics(ofFailing cell: Cell, chapter: Chapter) async throws -> [Diagnostic] {
    let program = Tangle.program(of: chapter, upToFailing: cell)
    let file = folder / "failing-\(cell.index).swift"
    try file.replace(with: Array(program.text.utf8))
    defer { try? file.remove() }
    // Down to SIL, where the compiler has found all it finds.
    return try await compile(
      file.string, arguments: ["-emit-sil", "-Onone", "-o", "/dev/null"], chapter: chapter)
  }

  private func compile(
    _ file: String, arguments: [String], chapter: Chapter
  ) async throws -> [Diagnostic] {
    let module =
      "Chapter_" + chapter.name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    let common =
      [
        "-swift-version", "5", "-parse-as-library", "-diagnostic-style", "llvm",
        "-module-name", module, "-module-cache-path", toolchain.moduleCache.string,
        "-I", (toolchain.libraries / "Modules").string,
      ] + toolchain.moduleMaps.flatMap { ["-I", $0.string] }
    let result = try await run(
      .path(.init(toolchain.compiler)), arguments: .init(common + arguments + [file]),
      platformOptions: .inOwnGroup, output: .string(limit: 1 << 24), error: .combinedWithOutput)
    try Task.checkCancellation()
    let text = result.standardOutput
    let diagnostics = text.split(separator: "\n").compactMap { Diagnostic(llvm: $0) }
    // Errors without a place are the driver's or the linker's: a full disk, say.
    guard
      result.terminationStatus.isSuccess
        || diagnostics.contains(where: { $0.kind == "error" && !$0.file.isEmpty })
    else {
      throw Problems([
        Problem(
          at: SourceLocation(file: chapter.file, line: 1),
          "expected the compiler to finish, found that it stopped over something else",
          details: text.split(separator: "\n").suffix(8).map { String($0.prefix(300)) })
      ])
    }
    return diagnostics
  }

  /// The column as an editor counts it: the compiler counts bytes, and does not see the marks of a quote
  /// or a list before the code. Prose comes to it with its columns as they are.
  private func column(of diagnostic: Diagnostic, in chapter: Chapter) -> Int? {
    for cell in chapter.cells {
      let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      guard lines.indices.contains(diagnostic.line - cell.firstLine),
        let written = chapter.source.line(diagnostic.line)
      else { continue }
      let code = lines[diagnostic.line - cell.firstLine]
      guard written.hasSuffix(code) else { return nil }
      let before = String(decoding: code.utf8.prefix(diagnostic.column - 1), as: UTF8.self)
      return written.count - code.count + before.count + 1
    }
    return diagnostic.column
  }

  private func problems(of diagnostics: [Diagnostic], in chapter: Chapter) -> [Problem] {
    var problems: [Problem] = []
    for diagnostic in diagnostics {
      let isOurs = diagnostic.file == "\(chapter.name).md"
      let place = SourceLocation(
        file: chapter.file, line: isOurs ? diagnostic.line : 1,
        column: isOurs ? column(of: diagnostic, in: chapter) : nil)
      switch diagnostic.kind {
      case "note":
        if !problems.isEmpty, isOurs {
          problems[problems.count - 1].details.append(
            "line \(diagnostic.line): \(diagnostic.message)")
        }
      case "warning":
        // What the tangle adds around the cells is not the author's.
        guard isOurs else { continue }
        problems.append(
          Problem(at: place, "warning: \(diagnostic.message)", mend: "a chapter has no warnings"))
      default:
        problems.append(Problem(at: place, diagnostic.message))
      }
    }
    var seen: Set<Problem> = []
    return problems.filter { seen.insert($0).inserted }
  }
}

extension Compiler.Diagnostic {
  /// Reads `file:line:column: error: message`.
  init?(llvm text: Substring) {
    for kind in ["error", "warning", "note"] {
      guard let range = text.range(of: ": \(kind): ") else { continue }
      let place = text[..<range.lowerBound].split(separator: ":")
      guard place.count >= 3, let line = Int(place[place.count - 2]),
        let column = Int(place[place.count - 1])
      else {
        if kind == "error" {
          self.init(
            kind: kind, file: "", line: 1, column: 1, message: String(text[range.upperBound...]))
          return
        }
        continue
      }
      self.init(
        kind: kind, file: place.dropLast(2).joined(separator: ":"), line: line, column: column,
        message: String(text[range.upperBound...]))
      return
    }
    return nil
  }
}

extension PlatformOptions {
  /// Its own process group, ended whole with the task that started it.
  static var inOwnGroup: PlatformOptions {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(50))
    ]
    return options
  }
}
