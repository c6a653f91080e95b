/// What a contest came to.
struct Measurement: Codable {
  var workload: String
  var title: String
  var threads: Int
  var rounds: Int
  /// "processor" for one thread, "wall" for several: what the seconds are of.
  var clock: String
  /// Of one step; 0 where operations are not what is measured.
  var gflop: Double
  var ours: Side
  var theirs: Side?
  /// Our time ÷ theirs, round by round.
  var ratio: Spread?
  /// At most so much of their time, or so many seconds.
  var goalRatio: Double?
  var goalSeconds: Double?
  /// nil where the goal is a ratio and there is no peer.
  var isGoalMet: Bool?
  /// How many cores other programs kept busy meanwhile; nil where the system does not tell.
  var othersBusy: Double?

  struct Side: Codable {
    var version: String
    var variant: String
    /// Of one step, or of one part where it has parts.
    var seconds: Spread
    /// Most memory held, beyond what was held before the model was made.
    var bytes: Int
  }

  init(
    workload: Workload, threads: Int, rounds: Int, ours: Side, theirs: Side?, ratios: [Double],
    othersBusy: Double?
  ) {
    self.workload = workload.name
    self.title = workload.title
    self.threads = threads
    self.rounds = rounds
    clock = threads == 1 ? "processor" : "wall"
    gflop = Double(workload.work) * 1e-9
    self.ours = ours
    self.theirs = theirs
    ratio = ratios.isEmpty ? nil : Spread(ratios)
    self.othersBusy = othersBusy
    switch workload.goal {
    case .ratio(let most):
      goalRatio = most
      isGoalMet = ratio.map { $0.median <= most }
    case .seconds(let most):
      goalSeconds = most
      isGoalMet = ours.seconds.median <= most
    }
  }

  /// The share of the processor's peak, in GFLOP/s of one core, that a side reached.
  func share(of side: Side, peak: Double) -> Double {
    gflop / side.seconds.median / (peak * Double(threads))
  }
}

/// Whether PyTorch counts the operations of a step as our formula does.
struct CountCheck: Codable {
  var workload: String
  var formula: Int
  /// What PyTorch is known to do beyond it.
  var surplus: Int
  var counted: Int
  var agrees: Bool { formula + surplus == counted }
}
