/// Shows how far a long loop is while it runs: in the terminal, and on the page that `course serve` shows.
///
///     for step in progress(1...2_000, "training") {
///       …
///     }
///
/// The loop gets the same elements in the same order. What it is at stands on the `LoopBoard` and nowhere
/// else: nothing of it is printed, kept, or written onto the page. A step costs one store. Loops may stand
/// inside one another, and may be left by `break`.
///
/// - Parameters:
///   - elements: Are counted before the first step, which runs through them where they are no array or
///     range.
///   - name: What the loop does, in a word or two.
public func progress<Elements: Collection>(
  _ elements: Elements, _ name: String? = nil
) -> ProgressSequence<Elements> {
  ProgressSequence(elements: elements, name: name)
}

/// The elements of a collection, each noted on the `LoopBoard` as the loop comes to it.
public struct ProgressSequence<Elements: Collection>: Sequence {
  @usableFromInline let elements: Elements
  @usableFromInline let name: String?

  public var underestimatedCount: Int { elements.underestimatedCount }

  @inlinable
  public func makeIterator() -> Iterator {
    Iterator(base: elements.makeIterator(), entry: LoopEntry(total: elements.count, name: name))
  }

  public struct Iterator: IteratorProtocol {
    @usableFromInline var base: Elements.Iterator
    @usableFromInline let entry: LoopEntry
    @usableFromInline var step = 0

    @usableFromInline
    init(base: Elements.Iterator, entry: LoopEntry) {
      self.base = base
      self.entry = entry
    }

    @inlinable
    public mutating func next() -> Elements.Element? {
      guard let element = base.next() else {
        entry.finish()
        return nil
      }
      step += 1
      entry.reach(step)
      return element
    }
  }
}

/// A loop's entry on the board. It is struck out when the loop ends, and when `break`, `return` or an error
/// leaves the loop, since the iterator that holds it goes with it.
@usableFromInline
final class LoopEntry: Sendable {
  private let slot: LoopSlot?

  @usableFromInline
  init(total: Int, name: String?) {
    slot = total > 0 ? LoopBoard.begin(total: total, name: name) : nil
  }

  @usableFromInline
  func reach(_ step: Int) { slot?.reach(step) }

  @usableFromInline
  func finish() { slot?.end(isFinished: true) }

  deinit { slot?.end(isFinished: false) }
}
