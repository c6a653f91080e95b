/// Batches of examples, taken in turn.
struct Batches<Batch> {
  private let all: [Batch]
  private var turn = 0

  init(_ count: Int, _ make: () -> Batch) {
    all = (0..<count).map { _ in make() }
  }

  mutating func next() -> Batch {
    defer { turn = (turn + 1) % all.count }
    return all[turn]
  }
}
