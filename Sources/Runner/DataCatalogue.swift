import Literate

/// The data sets a chapter may name in its front matter: which package brings them, and where they lie.
public struct DataSet: Sendable, Equatable {
  public var name: String
  public var package: String
  public var licence: String
  /// What the licence asks to be said.
  public var credit: String
  /// Where each file may lie; the first that exists is taken.
  public var files: [[String]]

  public static let all = [
    DataSet(
      name: "fashion-mnist", package: "dataset-fashion-mnist", licence: "MIT",
      credit: "Fashion-MNIST, Zalando Research",
      files: [
        "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1",
      ].map { ["/usr/share/datasets/fashion-mnist/\($0)-ubyte.gz"] })
  ]

  /// The data set called `name`, with the digest of its files.
  static func find(_ name: String, for chapter: Chapter) throws(Problem) -> Digest {
    let place =
      SourceLocation(
        file: chapter.file,
        line: (chapter.source.lines.firstIndex { $0.hasPrefix("data:") } ?? 0) + 1)
    guard let set = all.first(where: { $0.name == name }) else {
      throw Problem(
        at: place, "expected a data set that the course knows, found \(name)",
        mend: Suggestion.mend(for: name, among: all.map(\.name), calledAs: "data sets"))
    }
    var digest = Digest()
    for places in set.files {
      guard let found = places.map({ FilePath($0) }).first(where: \.exists),
        let status = found.status
      else {
        throw Problem(
          at: place, "expected the data set \(name) at \(places[0]), found no file there",
          mend: "install it: apt-get install \(set.package)")
      }
      digest.add("\(found) \(status)")
    }
    return digest
  }
}
