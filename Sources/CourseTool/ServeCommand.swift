import ArgumentParser
import FlyingFox
import Foundation
import Literate
import Runner

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the site in a browser, and keep it fresh while chapters are written.",
    discussion: """
      It opens at once with what is there. A change of prose shows within a blink; a change of code when \
      the chapter has run. Problems show in the page and here. End it with Ctrl-C.
      """)

  @OptionGroup var options: BookOptions

  @Option(help: "The port on this machine; 0 takes any that is free.")
  var port: UInt16 = 8000

  @Option(help: "How many chapters run at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    let bulletin = Bulletin()
    let workshop = Workshop(options: options, jobs: jobs, bulletin: bulletin)
    let output = try options.read().output
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled,
      handler: PreviewHandler(
        folder: output, theme: try Installation.find().root / "Site", bulletin: bulletin))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do { try await server.run() } catch is CancellationError {} catch {
          try Task.checkCancellation()
          throw Problem(
            "could not listen on port \(port): \(error)",
            mend: "end the other server, or name another port by --port")
        }
      }
      group.addTask { try await workshop.keepFresh() }
      group.addTask {
        // However busy the machine: that it cannot listen is told above.
        try await server.waitUntilListening(timeout: 86_400)
        guard case .ip4(_, let port)? = await server.listeningAddress else { return }
        print("the site is at http://localhost:\(port)/ — Ctrl-C ends this")
        fflush(nil)
      }
      // The first to fail ends the others.
      while try await group.next() != nil {}
    }
  }
}
