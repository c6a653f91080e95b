import Failures
import Randomness

/// A finite set of examples to learn from. A part of it, and a batch, is again such a set.
public protocol Examples: Sendable {
  var count: Int { get }

  /// The examples at `places`, in the order given. A place may stand there more than once.
  func examples(at places: [Int]) -> Self
}

extension Examples {
  /// The first `count` examples.
  public func first(_ count: Int) -> Self {
    if count < 0 || count > self.count {
      fail(
        expected: "to take between 0 and \(self.count) examples", found: "\(count)",
        mend: "the set has no more than \(self.count)")
    }
    return examples(at: Array(0..<count))
  }

  /// All examples in random order.
  public func shuffled(using generator: inout some RandomNumberGenerator) -> Self {
    examples(at: generator.permutation(of: count))
  }

  /// Two sets without a common example: what to train on, and `heldOut` examples drawn at random to test
  /// on. The same seed gives the same split.
  public func split(
    holdingOut heldOut: Int, using generator: inout some RandomNumberGenerator
  ) -> (training: Self, test: Self) {
    if heldOut < 0 || heldOut > count {
      fail(
        expected: "to hold out between 0 and \(count) examples", found: "\(heldOut)",
        mend: "the set has no more than \(count)")
    }
    let order = generator.permutation(of: count)
    return (examples(at: Array(order[heldOut...])), examples(at: Array(order[..<heldOut])))
  }

  /// The examples in random order, `size` at a time.
  ///
  /// Every batch is full, so that the mean losses of two batches weigh the same: fewer than `size`
  /// examples may be left over and stay out. Shuffle again for each pass, and others stay out.
  public func batches(
    of size: Int, using generator: inout some RandomNumberGenerator
  ) -> Batches<Self> {
    if count == 0 {
      fail(
        expected: "a set with examples to take batches of", found: "an empty one",
        mend: "see how it was chosen")
    }
    if size < 1 || size > count {
      fail(
        expected: "a batch of between 1 and \(count) examples, as many as there are",
        found: "\(size)", mend: "choose a size in between")
    }
    return Batches(of: self, order: generator.permutation(of: count), size: size)
  }
}

extension Examples {
  func requirePlaces(_ places: [Int]) {
    if let place = places.first(where: { $0 < 0 || $0 >= count }) {
      fail(
        expected: "places from 0 to \(count - 1), of the set's \(count) examples",
        found: "\(place)",
        mend: "the first example is at 0")
    }
  }
}

/// The batches of one pass through a set, each made when it is asked for.
public struct Batches<Source: Examples>: RandomAccessCollection, Sendable {
  let source: Source
  let order: [Int]
  /// How many examples a batch has.
  public let size: Int

  init(of source: Source, order: [Int], size: Int) {
    self.source = source
    self.order = order
    self.size = size
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { order.count / size }

  public subscript(index: Int) -> Source {
    if !indices.contains(index) {
      fail(
        expected: "a batch from 0 to \(count - 1)", found: "\(index)",
        mend: "take as many as the batches' count")
    }
    return source.examples(at: Array(order[index * size..<(index + 1) * size]))
  }
}
