import ArgumentParser
import DataCatalogue
import Foundation
import Literate
import Runner

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell what is installed, what is missing, and what each is for.")

  @Flag(help: "Print it as JSON.")
  var json = false

  struct Finding: Encodable {
    var name: String
    var purpose: String
    /// What was found; nil where it is missing.
    var found: String?
    /// How to install it.
    var mend: String
    /// Building the book needs it; otherwise only tests or some chapters do.
    var isRequired: Bool
  }

  func run() async throws {
    let findings = Self.findings()
    if json {
      try Terminal.printJSON(findings)
    } else {
      for finding in findings {
        if let found = finding.found {
          print("\(Terminal.coloured("✓", .green)) \(finding.name): \(found)")
        } else {
          let mark = finding.isRequired ? Terminal.coloured("✗", .red) : "–"
          print("\(mark) \(finding.name): missing. \(finding.mend)")
        }
        print("    \(finding.purpose)")
      }
    }
    if findings.contains(where: { $0.isRequired && $0.found == nil }) { throw ExitCode(1) }
  }

  static func findings() -> [Finding] {
    func program(_ names: [String]) -> String? {
      let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
    func file(_ places: [String]) -> String? { places.first { FilePath($0).exists } }
    func apt(_ package: String) -> String { "Install it: apt-get install \(package)" }
    var findings = [
      Finding(
        name: "Swift", purpose: "compiles this program and every chapter",
        found: program(["swiftc"]), mend: "Install it from swift.org", isRequired: true),
      Finding(
        name: "libcmark", purpose: "reads Markdown",
        found: file(["/usr/include/cmark.h", "/opt/homebrew/include/cmark.h"]),
        mend: apt("libcmark-dev"), isRequired: true),
      Finding(
        name: "libpng", purpose: "writes pictures",
        found: file(["/usr/include/png.h", "/opt/homebrew/include/png.h"]),
        mend: apt("libpng-dev"), isRequired: true),
      Finding(
        name: "zlib", purpose: "unpacks data sets",
        found: file(["/usr/include/zlib.h", "/opt/homebrew/opt/zlib/include/zlib.h"]),
        mend: apt("zlib1g-dev"), isRequired: true),
      Finding(
        name: "Latin Modern Math", purpose: "the letters of formulas",
        found: file(["/usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf"]),
        mend: apt("fonts-lmodern"), isRequired: true),
      Finding(
        name: "woff2_compress", purpose: "makes that font small enough for a page",
        found: program(["woff2_compress"]), mend: apt("woff2"), isRequired: true),
      Finding(
        name: "Chromium", purpose: "opens every page when the site is tested",
        found: program(["chromium", "chromium-browser", "google-chrome"]), mend: apt("chromium"),
        isRequired: false),
      Finding(
        name: "Java", purpose: "runs the validator of HTML when the site is tested",
        found: program(["java"]), mend: apt("default-jre-headless"), isRequired: false),
      Finding(
        name: "Python", purpose: "drives the browser when the site is tested",
        found: program(["python3"]), mend: apt("python3-venv"), isRequired: false),
      Finding(
        name: "AR PL SungtiL GB", purpose: "the letters of Chinese verse when the site is tested",
        found: file(["/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf"]),
        mend: apt("fonts-arphic-gbsn00lp"), isRequired: false),
    ]
    for set in DataSet.all {
      let isThere = set.files.allSatisfy { file($0) != nil }
      findings.append(
        Finding(
          name: "data set \(set.name)", purpose: "\(set.credit) (\(set.licence.name))",
          found: isThere ? set.files.first.flatMap { file($0) } : nil, mend: apt(set.package),
          isRequired: false))
    }
    return findings
  }
}
