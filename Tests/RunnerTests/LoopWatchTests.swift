import Outputs
import Runner
import Testing

/// A watch with a clock of the test's own: looks are at seconds that the test says.
@Suite("Watching a loop")
struct LoopWatchTests {
  let start = ContinuousClock.now

  func time(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

  func loop(_ step: Int, of total: Int, _ name: String? = nil, serial: Int = 1) -> RunningLoop {
    RunningLoop(serial: serial, step: step, total: total, name: name)
  }

  /// What is shown at the last of several looks.
  func shown(_ looks: [(seconds: Double, loops: [RunningLoop])]) -> LoopProgress? {
    var watch = LoopWatch()
    var last: LoopProgress?
    for look in looks { last = watch.look(at: look.loops, at: time(look.seconds)) }
    return last
  }

  @Test("shows nothing of one that ends before the next look")
  func short() {
    var watch = LoopWatch()
    for look in 0..<50 {
      let loops = [loop(1, of: 3, serial: look)]
      #expect(watch.look(at: loops, at: time(0.2 * Double(look))) == nil)
    }
    #expect(watch.look(at: [], at: time(11)) == nil)
  }

  @Test("shows its step at the second look, and the time left when its pace is known")
  func words() {
    let first = (0.0, [loop(1, of: 2_000)])
    #expect(shown([first, (0.2, [loop(21, of: 2_000)])])?.words == "step 21 of 2,000")
    #expect(shown([first, (0.2, [loop(21, of: 2_000)])])?.fraction == 0.01)
    // A hundred steps a second.
    #expect(
      shown([first, (1, [loop(101, of: 2_000)])])?.words == "step 101 of 2,000 · 19 s left")
    #expect(
      shown([first, (4, [loop(5, of: 1_000, "training")])])?.words
        == "training: 5 of 1,000 · 16 min 36 s left")
    #expect(
      shown([first, (3_600, [loop(201, of: 2_000)])])?.words == "step 201 of 2,000 · 9 h 0 min left"
    )
  }

  @Test("takes the pace of the last ten seconds")
  func recent() {
    // Ten steps a second for a minute, then a step each second for twenty.
    var looks = (0...60).map { (Double($0), [loop(1 + 10 * $0, of: 1_000)]) }
    looks += (1...20).map { (60 + Double($0), [loop(601 + $0, of: 1_000)]) }
    #expect(shown(looks)?.secondsLeft == 1_000 - 620)
  }

  @Test("counts down within a slow step, but not past its end")
  func slow() {
    let looks = [(0.0, [loop(1, of: 5)]), (30, [loop(2, of: 5)])]
    #expect(shown(looks)?.secondsLeft == 120)
    #expect(shown(looks + [(42, [loop(2, of: 5)])])?.secondsLeft == 108)
    #expect(shown(looks + [(600, [loop(2, of: 5)])])?.secondsLeft == 90)
  }

  @Test("counts an inner loop as a part of the outer one's step, and never goes back")
  func nested() {
    let (outer, inner) = (loop(3, of: 4, "epochs"), loop(6, of: 10, "batches", serial: 2))
    let before = (0.0, [loop(3, of: 4, "epochs"), loop(1, of: 10, "batches", serial: 2)])
    let both = shown([before, (0.5, [outer, inner])])
    #expect(both?.fraction == 0.5 + 0.25 * 0.5)
    #expect(both?.words == "epochs: 3 of 4 · batches: 6 of 10")
    // The inner loop is done, and its epoch is not.
    let after = shown([before, (0.5, [outer, inner]), (0.7, [outer])])
    #expect(after?.fraction == both?.fraction)
    #expect(after?.words == "epochs: 3 of 4")
  }

  @Test("begins anew with each loop")
  func anew() {
    let first = (0...5).map { (Double($0), [loop(1 + 100 * $0, of: 1_000)]) }
    let next = [(6.0, [loop(1, of: 10, serial: 2)]), (6.5, [loop(2, of: 10, serial: 2)])]
    let last = shown(first + next)
    #expect(last?.fraction == 0.1)
    #expect(last?.secondsLeft == nil)
  }

  @Test("bears loops without end")
  func endless() {
    let loops = (1...8).map { loop(1, of: .max, serial: $0) }
    var later = loops
    later[7].step = 2
    #expect(shown([(0, loops), (2, later)])?.secondsLeft == nil)
  }
}
