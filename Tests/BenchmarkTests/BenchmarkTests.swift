import Foundation
import Literate
import Subprocess
import Testing
import Workbench

/// The program as a person starts it, with two small scripts in the places of our side and PyTorch's.
@Suite("The benchmark")
struct BenchmarkTests {
  struct Answer {
    var code: Int32
    var said: String
    var complained: String

    func report() throws -> Report { try JSONDecoder().decode(Report.self, from: Data(said.utf8)) }
  }

  /// What of the JSON the tests look at.
  struct Report: Decodable {
    struct Spread: Decodable, Equatable {
      var median: Double
      var low: Double
      var high: Double
    }
    struct Side: Decodable {
      var seconds: Spread
      var bytes: Int
      var variant: String
    }
    struct Measurement: Decodable {
      var workload: String
      var threads: Int
      var clock: String
      var ours: Side
      var theirs: Side?
      var ratio: Spread?
      var isGoalMet: Bool?
      var othersBusy: Double?
    }
    struct Count: Decodable {
      var workload: String
      var formula: Int
      var surplus: Int
      var counted: Int
    }
    var measurements: [Measurement]
    var counts: [Count]
    var problems: [String]
  }

  /// One side's script. `milliseconds` are of the processor for a step, a value for each answer, the last one
  /// for all that follow; by the clock a step takes a second.
  static func script(milliseconds: [Int], flop: Int = 0, extra: String = "") -> String {
    """
    #!/bin/sh
    # Ours is called with --serve NAME, PyTorch's with a file's path.
    if [ "$1" = --serve ]; then name=$2; else name=$(basename "$1" .py); fi
    set -- \(milliseconds.map(String.init).joined(separator: " "))
    echo "{\\"ready\\": \\"$name\\", \\"version\\": \\"Fake 1\\", \\"variant\\": \\"plain\\"}"
    while read -r order number; do
      \(extra)
      case $order in
        run) echo "{\\"steps\\": 1, \\"wall\\": 1, \\"processor\\": $1e-3}"; [ $# -eq 1 ] || shift ;;
        memory) echo '{"bytes": 3000000}' ;;
        count) echo '{"flop": \(flop)}' ;;
      esac
    done

    """
  }

