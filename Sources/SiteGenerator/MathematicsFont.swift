import Foundation
import Literate

/// Latin Modern Math as the web has it: packed from the installed font by `woff2_compress`, once.
enum MathematicsFont {
  /// Where Debian, TeX Live, MacTeX and Homebrew put it.
  static let places = [
    "/usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/lm-math/latinmodern-math.otf",
    "/usr/local/texlive/texmf-local/fonts/opentype/public/lm-math/latinmodern-math.otf",
    NSHomeDirectory() + "/Library/Fonts/latinmodern-math.otf",
    "/Library/Fonts/latinmodern-math.otf",
  ]

  static func packed(cachedIn cache: FilePath) throws(Problem) -> [UInt8] {
    guard let font = places.map({ FilePath($0) }).first(where: \.exists),
      let size = font.status?.size
    else { throw .missingFont(lookedAt: places) }
    let kept = cache / "latin-modern-math-\(size).woff2"
    if let bytes = try? kept.read() { return bytes }
    do {
      let bytes = try pack(font, in: cache)
      try kept.replace(with: bytes)
      return bytes
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .unwritable(error)
    }
  }

  /// The program writes beside its input, so it gets a folder of its own.
  private static func pack(_ font: FilePath, in cache: FilePath) throws -> [UInt8] {
    let folder = cache / "font-\(UInt64.random(in: 0 ... .max))"
    try folder.makeDirectory()
    defer { try? folder.remove() }
    try (folder / "font.otf").replace(with: font.read())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["woff2_compress", (folder / "font.otf").string]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    guard status == 0 else {
      throw Problem.missingFontTool(
        status == 127 ? "found no such program" : "it failed with exit \(status)")
    }
    return try (folder / "font.woff2").read()
  }
}
