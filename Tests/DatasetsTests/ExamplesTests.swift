import Datasets
import Randomness
import Testing

/// Moons of the phases 0, 1/128, …, so that an example can be told by its phase.
private func numbered(_ count: Int) -> MoonImages {
  MoonImages(phases: (0..<count).map { Double($0) / 128 })
}

@Suite struct ExamplesTests {
  @Test func batchesAreFullAndTakeNoExampleTwice() {
    var random = SeededGenerator(seed: 3)
    let batches = numbered(103).batches(of: 10, using: &random)
    #expect(batches.count == 10)
    #expect(batches.allSatisfy { $0.count == 10 })
    #expect(Set(batches.flatMap(\.phases)).count == 100)
  }

  @Test func oneBatchCanHoldTheWholeSet() {
    var random = SeededGenerator(seed: 3)
    let batches = numbered(7).batches(of: 7, using: &random)
    #expect(batches.map { $0.phases.sorted() } == [numbered(7).phases])
  }

  @Test func theSameSeedGivesTheSameBatchesAndTheNextPassOthers() {
    var random = SeededGenerator(seed: 3)
    var again = SeededGenerator(seed: 3)
    let first = numbered(100).batches(of: 10, using: &random).map(\.phases)
    #expect(numbered(100).batches(of: 10, using: &again).map(\.phases) == first)
    #expect(numbered(100).batches(of: 10, using: &random).map(\.phases) != first)
  }

  @Test func everyExampleIsAsLikelyInTheFirstBatch() {
    var random = SeededGenerator(seed: 5)
    var tally = [Int](repeating: 0, count: 10)
    let passes = 20_000
    for _ in 0..<passes {
      for phase in numbered(10).batches(of: 3, using: &random)[0].phases {
        tally[Int((128 * phase).rounded())] += 1
      }
    }
    let deviation = (Double(passes) * 0.3 * 0.7).squareRoot()
    for count in tally { #expect(abs(Double(count) - 0.3 * Double(passes)) < 4.5 * deviation) }
  }

  @Test func aSplitHasEachExampleOnOneSideOnly() {
    var random = SeededGenerator(seed: 8)
    var again = SeededGenerator(seed: 8)
    let (training, test) = numbered(50).split(holdingOut: 12, using: &random)
    #expect(training.count == 38)
    #expect(test.count == 12)
    #expect((training.phases + test.phases).sorted() == numbered(50).phases)
    let second = numbered(50).split(holdingOut: 12, using: &again)
    #expect(second.training.phases == training.phases)
    #expect(second.test.phases == test.phases)
  }

  @Test func theFirstAndTheShuffledExamples() {
    var random = SeededGenerator(seed: 8)
    #expect(numbered(50).first(3).phases == [0, 0.0078125, 0.015625])
    let shuffled = numbered(50).shuffled(using: &random).phases
    #expect(shuffled != numbered(50).phases)
    #expect(shuffled.sorted() == numbered(50).phases)
    #expect(numbered(50).examples(at: [4, 4, 1]).phases == [0.03125, 0.03125, 0.0078125])
  }
}

/// A mistake stops the program with words.
@Suite struct ExamplesFailureTests {
  @Test func aBatchOfNone() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = LineImages.real.batches(of: 0, using: &random)
    }
    #expect(
      words(result).contains(
        "expected a batch of between 1 and 8 examples, as many as there are, found 0; "
          + "choose a size in between"))
  }

  @Test func aBatchLargerThanTheSet() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = LineImages.real.batches(of: 9, using: &random)
    }
    #expect(words(result).contains("expected a batch of between 1 and 8 examples"))
    #expect(words(result).contains("found 9"))
  }

  @Test func batchesOfAnEmptySet() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = LineImages.real.first(0).batches(of: 1, using: &random)
    }
    #expect(
      words(result).contains("expected a set with examples to take batches of, found an empty one"))
  }

  @Test func aBatchBehindTheLast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = LineImages.real.batches(of: 3, using: &random)[2]
    }
    #expect(words(result).contains("expected a batch from 0 to 1, found 2"))
  }

  @Test func moreThanThereAre() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LineImages.real.first(9)
    }
    #expect(words(result).contains("expected to take between 0 and 8 examples, found 9"))
  }

  @Test func moreHeldOutThanThereAre() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var random = SeededGenerator(seed: 1)
      _ = LineImages.real.split(holdingOut: -1, using: &random)
    }
    #expect(words(result).contains("expected to hold out between 0 and 8 examples, found -1"))
  }

  @Test func aPlaceBehindTheLast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LineImages.real.examples(at: [0, 8])
    }
    #expect(
      words(result).contains("expected places from 0 to 7, of the set's 8 examples, found 8"))
  }
}
