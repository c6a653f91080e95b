import Foundation
import Kernels
import Randomness

/// The products and convolutions of each type of number.
protocol ProductNumber: KernelNumber {
  typealias Epilogue = UnsafePointer<kernels_epilogue>?
  typealias Shape = UnsafePointer<kernels_convolution>?
  typealias Many = UnsafePointer<UnsafePointer<Self>?>?

  /// The distance from 1 to the next number.
  static var step: Double { get }

  static var product:
    (Bool, Bool, Size, Size, Size, Input, Input, Output, Bool, Epilogue, OpaquePointer?) -> Void
  { get }
  static var productOfMany: (Size, Size, Size, Size, Many, Many, Output) -> Void { get }
  static var convolve: (Shape, Input, Input, Output, Epilogue, OpaquePointer?) -> Void { get }
  static var convolveByPicture: (Shape, Input, Input, Output, Epilogue, OpaquePointer?) -> Void {
    get
  }
  static var convolveByWeights: (Shape, Input, Input, Output, Bool) -> Void { get }
}

extension Float: ProductNumber {
  static var step: Double { 0x1p-23 }
  static var product:
    (Bool, Bool, Size, Size, Size, Input, Input, Output, Bool, Epilogue, OpaquePointer?) -> Void
  { kernels_product_f }
  static var productOfMany: (Size, Size, Size, Size, Many, Many, Output) -> Void {
    kernels_product_of_many_f
  }
  static var convolve: (Shape, Input, Input, Output, Epilogue, OpaquePointer?) -> Void {
    kernels_convolve_f
  }
  static var convolveByPicture: (Shape, Input, Input, Output, Epilogue, OpaquePointer?) -> Void {
    kernels_convolve_by_picture_f
  }
  static var convolveByWeights: (Shape, Input, Input, Output, Bool) -> Void {
    kernels_convolve_by_weights_f
  }
}

extension Double: ProductNumber {
  static var step: Double { 0x1p-52 }
  static var product:
    (Bool, Bool, Size, Size, Size, Input, Input, Output, Bool, Epilogue, OpaquePointer?) -> Void
  { kernels_product_d }
  static var productOfMany: (Size, Size, Size, Size, Many, Many, Output) -> Void {
    kernels_product_of_many_d
  }
  static var convolve: (Shape, Input, Input, Output, Epilogue, OpaquePointer?) -> Void {
    kernels_convolve_d
  }
  static var convolveByPicture: (Shape, Input, Input, Output, Epilogue, OpaquePointer?) -> Void {
    kernels_convolve_by_picture_d
  }
  static var convolveByWeights: (Shape, Input, Input, Output, Bool) -> Void {
    kernels_convolve_by_weights_d
  }
}

extension ProductNumber {
  /// How far a sum of so many products of numbers within ±1 may be from the oracle's: each addition rounds a
  /// partial sum, which has grown like the root of its terms.
  static func rounding(_ terms: Int) -> Double {
    step * (4 + 2 * Double(terms).squareRoot() + Double(terms) / 2)
  }
}

/// What is done to the elements of a product, with its bias.
struct End<Number: ProductNumber> {
  var bias: [Number]?
  var activation = KERNELS_PLAIN
  var slope = 0.0

  /// One of all kinds, now and then none.
  static func any(_ columns: Int, _ random: inout SeededGenerator) -> End? {
    guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
    let activations = [KERNELS_PLAIN, KERNELS_RECTIFY, KERNELS_HYPERBOLIC, KERNELS_LOGISTIC]
    return End(
      bias: Bool.random(using: &random) ? Number.numbers(columns, within: 1, seed: 5) : nil,
      activation: activations.randomElement(using: &random)!,
      slope: Bool.random(using: &random) ? 0.2 : 0)
  }

  func callAsFunction(_ x: Double, column: Int) -> Double {
    let x = x + (bias.map { Double($0[column]) } ?? 0)
    switch activation {
    case KERNELS_RECTIFY: return x > 0 ? x : slope * x
    case KERNELS_HYPERBOLIC: return tanh(x)
    case KERNELS_LOGISTIC: return 1 / (1 + exp(-x))
    default: return x
    }
  }
}

extension Optional {
  /// Calls `body` with the C struct, or with nil.
  func pass<Number: ProductNumber>(_ body: (UnsafePointer<kernels_epilogue>?) -> Void)
  where Wrapped == End<Number> {
    guard let end = self else { return body(nil) }
    (end.bias ?? []).withUnsafeBufferPointer { bias in
      var epilogue = kernels_epilogue(
        bias: end.bias == nil ? nil : UnsafeRawPointer(bias.baseAddress),
        activation: end.activation, slope: end.slope)
      body(&epilogue)
    }
  }
}
