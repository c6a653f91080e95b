public import Literate

extension Site {
  /// Links of the pages that lead nowhere.
  public func problems(in pages: [Page]) -> [Problem] {
    let pageAtPath = Dictionary(pages.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    var problems: [Problem] = []
    for page in pages {
      for link in page.links {
        let parts = link.target.split(
          separator: "#", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        let path = parts[0].isEmpty ? page.path : parts[0]
        guard let target = pageAtPath[path] else {
          problems.append(.brokenLink(link, on: page.path, among: pages.map(\.path)))
          continue
        }
        if parts.count > 1, !target.ids.contains(parts[1]) {
          let ids = target.ids.map { parts[0] + "#" + $0 }
          problems.append(.brokenLink(link, on: page.path, among: ids))
        }
      }
    }
    return problems
  }
}
