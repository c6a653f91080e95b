import Foundation

/// A file of a test's own, removed when the machine next cleans its temporary folder.
func temporaryFile(_ bytes: some Sequence<UInt8>) throws -> String {
  let path = NSTemporaryDirectory() + "course-data-\(UInt64.random(in: 0 ... .max))"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  return path
}

func contents(of path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}
