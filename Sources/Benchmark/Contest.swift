import Literate

/// Both sides train the same workload in turn, a burst of ours and a burst of theirs, so that what else the
/// machine does meets both alike.
struct Contest {
  var workload: Workload
  var threads: Int
  var rounds: Int
  /// Bursts last at least so many seconds.
  var burst = 0.15
  /// After so many seconds it ends with the round, if there were three.
  var patience = 120.0

  /// - Parameter theirs: nil to measure ours alone.
  func hold(
    ours: Trainer, theirs: Trainer?, progress: (_ round: Int) -> Void
  ) throws -> Measurement {
    var sides = [Side(ours, in: self)]
    if let theirs { sides.append(Side(theirs, in: self)) }
    for index in sides.indices { try sides[index].findLength() }
    for round in 1...rounds {
      progress(round)
      for index in round.isMultiple(of: 2) ? [0, 1] : [1, 0] where index < sides.count {
        try sides[index].train()
      }
      if round >= 3, sides.reduce(0, { $0 + $1.elapsed }) >= patience { break }
    }
    let ratios = sides.count == 2 ? zip(sides[0].seconds, sides[1].seconds).map { $0 / $1 } : []
    let elapsed = sides.reduce(0) { $0 + $1.elapsed }
    let foreign = sides.reduce(0) { $0 + $1.foreign }
    return try Measurement(
      workload: workload, threads: threads, rounds: sides[0].seconds.count,
      ours: sides[0].measured(),
      theirs: sides.dropFirst().first?.measured(), ratios: ratios,
      othersBusy: ProcessorUse.now == nil ? nil : max(0, foreign / elapsed))
  }

  /// One of the two, with what it took so far.
  private struct Side {
    let trainer: Trainer
    let contest: Contest
    var stepsInBurst = 1
    /// Of a part of a step, a value for each burst.
    var seconds: [Double] = []
    /// Of all bursts together, by the clock.
    var elapsed = 0.0
    /// What other programs used of the processor meanwhile.
    var foreign = 0.0

    init(_ trainer: Trainer, in contest: Contest) {
      self.trainer = trainer
      self.contest = contest
    }

    mutating func findLength() throws {
      let step = min(try trainer.run(steps: 1).wall, try trainer.run(steps: 1).wall)
      stepsInBurst = max(1, Int((contest.burst / max(step, 1e-6)).rounded(.up)))
    }

    mutating func train() throws {
      let before = ProcessorUse.now
      let times = try trainer.run(steps: stepsInBurst)
      if let before, let after = ProcessorUse.now {
        foreign += after.busy - before.busy - times.processor
      }
      elapsed += times.wall
      // One thread's own time tells more than the clock, which runs on while others have their turn. Of
      // several threads it would hide the waiting.
      let own = contest.threads == 1 ? times.processor : times.wall
      seconds.append(own / Double(times.steps * contest.workload.parts))
    }

    func measured() throws -> Measurement.Side {
      Measurement.Side(
        version: trainer.greeting.version, variant: trainer.greeting.variant,
        seconds: Spread(seconds), bytes: try trainer.memory())
    }
  }
}