  /// Runs the benchmark with these two sides.
  func benchmark(_ arguments: [String], ours: String, theirs: String) async throws -> Answer {
    let bench = try Workbench(["ours": ours, "theirs": theirs])
    var sides: [String] = []
    for (option, name) in [("--ours", "ours"), ("--python", "theirs")] {
      let (text, path) = (
        (bench.directory / name).string, (bench.directory / "\(name)-side").string
      )
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: text)
      // Another process writes the program: one that another test starts just now would inherit this
      // process's open file, and Linux runs no file that somebody may still write to.
      _ = try await run(
        .path("/bin/cp"), arguments: [text, path], input: .none, output: .discarded,
        error: .discarded)
      sides += [option, path]
    }
    return try await benchmark(arguments + sides)
  }

  func benchmark(_ arguments: [String]) async throws -> Answer {
    let program = try Workbench().installation.libraries / "benchmark"
    let result = try await run(
      .path(.init(program.string)), arguments: .init(arguments), input: .none,
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    var code: Int32 = -1
    if case .exited(let number) = result.terminationStatus { code = number }
    return Answer(code: code, said: result.standardOutput, complained: result.standardError)
  }

  @Test("tells the median of each side and of the rounds' ratios, not the ratio of the medians")
  func medians() async throws {
    // The first two answers set the length of a burst and do not count.
    let answer = try await benchmark(
      ["--only", "vae", "--threads", "1", "--rounds", "5", "--json"],
      ours: Self.script(milliseconds: [900, 900, 10, 20, 30, 40, 50]),
      theirs: Self.script(milliseconds: [900, 900, 10, 10, 60, 10, 10]))
    #expect(answer.code == 0, "\(answer.complained)")
    let measurement = try #require(try answer.report().measurements.first)
    #expect(measurement.clock == "processor")
    #expect(measurement.ours.seconds == .init(median: 0.03, low: 0.02, high: 0.04))
    #expect(measurement.theirs?.seconds == .init(median: 0.01, low: 0.01, high: 0.01))
    // 1, 2, ½, 4, 5
    #expect(measurement.ratio == .init(median: 2, low: 1, high: 4))
    #expect(measurement.isGoalMet == false)
  }

  @Test("goes by the processor for one thread and by the clock for two")
  func clocks() async throws {
    let side = Self.script(milliseconds: [250])
    let answer = try await benchmark(
      ["--only", "lstm,toygan", "--rounds", "2", "--json"], ours: side, theirs: side)
    let measurements = try answer.report().measurements
    #expect(measurements.map(\.workload) == ["lstm", "toygan", "lstm", "toygan"])
    #expect(measurements.map(\.threads) == [1, 1, 2, 2])
    #expect(measurements.map(\.ours.seconds.median) == [0.25, 0.25, 1, 1])
    #expect(measurements.map(\.clock) == ["processor", "processor", "wall", "wall"])
  }

  @Test("prints a table that a person can read")
  func table() async throws {
    let answer = try await benchmark(
      ["--only", "dcgan,lstm,operations", "--threads", "1", "--rounds", "3"],
      ours: Self.script(milliseconds: [50]), theirs: Self.script(milliseconds: [100]))
    #expect(answer.code == 0, "\(answer.complained)")
    let lines = answer.said.split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    #expect(lines[1] == "1 thread, seconds of the processor")
    #expect(lines[2] == "one step of GFLOP ours PyTorch ours ÷ PyTorch goal of peak memory, MB")
    #expect(
      lines[3].hasPrefix(
        "DCGAN 28×28, batch 64, D and G 10.37 50.0 ms 100 ms 0.50 (0.50–0.50) ≤ 0.68 ✓ "))
    #expect(lines[3].hasSuffix("% 3 | 3"))
    // A thousandth of a step: 50 µs, where 200 ns are the goal.
    #expect(
      lines[5]
        == "one operation, there and back – 50.0 µs 100 µs 0.50 (0.50–0.50) ≤ 200 ns ✗ – 3 | 3")
  }

  /// Counted by torch's FlopCounterMode, version 2.13.
  static let counted = [
    "vae": 419_840_000, "dcgan": 10_369_171_456, "toygan": 102_891_520, "wgan": 11_057_184_768,
    "lstm": 104_541_454_336, "pixelcnn": 28_124_250_112,
  ]

  @Test("counts operations as torch does", arguments: counted)
  func counts(workload: String, flop: Int) async throws {
    let side = Self.script(milliseconds: [1], flop: flop)
    let options = ["--only", workload, "--threads", "1", "--rounds", "1"]
    let count = try #require(
      try await benchmark(options + ["--json"], ours: side, theirs: side).report().counts.first)
    #expect(count.formula + count.surplus == flop)
    let agreement = "agree to the last one with torch's FlopCounterMode for \(workload)"
    #expect(try await benchmark(options, ours: side, theirs: side).said.contains(agreement))
    let other = Self.script(milliseconds: [1], flop: flop + 1)
    #expect(
      try await benchmark(options, ours: side, theirs: other).said.contains(
        "\(workload): the formula says \(flop) operations, PyTorch counts \(flop + 1)."))
  }

  @Test("tells when other programs kept the processors busy")
  func busy() async throws {
    // Works for half a second and says that it was hardly its own.
    let busy = """
      if [ "$order" = run ]; then
        end=$(($(date +%s%N) + 500000000))
        while [ "$(date +%s%N)" -lt $end ]; do :; done
      fi
      """
    let side = Self.script(milliseconds: [1], extra: busy)
    let options = ["--only", "vae", "--threads", "1", "--rounds", "2", "--json"]
    let measurement = try #require(
      try await benchmark(options, ours: side, theirs: side).report().measurements.first)
    // Half a second in each of the script's seconds.
    #if os(Linux)
      #expect(try #require(measurement.othersBusy) > 0.3)
    #endif
  }

  @Test("asks what was meant by an unknown workload")
  func unknown() async throws {
    let answer = try await benchmark(["--only", "vae,lsmt"])
    #expect(answer.code == 1)
    #expect(
      answer.complained == """
        ✗ expected a workload, found lsmt
          → did you mean lstm?

        """)
  }

  @Test("refuses a number of rounds that measures nothing, and a page with half of it missing")
  func validation() async throws {
    let rounds = try await benchmark(["--rounds", "0"])
    #expect(rounds.code == 64)
    #expect(rounds.complained.hasPrefix("Error: expected --rounds to be at least 1, found 0\n"))
    let page = try await benchmark(["--write", "--only", "vae"])
    #expect(page.code == 64)
    #expect(
      page.complained.hasPrefix(
        "Error: --write measures everything: leave --only and --threads away\n"))
  }

  @Test("tells how a side ended that died, with its last words, and measures the others")
  func death() async throws {
    let dying = Self.script(
      milliseconds: [1], extra: #"[ "$name" != lstm ] || { echo "no memory left" >&2; exit 9; }"#)
    let answer = try await benchmark(
      ["--only", "lstm,vae", "--threads", "1", "--rounds", "1"],
      ours: Self.script(milliseconds: [1]), theirs: dying)
    #expect(answer.code == 1)
    let complaint = answer.complained.split(separator: "\n")
    #expect(
      complaint.first
        == "✗ lstm, 1 thread: expected PyTorch's lstm to answer, found that it ended with code 9")
    try #require(complaint.count > 2)
    #expect(complaint[1].hasPrefix("  → see what it says by hand: "))
    #expect(complaint[1].hasSuffix("Benchmarks/peers/lstm.py --threads 1"))
    #expect(complaint[2] == "    no memory left")
    #expect(answer.said.contains("MLP VAE 784-400-20, batch 128"))
    #expect(!answer.said.contains("LSTM of 512"))
  }

  @Test("tells what a side said that is not an answer")
  func nonsense() async throws {
    let answer = try await benchmark(
      ["--only", "vae", "--threads", "1", "--rounds", "1"],
      ours: Self.script(milliseconds: [1], extra: "echo 'Segmentation of the week'"),
      theirs: Self.script(milliseconds: [1]))
    #expect(answer.code == 1)
    #expect(
      answer.complained.hasPrefix(
        "✗ vae, 1 thread: expected our vae to answer in JSON, found: Segmentation of the week\n"))
    let other = try await benchmark(
      ["--only", "vae", "--threads", "1"], ours: "#!/bin/sh\necho '{\"error\": \"is unwell\"}'\n",
      theirs: Self.script(milliseconds: [1]))
    #expect(other.complained.hasPrefix("✗ vae, 1 thread: our vae is unwell\n"))
  }

  @Test("tells of a Python that is not there")
  func noPython() async throws {
    let answer = try await benchmark([
      "--only", "vae", "--python", "/nowhere/python3", "--threads", "1",
    ])
    #expect(answer.code == 1)
    #expect(
      answer.complained.hasPrefix(
        "✗ vae, 1 thread: expected to start /nowhere/python3, found: "))
  }
}
