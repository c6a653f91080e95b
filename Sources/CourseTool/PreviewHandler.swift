import FlyingFox
import Foundation
import Literate

/// Serves the site's files. A page gets a script that waits for news; the written file stays as it is.
struct PreviewHandler: HTTPHandler {
  /// The site.
  let folder: FilePath
  /// Has preview.js and preview.css.
  let theme: FilePath
  let bulletin: Bulletin

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    switch request.path {
    case "/-/news":
      let after = request.query.first { $0.name == "after" }.flatMap { Int($0.value) } ?? 0
      let news = await bulletin.news(after: after)
      return respond(.ok, "application/json", try JSONEncoder().encode(news))
    case "/-/preview.js", "/-/preview.css":
      let name = String(request.path.dropFirst(3))
      return try respond(.ok, Self.type(of: name), Data((theme / name).read()))
    case let path:
      return await page(path == "/" ? "/index.html" : path.removingPercentEncoding ?? path)
    }
  }

  private func page(_ path: String) async -> HTTPResponse {
    // Read before the file: a page that is written meanwhile is loaded once too often, never once too seldom.
    let version = await bulletin.version
    let script = "<script src=\"/-/preview.js\" data-version=\"\(version)\"></script>\n"
    let file = FilePath(folder.string + path).standardized
    guard file.string.hasPrefix(folder.standardized.string + "/"), let bytes = try? file.read()
    else {
      return respond(.notFound, Self.type(of: "html"), Data((Self.missing(path) + script).utf8))
    }
    let isPage = file.name.hasSuffix(".html")
    return respond(
      .ok, Self.type(of: file.name), Data(bytes) + Data((isPage ? script : "").utf8))
  }

  private static func missing(_ path: String) -> String {
    let (title, words) =
      path.hasSuffix(".html")
      ? ("This page is not there yet", "It shows by itself as soon as it is written.")
      : ("Not found", "The site has no such file.")
    return """
      <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark"><title>\(title)</title>
      <style>body { font-family: system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1rem }</style>
      <main><h1>\(title)</h1>\n<p>\(words) <a href="/">The contents</a> tell what there is.</p></main>

      """
  }

  private static func type(of file: String) -> String {
    switch file.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "png": "image/png"
    case "svg": "image/svg+xml"
    case "woff2": "font/woff2"
    default: "application/octet-stream"
    }
  }

  private func respond(_ status: HTTPStatusCode, _ type: String, _ body: Data) -> HTTPResponse {
    HTTPResponse(
      statusCode: status,
      headers: [.contentType: type, HTTPHeader("Cache-Control"): "no-store"], body: body)
  }
}
