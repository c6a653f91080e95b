import Foundation
import Tensors
import Testing

/// Nothing that has a derivative is missing from the table.
@Suite struct CompletenessTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  private static let sources = tests.appending(path: "../../Sources/Tensors").standardized

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  @Test func everyRuleIsGoneThroughByTheTable() throws {
    var written: Set<String> = []
    for entry in Case.all(Lengths.several[0]) {
      var random = entry.random
      for variation in Variation.all(of: entry, using: &random) {
        _ = gradient(at: variation.point) { point in
          let value = variation.function(point)
          written.formUnion(operationsOnTape())
          return value
        }
        _ = gradient(at: variation.point) { point in
          let slope = gradient(at: point, variation.function).sum()
          written.formUnion(operationsOnTape())
          return slope
        }
      }
    }
    let declarations = try text(Self.sources.appending(path: "Operation.swift"))
      .prefix { $0 != "\u{0}" }.components(separatedBy: "enum Keeping")[0]
    let declared = Set(
      declarations.split(separator: "\n").filter { $0.hasPrefix("  case ") }.flatMap {
        $0.dropFirst("  case ".count).replacing(/\([^)]*\)/, with: "").split(separator: ",")
          .map { $0.trimmingCharacters(in: .whitespaces) }
      })
    #expect(declared.count > 40)
    #expect(declared.subtracting(written) == [])
  }

  @Test func everyPublicOperationStandsInTheTable() throws {
    let table = try FileManager.default.contentsOfDirectory(
      at: Self.tests.appending(path: "Operations"), includingPropertiesForKeys: nil
    ).map(text).joined()
    let files = [
      "Convolution", "Elementwise", "Gates", "Movement", "Normalisation", "Pooling", "Products",
      "Reductions", "Softmax",
    ]
    for file in files {
      let source = try text(Self.sources.appending(path: "\(file).swift"))
      for match in source.matches(of: /public (?:static )?func (\w+)[^{]*\{/) {
        let name = match.output.1
        // These have no derivative: they give places, zeros and the meaning of brackets.
        if ["indexOfMax", "zero", "range"].contains(name) { continue }
        let isCalled = table.contains("\(name)(")
        #expect(isCalled, "\(name) of \(file).swift")
      }
    }
  }
}
