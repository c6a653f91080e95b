import Datasets
import Randomness
import Tensors
import Testing

@Suite struct MoonImagesTests {
  private func pixels(_ phase: Double) -> [Float] { MoonImages(phases: [phase]).images.float32s }
  private func sum(_ phase: Double) -> Float { pixels(phase).reduce(0, +) }

  @Test func theLightIsProportionalToThePhase() {
    let full = sum(1)
    #expect(abs(full - 100 * .pi) < 0.1)
    for phase in [0, 0.05, 0.25, 0.5, 0.6, 0.93] {
      #expect(abs(sum(phase) - Float(phase) * full) < 1e-3)
    }
  }

  @Test func theDarkPartIsTheMirrorImageOfTheOtherPhase() {
    let (lit, rest, full) = (pixels(0.3), pixels(0.7), pixels(1))
    for row in 0..<28 {
      for column in 0..<28 {
        let whole = lit[28 * row + column] + rest[28 * row + 27 - column]
        #expect(abs(whole - full[28 * row + column]) < 1e-5)
      }
    }
  }

  @Test func theHalfMoonIsLitOnTheRight() {
    let half = pixels(0.5)
    for row in 0..<28 { #expect(half[28 * row..<28 * row + 14].allSatisfy { $0 == 0 }) }
    #expect(half[28 * 14 + 20] == 1)
  }

  @Test func drawnPhasesLieInTheRange() {
    var random = SeededGenerator(seed: 1)
    let moons = MoonImages(500, phases: 0.5...1, using: &random)
    #expect(moons.images.shape == [500, 28, 28, 1])
    #expect(moons.phases.allSatisfy { $0 >= 0.5 && $0 <= 1 })
    #expect(moons.phases.min()! < 0.51 && moons.phases.max()! > 0.99)
  }

  @Test func aPhaseBeyondFullStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MoonImages(phases: [0.5, 1.5])
    }
    #expect(
      words(result).contains(
        "expected phases of the moon from 0, new, to 1, full, found 1.5"))
  }
}

@Suite struct LineImagesTests {
  /// Whether exactly one row or one column is full and all else is empty.
  private func isLine(_ pixels: ArraySlice<Float>) -> Bool {
    let pixels = Array(pixels)
    guard pixels.reduce(0, +) == 4 else { return false }
    return (0..<4).contains { line in
      (0..<4).allSatisfy { pixels[4 * line + $0] == 1 }
        || (0..<4).allSatisfy { pixels[4 * $0 + line] == 1 }
    }
  }

  @Test func theRealOnesAreTheLinesAmongAllPictures() {
    let every = LineImages.everyPicture
    #expect(every.count == 65_536)
    let pixels = every.images.float32s
    #expect(pixels.allSatisfy { $0 == 0 || $0 == 1 })
    let lines = (0..<65_536).filter { isLine(pixels[16 * $0..<16 * ($0 + 1)]) }
    #expect(lines.count == 8)
    #expect(Set(LineImages.real.codes) == Set(lines))
    let areReal = every.areReal
    #expect(areReal.indices.filter { areReal[$0] } == lines)
  }

  @Test func rowsComeFirstThenColumns() {
    let images = LineImages.real.images
    #expect(images.shape == [8, 4, 4, 1])
    #expect(images.float32s.prefix(8) == [1, 1, 1, 1, 0, 0, 0, 0])
    #expect(images.float32s[64..<72] == [1, 0, 0, 0, 1, 0, 0, 0])
  }
}

@Suite struct TurningSpriteTests {
  private let size = 24 * 24 * 3
  private func frame(_ pictures: Tensor, _ index: Int) -> [Float] {
    Array(pictures.float32s[size * index..<size * (index + 1)])
  }

  @Test func aWalkIsOnePictureAfterAnother() {
    for turn in TurningSprite.Turn.allCases {
      let walk = TurningSprite(walkTurning: turn)
      #expect(walk.frames.shape == [5, 24, 24, 3])
      for step in 0..<4 {
        #expect(frame(walk.nextFrames, step) == frame(walk.frames, step + 1))
        #expect(frame(walk.frames, step) != frame(walk.frames, step + 1))
      }
    }
  }

  @Test func nothingTellsTheTurnUntilItIsTaken() {
    let (left, right) = (TurningSprite(walkTurning: .left), TurningSprite(walkTurning: .right))
    for step in 0...TurningSprite.fork {
      #expect(frame(left.frames, step) == frame(right.frames, step))
    }
    #expect(
      frame(left.nextFrames, TurningSprite.fork) != frame(right.nextFrames, TurningSprite.fork))
  }

  /// The columns and rows that the beetle's black reaches over, and how many pixels of it are red.
  private func beetle(
    in pixels: [Float]
  ) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>, reds: Int) {
    let black = (0..<576).filter { pixels[3 * $0] < 0.2 }
    let (columns, rows) = (black.map { $0 % 24 }, black.map { $0 / 24 })
    return (
      columns.min()!...columns.max()!, rows.min()!...rows.max()!,
      (0..<576).count { pixels[3 * $0] > 0.8 && pixels[3 * $0 + 1] < 0.2 }
    )
  }

  @Test func theWholeBeetleGoesUpAndThenToItsSide() {
    for (turn, way) in [(TurningSprite.Turn.left, -4), (.right, 4)] {
      let walk = TurningSprite(walkTurning: turn)
      for step in 0..<5 {
        let before = beetle(in: frame(walk.frames, step))
        let after = beetle(in: frame(walk.nextFrames, step))
        #expect(before.columns.count == 8 && before.rows.count == 8)
        #expect(before.reds == after.reds && before.reds > 10)
        let hasTurned = step >= TurningSprite.fork
        #expect(after.columns.lowerBound - before.columns.lowerBound == (hasTurned ? way : 0))
        #expect(after.rows.lowerBound - before.rows.lowerBound == (hasTurned ? 0 : -4))
      }
    }
  }

  @Test func theBeetleLooksWhereItGoes() {
    for (turn, way) in [(TurningSprite.Turn.left, -1.0), (.right, 1)] {
      let picture = frame(TurningSprite(walkTurning: turn).nextFrames, TurningSprite.fork)
      let eyes = (0..<576).filter { picture[3 * $0] == 1 }.map { Double($0 % 24) }
      let columns = beetle(in: picture).columns
      let middle = Double(columns.lowerBound + columns.upperBound) / 2
      #expect(eyes.count == 2)
      #expect(eyes.allSatisfy { way * ($0 - middle) > 1 })
    }
  }

  @Test func drawnPairsTurnEitherWayAtEveryStep() {
    var random = SeededGenerator(seed: 9)
    let pairs = TurningSprite(2_000, using: &random)
    for step in 0..<5 {
      let turns = (0..<2_000).filter { pairs.steps[$0] == step }.map { pairs.turns[$0] }
      let lefts = turns.count { $0 == .left }
      #expect(abs(turns.count - 400) < 75)
      #expect(abs(lefts - 200) < 65)
    }
    let atFork = pairs.atFork
    #expect(atFork.steps.allSatisfy { $0 == TurningSprite.fork })
    #expect(atFork.count == pairs.steps.count { $0 == TurningSprite.fork })
  }
}
