import Kernels
import Literate

extension Report {
  /// Holds the contests, one after the other; what goes wrong in one is told and does not stop the others.
  ///
  /// - Parameter ours: the program that trains our side, a build of this one.
  mutating func measure(
    _ workloads: [Workload], threads counts: [Int], rounds: Int, ours: String, peer: Peer?
  ) {
    let progress = Progress()
    for threads in counts {
      for workload in workloads {
        let place = "\(workload.name), \(threads) \(threads == 1 ? "thread" : "threads")"
        progress.show("\(place): warming up")
        do {
          let ours = try Trainer(
            "our \(workload.name)", program: ours,
            arguments: ["--serve", workload.name, "--threads", "\(threads)"],
            workload: workload.name)
          let theirs = try peer?.trainer(workload.name, threads: threads)
          let contest = Contest(workload: workload, threads: threads, rounds: rounds)
          measurements.append(
            try contest.hold(ours: ours, theirs: theirs) { round in
              progress.show("\(place): round \(round) of \(rounds)")
            })
          // The work does not depend on the threads: one count will do.
          if let theirs, workload.work > 0, threads == counts[0] {
            self.counts.append(
              CountCheck(
                workload: workload.name, formula: workload.work, surplus: workload.surplusOfPeer,
                counted: try theirs.count()))
          }
        } catch {
          let words = (error as? Problem)?.explained(in: nil) ?? "\(error)"
          progress.clear()
          Progress.say("✗ \(place): \(words)")
          problems.append("\(place): \(words)")
        }
        peak = max(peak, kernels_fma_peak())
      }
    }
    progress.clear()
  }
}
