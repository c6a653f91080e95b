import FlyingFox
import Foundation
import Literate

/// Serves the site's files; pages get a script that waits for news.
struct PreviewHandler: HTTPHandler {
  let folder: FilePath
  let bulletin: Bulletin

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    if request.path == "/-/news" {
      let after = request.query.first { $0.name == "after" }.flatMap { Int($0.value) } ?? 0
      let news = await bulletin.news(after: after)
      return HTTPResponse(
        statusCode: .ok,
        headers: [.contentType: "application/json", HTTPHeader("Cache-Control"): "no-store"],
        body: try JSONEncoder().encode(news))
    }
    let path = request.path == "/" ? "/index.html" : request.path
    let file = FilePath(folder.string + (path.removingPercentEncoding ?? path)).standardized
    guard file.string.hasPrefix(folder.standardized.string + "/"), let bytes = try? file.read()
    else {
      let words = path.hasSuffix(".html") ? "This page is not there yet." : "not found"
      return respond(
        .notFound, "text/html; charset=utf-8",
        Data("<!doctype html><title>…</title><p>\(words)</p>\(Self.script)".utf8))
    }
    let kinds = [
      "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
      "js": "text/javascript; charset=utf-8", "png": "image/png", "svg": "image/svg+xml",
      "woff2": "font/woff2",
    ]
    let ending = file.name.split(separator: ".").last.map(String.init) ?? ""
    var body = Data(bytes)
    if ending == "html" { body.append(Data(Self.script.utf8)) }
    return respond(.ok, kinds[ending] ?? "application/octet-stream", body)
  }

  private func respond(_ status: HTTPStatusCode, _ type: String, _ body: Data) -> HTTPResponse {
    HTTPResponse(
      statusCode: status,
      headers: [.contentType: type, HTTPHeader("Cache-Control"): "no-store"], body: body)
  }

  /// Reloads the page when its file changed; shows what runs and what is wrong.
  private static let script = """
    <script>
    (() => {
      const page = location.pathname.slice(1) || 'index.html';
      let version = 0, state, box;
      const stateOf = news => [page, 'site.css', 'site.js'].map(file => news.files[file] || 0).join();
      const show = news => {
        const running = Object.entries(news.running).map(([name, how]) => name + ': ' + how);
        const lines = news.problems.concat(running);
        if (!lines.length) { if (box) box.remove(); box = null; return; }
        box = box || document.body.appendChild(document.createElement('pre'));
        box.setAttribute('role', 'status');
        box.style.cssText = 'position:fixed;bottom:0;left:0;right:0;max-height:45vh;overflow:auto;'
          + 'margin:0;padding:.8em 1em;font-size:13px;white-space:pre-wrap;z-index:99;color:#fff;'
          + 'background:' + (news.problems.length ? '#7d1a28' : '#2b4a3a');
        box.textContent = lines.join('\\n');
      };
      const wait = () => fetch('/-/news?after=' + version, {cache: 'no-store'})
        .then(answer => answer.json())
        .then(news => {
          // A version that went back is another server: it may serve another book.
          const isNewer = state !== undefined && state !== stateOf(news) || news.version < version;
          version = news.version;
          state = stateOf(news);
          if (isNewer) location.reload(); else { show(news); wait(); }
        })
        .catch(() => setTimeout(wait, 1000));
      wait();
    })();
    </script>
    """
}
