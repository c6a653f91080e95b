import Literate
import Workbench

/// The book that a document's fences make: what stands in `markdown` fences, one after another, is a
/// chapter, and another begins with each front matter.
struct Example: Sendable {
  private(set) var files: [String: String] = [:]

  /// - Parameter chapters: the names of the chapters in their order.
  init(_ document: Document, chapters: [String]) {
    var names = chapters[...]
    var name = ""
    for fence in document.fences {
      let words = fence.info.split(separator: " ")
      if fence.info == "markdown" {
        if fence.body.hasPrefix("---\n") { name = "\(names.popFirst() ?? "one-too-many").md" }
        files[name, default: ""] += (files[name] == nil ? "" : "\n") + fence.body + "\n"
      } else if words.count == 2, words[0] == "yaml" {
        files[String(words[1])] = fence.body + "\n"
      }
    }
    if files["Book.yaml"] == nil {
      files["Book.yaml"] = """
        title: An example
        description: From the documents.
        parts:
          - title: All of it
            chapters: [\(chapters.joined(separator: ", "))]

        """
    }
  }

  /// The example with one fault planted in it.
  func replacing(_ old: String, with new: String, in file: String) -> Example {
    var copy = self
    copy.files[file] = files[file]?.replacing(old, with: new)
    return copy
  }
}

extension Example {
  static var guide: Example {
    get throws {
      Example(
        try Document("Docs/write-your-own-chapter.md"),
        chapters: ["01-random-walks", "02-the-root-again"])
    }
  }

  static var readme: Example {
    get throws { Example(try Document("README.md"), chapters: ["01-example"]) }
  }
}
