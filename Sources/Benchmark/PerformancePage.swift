import Literate

/// Docs/performance.md: the tables, how they were made and where.
struct PerformancePage {
  var report: Report

  var text: String {
    let machine = report.machine
    var parts = [
      """
      # How fast it is

      One step of training, ours beside PyTorch's: the same layers, sizes, optimiser and data in float32.
      This page is written by

      ```sh
      \(report.command)
      ```

      on \(report.date), and is worth as much as the machine it was measured on:

      | | |
      |---|---|
      | processor | \(([machine.processor, "\(machine.cores) cores"] + machine.vectors).joined(separator: ", ")) |
      | caches | \(machine.caches.isEmpty ? "unknown" : machine.caches.joined(separator: ", ")) |
      | peak of one core | \(report.peak.digits(0)) GFLOP/s, by independent fused multiply-adds in the same run |
      | system | \(machine.system) |
      | compiler | \(machine.swift) |
      | our kernels use | \(machine.kernels) |
      """
    ]
    for threads in report.threadCounts {
      parts.append(
        """
        ## \(threads == 1 ? "One thread" : "\(threads) threads")

        \(threads == 1 ? "Seconds of the processor, which other programs hardly touch." : "Seconds by the clock.")

        \(report.table(threads: threads).markdown)
        """)
    }
    parts.append(
      """
      \(report.notes.map { "- \($0)" }.joined(separator: "\n"))

      ## How it is measured

      Each side is a program of its own that trains on order. They take turns, a burst of steps each, for
      \(report.measurements.first?.rounds ?? 0) rounds; times are medians over the rounds, and the ratio is the median of the rounds' ratios,
      with its quartiles in brackets. *Of peak* and *memory* have ours first: the share of the processor's
      peak, and the most memory held beyond what was held before the model was made. *One operation* is a
      multiplication of two single numbers with its share of the backward pass.

      What each workload is stands at the head of its program in `Benchmarks/peers`, how its operations are
      counted in `Sources/Benchmark/Work.swift`, and our side of it in `Sources/Benchmark/Workloads`.
      """)
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Writes the page where it belongs.
  func write(into root: FilePath) throws -> FilePath {
    let file = root / "Docs/performance.md"
    try file.replace(with: Array(text.utf8))
    return file
  }
}
