import Foundation

/// A path on disk. Reads whole files and replaces them whole: a reader never sees half of one.
public struct FilePath: Sendable, Hashable, CustomStringConvertible {
  public var string: String

  public init(_ string: String) {
    self.string = string.count > 1 && string.hasSuffix("/") ? String(string.dropLast()) : string
  }

  public var description: String { string }
  public static func / (directory: FilePath, name: String) -> FilePath {
    FilePath(directory.string + "/" + name)
  }

  public var url: URL { URL(fileURLWithPath: string) }
  /// The last component.
  public var name: String { url.lastPathComponent }
  public var parent: FilePath { FilePath(url.deletingLastPathComponent().path) }
  /// Absolute, without `.` and `..`.
  public var standardized: FilePath { FilePath(url.standardizedFileURL.path) }

  public var exists: Bool { FileManager.default.fileExists(atPath: string) }
  public var isDirectory: Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: string, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  /// Names in the directory, sorted; none where it cannot be read.
  public var children: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: string)) ?? []).sorted()
  }

  public func read() throws -> [UInt8] { try [UInt8](Data(contentsOf: url)) }

  /// Size in bytes and time of last change in seconds, or nil where there is no such file.
  public var status: (size: Int, modified: Double)? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: string),
      let size = attributes[.size] as? NSNumber, let date = attributes[.modificationDate] as? Date
    else { return nil }
    return (size.intValue, date.timeIntervalSince1970)
  }

  public func makeDirectory() throws {
    try FileManager.default.createDirectory(atPath: string, withIntermediateDirectories: true)
  }

  /// Writes beside the file, then moves into its place. Leaves an equal file untouched.
  @discardableResult
  public func replace(with bytes: [UInt8]) throws -> Bool {
    if let size = status?.size, size == bytes.count, (try? read()) == bytes { return false }
    try parent.makeDirectory()
    let beside = parent / ".\(name).\(UInt64.random(in: 0 ... .max)).partial"
    do {
      try Data(bytes).write(to: beside.url)
      guard rename(beside.string, string) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: string])
      }
    } catch {
      try? FileManager.default.removeItem(atPath: beside.string)
      throw error
    }
    return true
  }

  public func remove() throws { try FileManager.default.removeItem(atPath: string) }
}
