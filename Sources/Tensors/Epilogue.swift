import Kernels

/// What is done to each number of a product or convolution as it is written.
public enum Activation: Sendable, Equatable {
  case none
  case relu
  case leakyRelu(slope: Double = 0.2)
  case tanh
  case sigmoid

  /// The activation of a tensor.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .none: x
    case .relu: Tensors.relu(x)
    case .leakyRelu(let slope): Tensors.leakyRelu(x, slope: slope)
    case .tanh: Tensors.tanh(x)
    case .sigmoid: Tensors.sigmoid(x)
    }
  }

  var kernel: (kernels_activation, Double) {
    switch self {
    case .none: (KERNELS_PLAIN, 0)
    case .relu: (KERNELS_RECTIFY, 0)
    case .leakyRelu(let slope): (KERNELS_RECTIFY, slope)
    case .tanh: (KERNELS_HYPERBOLIC, 0)
    case .sigmoid: (KERNELS_LOGISTIC, 0)
    }
  }
}

/// Bias and activation, computed in the pass that computes the product but written on the tape as operations
/// of their own, each with its own rule.
struct Epilogue {
  let bias: Tensor?
  let activation: Activation

  static var none: Epilogue { Epilogue(bias: nil, activation: .none) }

  /// Calls `body` with the kernel's description, nil where there is nothing to do.
  func withKernel(_ body: (UnsafePointer<kernels_epilogue>?) -> Void) {
    if bias == nil, activation == .none { return body(nil) }
    let (activation, slope) = activation.kernel
    requireSlope(slope)
    var kernel = kernels_epilogue()
    kernel.bias = bias.map { UnsafeRawPointer($0.buffer.memory) }
    kernel.activation = activation
    kernel.slope = slope
    body(&kernel)
    bias?.keepElements()
  }

  /// Writes bias and activation after a product already written.
  func finish(_ product: Tensor) -> Tensor {
    guard bias != nil || activation != .none else { return product }
    if !product.mayBeTraced, !(bias?.mayBeTraced ?? false) { return product }
    var current = product
    if let bias {
      var sum = Tensor(current.buffer, current.shape)
      current = Tensors.finish(&sum, .add, current, bias)
    }
    var result = Tensor(current.buffer, current.shape)
    switch activation {
    case .none: return current
    case .relu: return Tensors.finish(&result, .rectified(slope: 0), current)
    case .leakyRelu(let slope):
      return Tensors.finish(&result, .rectified(slope: slope), current)
    case .tanh: return Tensors.finish(&result, .tanh, current)
    case .sigmoid: return Tensors.finish(&result, .sigmoid, current)
    }
  }
}
