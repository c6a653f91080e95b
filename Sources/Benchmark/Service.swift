import Foundation
import Kernels
import NeuralNetworks
import Randomness
import Tensors

/// Our side at work: it trains on order and answers in JSON, as Benchmarks/peers/harness.py describes it.
struct Service {
  private let workload: Workload
  private var twin: any Twin
  private let memoryBefore: Int

  /// Sets the workload up and warms it.
  init(of workload: Workload, threads: Int) {
    kernels_set_threads(Int32(threads))
    self.workload = workload
    Self.trainSomethingTiny()
    memoryBefore = Self.peakMemory
    twin = workload.ours.init()
    let clock = ContinuousClock()
    let begin = clock.now
    var steps = 0
    while steps < 2 || clock.now - begin < .seconds(0.5) {
      twin.step()
      steps += 1
    }
  }

  /// So that the program's own pages are in memory, as PyTorch's side does it.
  private static func trainSomethingTiny() {
    var random = SeededGenerator(seed: 0)
    let layer = Linear(2, 2, using: &random)
    var adam = Adam(rate: 0.1)
    adam.update(layer, along: gradient(at: layer) { $0(Tensor.ones([2, 2])).sum() })
  }

  /// Obeys until the orders end.
  consuming func obey() {
    answer([
      "ready": workload.name, "version": "Create to Understand",
      "variant": String(cString: kernels_path_name()),
    ])
    while let order = readLine() {
      let words = order.split(separator: " ")
      if words.count == 2, words[0] == "run", let steps = Int(words[1]), steps > 0 {
        answer(run(steps))
      } else if words == ["memory"] {
        answer(["bytes": Self.peakMemory - memoryBefore])
      } else {
        answer(["error": "expected run COUNT or memory, found '\(order)'"])
      }
    }
  }

  private mutating func run(_ steps: Int) -> [String: Double] {
    let (wall, processor) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    for _ in 0..<steps { twin.step() }
    return [
      "steps": Double(steps), "wall": seconds(CLOCK_MONOTONIC) - wall,
      "processor": seconds(CLOCK_PROCESS_CPUTIME_ID) - processor,
    ]
  }

  private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// Bytes. Linux's ru_maxrss would not do: it remembers the program that started this one.
  private static var peakMemory: Int {
    #if os(Linux)
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
        Int($0)
      }
      return (kilobytes ?? 0) << 10
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }

  private func answer(_ values: some Encodable) {
    guard let line = try? JSONEncoder().encode(values) else { return }
    FileHandle.standardOutput.write(line + Data("\n".utf8))
  }
}
