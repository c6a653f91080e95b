import ArgumentParser
import Foundation
import Literate
import SiteGenerator

@main
struct CourseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "course",
    abstract: "Runs, checks and weaves a book whose chapters are Markdown with Swift cells.",
    discussion: """
      Without --book it works on the book of this package. CHAPTER is a chapter's number, \
      name or file name: 10, mixtures, 10-mixtures.
      """,
    subcommands: [
      BuildCommand.self, RunCommand.self, TestCommand.self, ServeCommand.self, AcceptCommand.self,
      NewCommand.self, ListCommand.self, WhyCommand.self, DoctorCommand.self, MathCommand.self,
      MergeCommand.self,
    ])

  /// Runs the command so that Ctrl-C ends it in order: programs it started end too, and no file is left
  /// half-written.
  static func main() async {
    let task = Task {
      do {
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      } catch {
        if Task.isCancelled || error is CancellationError {
          Terminal.complain("stopped; what was finished is kept")
          exit(withError: ExitCode(130))
        }
        if let problem = error as? Problem {
          Terminal.complain(Problems([problem]))
          exit(withError: ExitCode(1))
        }
        if let problems = error as? Problems {
          Terminal.complain(problems)
          exit(withError: ExitCode(1))
        }
        if error is CocoaError {
          Terminal.complain(Problems([.unwritable(error)]))
          exit(withError: ExitCode(1))
        }
        exit(withError: error)
      }
    }
    var sources: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      sources.append(source)
    }
    await task.value
    withExtendedLifetime(sources) {}
  }
}
