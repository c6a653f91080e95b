public import Literate

/// The folder the site is written to. Files are replaced whole, and only where they changed.
public struct SiteFolder: Sendable {
  public let path: FilePath

  public init(_ path: FilePath) { self.path = path }

  /// Writes a page with its files; returns the paths that changed.
  @discardableResult
  public func write(_ page: Page) throws -> [String] {
    try write(page.files + [SiteFile(path: page.path, text: page.html)])
  }

  /// Writes files; returns the paths that changed.
  @discardableResult
  public func write(_ files: [SiteFile]) throws -> [String] {
    var changed: [String] = []
    for file in files where try (path / file.path).replace(with: file.bytes) {
      changed.append(file.path)
    }
    return changed
  }

  /// Removes what earlier builds left behind: pages of chapters that are gone, pictures no longer shown.
  ///
  /// Only the kinds of files a site has are removed, so that a folder named by mistake keeps its own.
  @discardableResult
  public func removeAll(except files: Set<String>) throws -> [String] {
    var removed: [String] = []
    for (folder, endings) in [("", ["html"]), ("figures/", ["png", "svg", "csv"])] {
      let directory = folder.isEmpty ? path : path / String(folder.dropLast())
      for name in directory.children where !files.contains(folder + name) {
        guard let ending = name.split(separator: ".").last, endings.contains(String(ending))
        else { continue }
        try (directory / name).remove()
        removed.append(folder + name)
      }
    }
    return removed
  }
}
