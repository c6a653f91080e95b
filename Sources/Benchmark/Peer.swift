import Foundation
import Literate

/// PyTorch, where it is installed.
struct Peer {
  /// The Python that has it.
  var python: String
  /// Where its programs lie.
  var programs: FilePath

  static let advice = "install it for this package alone: ./course benchmark --install-peer"

  /// The Python of the package's own environment, or else the system's, if it can import torch; nil where
  /// neither can.
  static func find(in root: FilePath) -> Peer? {
    let programs = root / "Benchmarks/peers"
    let own = (root / ".build/benchmark-python/bin/python").string
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let candidates = [own] + folders.map { "\($0)/python3" }
    let python = candidates.lazy
      .filter { FileManager.default.isExecutableFile(atPath: $0) }
      .first { hasTorch($0) }
    return python.map { Peer(python: $0, programs: programs) }
  }

  private static func hasTorch(_ python: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", "import torch"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  func trainer(_ workload: String, threads: Int) throws -> Trainer {
    try Trainer(
      "PyTorch's \(workload)", program: python,
      arguments: [(programs / "\(workload).py").string, "--threads", "\(threads)"],
      workload: workload)
  }
}
