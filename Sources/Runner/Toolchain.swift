import Foundation
import Literate
import Subprocess

/// The Swift compiler, and the course's library that chapters are compiled against.
public struct Toolchain: Sendable {
  /// Path of `swiftc`.
  var compiler: String
  /// "Swift 6.3.1".
  public var version: String
  /// "x86_64-unknown-linux-gnu".
  public var target: String
  /// Folder with libCourse.a and, beneath Modules, what `import Course` needs.
  var libraries: FilePath
  /// Changes when the library does.
  var library: Digest
  /// Folders of the module maps of the C modules the library stands on.
  var moduleMaps: [FilePath]
  /// Compiled modules know where they lie: a folder that was moved or copied needs another.
  var moduleCache: FilePath

  /// Finds the compiler on the PATH and the library beside this program.
  ///
  /// - Parameter cache: where what is slow to ask (the compiler's version, the library's digest) is
  ///   kept from one call to the next.
  public static func find(cache: FilePath, installation: Installation) async throws -> Toolchain {
    let libraries = installation.libraries
    let archive = libraries / "libCourse.a"
    guard let status = archive.status else {
      throw Problem(
        "expected the course's library at \(archive), found none",
        mend: "build it: swift build -c release --product Course")
    }
    let compiler = try compilerPath()
    let driver = FilePath(FilePath(compiler).url.resolvingSymlinksInPath().path)
    let stamp = "\(driver) \(driver.status?.modified ?? 0) \(archive) \(status)"
    let file = cache / "toolchain.json"
    var known: Known
    if let kept = (try? file.read()).flatMap({
      try? JSONDecoder().decode(Known.self, from: Data($0))
    }), kept.stamp == stamp {
      known = kept
    } else {
      let (version, target) = try await ask(compiler)
      var digest = Digest()
      digest.add(try archive.read())
      known = Known(stamp: stamp, version: version, target: target, library: digest)
      try file.replace(with: [UInt8](JSONEncoder().encode(known)))
    }
    return Toolchain(
      compiler: compiler, version: known.version, target: known.target, libraries: libraries,
      library: known.library, moduleMaps: installation.moduleMaps,
      moduleCache: cache / "modules-\(Digest(of: cache.standardized.string))")
  }

  private struct Known: Codable {
    var stamp: String
    var version: String
    var target: String
    var library: Digest
  }

  private static func compilerPath() throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
      let candidate = "\(folder)/swiftc"
      if FileManager.default.isExecutableFile(atPath: candidate) {
        return candidate  // the driver acts by the name it is called by
      }
    }
    throw Problem(
      "expected swiftc on the PATH, found none",
      mend: "install Swift 6.2 or later from swift.org and open a new terminal")
  }

  private static func ask(_ compiler: String) async throws -> (version: String, target: String) {
    let answer = try await run(
      .path(.init(compiler)), arguments: ["-version"], output: .string(limit: 1 << 16))
    try Task.checkCancellation()
    let words = answer.standardOutput.split { $0 == " " || $0 == "\n" }
    func word(after marker: Substring) -> String? {
      words.firstIndex(of: marker).flatMap { $0 + 1 < words.count ? String(words[$0 + 1]) : nil }
    }
    guard let version = word(after: "version"), let target = word(after: "Target:") else {
      throw Problem(
        "expected \(compiler) to tell its version, found: \(answer.standardOutput)")
    }
    return ("Swift \(version)", target)
  }
}
