import ArgumentParser
import Foundation
import Kernels
import Literate
import Runner

@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures our training steps beside PyTorch's, by turns, as ratios.",
    discussion: """
      Without PyTorch only ours are measured; ./course benchmark --install-peer installs it for this package \
      alone. On a busy machine the times of one thread still stand, because they are the processor's own; \
      those of two do not.
      """)

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let problem as Problem {
      Progress.say("✗ " + problem.explained(in: nil))
      exit(withError: ExitCode(1))
    } catch {
      exit(withError: error)
    }
  }

  enum Threads: String, ExpressibleByArgument, CaseIterable {
    case one = "1"
    case two = "2"
    case both

    var counts: [Int] {
      switch self {
      case .one: [1]
      case .two: [2]
      case .both: [1, 2]
      }
    }
  }

  @Option(
    help: ArgumentHelp(
      "Which to measure, separated by commas: \(Workload.all.map(\.name).joined(separator: ", ")).",
      valueName: "workloads"))
  var only: String?

  @Option(help: "How many threads each side has.")
  var threads = Threads.both

  @Option(help: "How often the two sides take turns; after two minutes three times will do.")
  var rounds = 15

  @Flag(help: "Print everything as JSON.")
  var json = false

  @Flag(help: "Renew Docs/performance.md. Measures everything.")
  var write = false

  @Flag(help: "Hold the results of our operations against PyTorch's, and measure nothing.")
  var values = false

  @Option(
    help: ArgumentHelp(
      "Measure another build of this program, as of another commit.", valueName: "program"))
  var ours: String?

  @Option(
    help: ArgumentHelp(
      "Train this workload on order; see Benchmarks/peers/harness.py.", visibility: .hidden))
  var serve: String?

  @Option(help: ArgumentHelp("The Python that has PyTorch.", valueName: "program"))
  var python: String?

  func validate() throws {
    guard rounds > 0 else {
      throw ValidationError("expected --rounds to be at least 1, found \(rounds)")
    }
    if write, only != nil || threads != .both {
      throw ValidationError("--write measures everything: leave --only and --threads away")
    }
  }

  func run() throws {
    let workloads = try chosenWorkloads()
    if let serve {
      return Service(of: try workload(called: serve), threads: threads.counts[0]).obey()
    }
    let root = try Installation.find().root
    let peer =
      python.map { Peer(python: $0, programs: root / "Benchmarks/peers") } ?? Peer.find(in: root)
    if peer == nil, !values {
      guard !write else {
        throw Problem(
          "expected PyTorch, to write of both sides, found none; the page was left as it is",
          mend: Peer.advice)
      }
      Progress.say("no PyTorch found: measuring ours alone; \(Peer.advice)")
    }
    if values {
      guard let peer else {
        throw Problem("expected PyTorch, to hold values against, found none", mend: Peer.advice)
      }
      if try !ValuesForTorch.areAgreed(by: peer) { throw ExitCode(1) }
      return
    }
    var report = Report()
    report.measure(
      workloads, threads: threads.counts, rounds: rounds, ours: ours ?? ownPath, peer: peer)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(report), as: UTF8.self))
    } else {
      show(report)
    }
    guard report.problems.isEmpty else { throw ExitCode(1) }
    if write { Progress.say("wrote \(try PerformancePage(report: report).write(into: root))") }
  }

  private func chosenWorkloads() throws -> [Workload] {
    guard let only else { return Workload.all }
    return try only.split(separator: ",").map {
      try workload(called: $0.trimmingCharacters(in: .whitespaces))
    }
  }

  private func workload(called name: String) throws -> Workload {
    guard let workload = Workload.all.first(where: { $0.name == name }) else {
      throw Problem(
        "expected a workload, found \(name)",
        mend: Suggestion.mend(
          for: name, among: Workload.all.map(\.name), calledAs: "workloads"))
    }
    return workload
  }

  /// This very program.
  private var ownPath: String {
    #if os(Linux)
      URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    #else
      Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }

  private func show(_ report: Report) {
    guard !report.measurements.isEmpty else { return }
    let machine = report.machine
    print(
      "\(machine.processor), \(machine.cores) cores; peak of one \(report.peak.digits(0)) GFLOP/s; our kernels use \(machine.kernels)"
    )
    for threads in report.threadCounts {
      let clock =
        threads == 1
        ? "1 thread, seconds of the processor" : "\(threads) threads, seconds by the clock"
      print("\n\(clock)\n\n\(report.table(threads: threads).plain)")
    }
    if !report.notes.isEmpty { print("\n" + report.notes.joined(separator: "\n")) }
  }
}
