import Foundation
import Literate

/// Where the parts of this program lie: its package with the theme, and what the package was built into.
public struct Installation: Sendable {
  /// The folder of Package.swift, Site and Chapters.
  public var root: FilePath
  /// The build folder: libCourse.a, and Modules beneath it.
  public var libraries: FilePath

  public init(root: FilePath, libraries: FilePath) {
    self.root = root
    // .build/release is a link; the checkouts are found from where it leads.
    self.libraries = FilePath(libraries.url.resolvingSymlinksInPath().path)
  }

  /// Looks up from the running program, which lies in the build folder.
  public static func find() throws(Problem) -> Installation {
    #if os(Linux)
      let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    #else
      let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
    let named = ProcessInfo.processInfo.environment["COURSE_LIBRARIES"]
    let libraries = named.map { FilePath($0).standardized } ?? FilePath(program).parent
    var folder = libraries
    while !((folder / "Package.swift").exists && (folder / "Site").isDirectory) {
      guard folder.string.count > 1 else {
        throw Problem(
          "expected this program to lie in its package's build folder, found it at \(program)",
          mend: "start it by ./course in the package's folder")
      }
      folder = folder.parent
    }
    return Installation(root: folder, libraries: libraries)
  }

  var moduleMaps: [FilePath] {
    [
      root / "Sources/CPNG",
      root / "Sources/CZlib",
      root / "Sources/Kernels/include",
      libraries.parent.parent / "checkouts/swift-numerics/Sources/_NumericsShims/include",
    ]
  }
}
