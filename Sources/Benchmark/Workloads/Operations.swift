import Tensors

/// A thousand multiplications of single numbers, one after the other, and the way back through them.
struct Operations: Twin {
  let x = Tensor([1])
  let w = Tensor([0.999])

  func step() {
    _ = gradient(at: x, w) { x, w in
      var y = x
      for _ in 0..<1000 { y = y * w }
      return y.sum()
    }
  }
}
