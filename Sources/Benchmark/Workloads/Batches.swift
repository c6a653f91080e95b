import Tensors

/// The consecutive batches of a pool of examples, again and again.
struct Batches {
  private let pool: Tensor
  private let size: Int
  private var start = 0

  init(of pool: Tensor, size: Int) {
    self.pool = pool
    self.size = size
  }

  mutating func next() -> Tensor {
    defer { start = (start + size) % pool.shape[0] }
    return pool[start..<(start + size)]
  }
}
