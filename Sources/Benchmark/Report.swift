import Foundation

/// All that a run of the benchmark found out.
struct Report: Codable {
  var date = Date.now.formatted(.iso8601.year().month().day())
  /// As it was called.
  var command = (["./course benchmark"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
  var machine = Machine.here()
  /// Of one core, in GFLOP/s of float32: the best that was seen between the contests.
  var peak = 0.0
  var measurements: [Measurement] = []
  var counts: [CountCheck] = []
  /// What went wrong: the words of each problem.
  var problems: [String] = []

  var threadCounts: [Int] { Set(measurements.map(\.threads)).sorted() }

  func table(threads: Int) -> Table {
    var table = Table(header: [
      "one step of", "GFLOP", "ours", "PyTorch", "ours ÷ PyTorch", "goal", "", "of peak",
      "memory, MB",
    ])
    for measurement in measurements where measurement.threads == threads {
      table.rows.append(row(measurement))
    }
    return table
  }

  private func row(_ m: Measurement) -> [String] {
    func both(_ value: (Measurement.Side) -> String) -> String {
      [m.ours, m.theirs].compactMap { $0.map(value) }.joined(separator: " | ")
    }
    let hasWork = m.gflop > 0
    return [
      m.title,
      hasWork ? m.gflop.digits(2) : "–",
      m.ours.seconds.median.asDuration,
      m.theirs.map { $0.seconds.median.asDuration } ?? "–",
      m.ratio.map { "\($0.median.digits(2)) (\($0.low.digits(2))–\($0.high.digits(2)))" } ?? "–",
      m.goalRatio.map { "≤ \($0.digits(2))" } ?? m.goalSeconds.map { "≤ \($0.asDuration)" } ?? "",
      m.isGoalMet.map { $0 ? "✓" : "✗" } ?? "",
      hasWork ? both { "\((100 * m.share(of: $0, peak: peak)).digits(0)) %" } : "–",
      both { (Double($0.bytes) / 1e6).digits(0) },
    ]
  }

  /// Sentences that belong beneath the tables.
  var notes: [String] {
    var notes: [String] = []
    let peers = measurements.compactMap { m in m.theirs.map { (m.workload, $0) } }
    if let version = peers.first?.1.version {
      let ways = peers.map { "\($0.0) (\($0.1.variant))" }
      let chosen = ways.enumerated().filter { ways.firstIndex(of: $0.element) == $0.offset }
      notes.append(
        "\(version), eager, Adam fused, each in the fastest of its ways: "
          + chosen.map(\.element).joined(separator: ", ") + ".")
    }
    let agreeing = counts.filter(\.agrees)
    if !agreeing.isEmpty {
      notes.append(
        "Operations by formula agree to the last one with torch's FlopCounterMode for "
          + agreeing.map(\.workload).joined(separator: ", ") + ".")
    }
    for count in agreeing where count.surplus > 0 {
      notes.append(
        "\(count.workload): PyTorch does \((Double(count.surplus) * 1e-9).digits(2)) GFLOP more, on a gradient that is zero."
      )
    }
    for count in counts where !count.agrees {
      notes.append(
        "\(count.workload): the formula says \(count.formula + count.surplus) operations, PyTorch counts \(count.counted)."
      )
    }
    if let most = measurements.compactMap(\.othersBusy).max(), most >= 0.05 {
      notes.append(
        "Other programs kept up to \(most.digits(2)) cores busy meanwhile: the times of one thread are the processor's own and stand, those of several threads say little."
      )
    }
    return notes
  }
}

extension Double {
  func digits(_ count: Int) -> String { String(format: "%.\(count)f", self) }

  /// "4.61 ms": three figures and the unit that suits them.
  var asDuration: String {
    let units: [(size: Double, name: String)] = [(1, "s"), (1e-3, "ms"), (1e-6, "µs")]
    let unit = units.first { self >= 0.9995 * $0.size } ?? (1e-9, "ns")
    let value = self / unit.size
    return "\(value.digits(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)) \(unit.name)"
  }
}
