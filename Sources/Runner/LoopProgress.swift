public import Outputs

/// How far a cell is with its loop, and how long the loop will still take.
public struct LoopProgress: Sendable, Equatable {
  /// Outer loops before inner ones, never none.
  public var loops: [RunningLoop]
  /// The part of the outermost loop that is done, from 0 to 1.
  public var fraction: Double
  /// Nil until enough has been seen of the loop's pace.
  public var secondsLeft: Int?

  /// "step 412 of 2,000 · 9 s left"; where loops have names "epochs: 3 of 20 · batches: 412 of 2,000".
  public var words: String {
    var words = loops.map { loop in
      "\(loop.name.map { "\($0):" } ?? "step") \(loop.step.grouped) of \(loop.total.grouped)"
    }
    if let secondsLeft { words.append("\(Self.duration(secondsLeft)) left") }
    return words.joined(separator: " · ")
  }

  /// "9 s", "3 min 5 s", "2 h 10 min".
  private static func duration(_ seconds: Int) -> String {
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    if hours > 0 { return "\(hours) h \(minutes % 60) min" }
    return minutes > 0 ? "\(minutes) min \(seconds % 60) s" : "\(seconds) s"
  }
}

/// Watches a program's loops: makes of one look after another how far they are.
public struct LoopWatch: Sendable {
  /// Of the loops seen at the last look. One that ends sooner than the next look is not worth a word.
  private var known: Set<Int> = []
  /// Of the loop that the marks belong to.
  private var outermost: Int?
  /// When the fraction had grown, and to what: those of the last seconds, and one before them.
  private var marks: [(time: ContinuousClock.Instant, fraction: Double)] = []

  /// The pace is that of so many seconds past; it is unknown until it has been watched for one.
  private static let recent = Duration.seconds(10)
  private static let shortest = Duration.seconds(1)

  public init() {}

  /// What to show of the loops that are running now, outermost first; nil for none.
  public mutating func look(
    at loops: [RunningLoop], at now: ContinuousClock.Instant
  ) -> LoopProgress? {
    let shown = loops.filter { known.contains($0.serial) }
    known = Set(loops.map(\.serial))
    guard let first = loops.first else {
      outermost = nil
      return nil
    }
    if first.serial != outermost { (outermost, marks) = (first.serial, []) }
    let (found, step) = Self.fraction(of: shown.first?.serial == first.serial ? shown : [first])
    // What an inner loop has done counts until the outer one's next step, though it has ended.
    let fraction = max(found, marks.last?.fraction ?? 0)
    if marks.isEmpty || fraction > marks[marks.count - 1].fraction { marks.append((now, fraction)) }
    while marks.count > 2, marks[1].time <= now - Self.recent { marks.removeFirst() }
    if shown.isEmpty { return nil }
    return LoopProgress(
      loops: shown, fraction: fraction, secondsLeft: secondsLeft(at: now, step: step))
  }

  /// The part that is done before the step each loop is at, and how large a step of the innermost is.
  private static func fraction(of loops: [RunningLoop]) -> (done: Double, step: Double) {
    var (done, step) = (0.0, 1.0)
    for loop in loops {
      step /= Double(loop.total)
      done += Double(loop.step - 1) * step
    }
    return (done, step)
  }

  private func secondsLeft(at now: ContinuousClock.Instant, step: Double) -> Int? {
    let (first, last) = (marks[0], marks[marks.count - 1])
    guard last.time - first.time >= Self.shortest else { return nil }
    let pace = (last.fraction - first.fraction) / ((last.time - first.time) / .seconds(1))
    // Within a step nothing is seen of it; a slow one holds the clock at its end.
    let within = min(step, pace * ((now - last.time) / .seconds(1)))
    let seconds = ((1 - last.fraction - within) / pace).rounded()
    return seconds < 1e9 ? max(1, Int(seconds)) : nil
  }
}
