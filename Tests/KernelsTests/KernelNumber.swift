import Kernels
import Randomness

/// The two types of number and the C functions of each, so that a test is written once.
protocol KernelNumber: BinaryFloatingPoint, Sendable {
  typealias Input = UnsafePointer<Self>?
  typealias Output = UnsafeMutablePointer<Self>?
  typealias Size = Int
  typealias Sizes = UnsafePointer<Int>?
  typealias Indices = UnsafePointer<Int32>?

  static var name: String { get }
  /// A few roundings.
  static var tolerance: Double { get }

  static var map: (kernels_unary, Input, Output, Size, Self, Self) -> Void { get }
  static var combine: (kernels_binary, Input, Size, Input, Size, Output, Size, Self) -> Void { get }
  static var broadcast:
    (kernels_binary, Input, Sizes, Input, Sizes, Output, Sizes, Int32, Self) -> Void
  { get }
  static var select: (Input, Input, Input, Output, Size) -> Void { get }
  static var accumulate: (Output, Input, Size, Self) -> Void { get }
  static var fill: (Output, Size, Self) -> Void { get }
  static var reduce: (kernels_reduction, Input, Output, Size, Size, Size) -> Void { get }
  static var indexOfLargest: (Input, UnsafeMutablePointer<Int32>?, Size, Size, Size) -> Void { get }
  static var softmax: (Input, Output, Size, Size, Bool) -> Void { get }
  static var softmaxSlope: (Input, Input, Output, Size, Size, Bool) -> Void { get }
  static var moments: (Input, Output, Output, Size, Size, Size, Self) -> Void { get }
  static var normalise: (Input, Input, Input, Output, Size, Size, Size) -> Void { get }
  static var normaliseSlope: (Input, Input, Input, Output, Size, Size, Size) -> Void { get }
  static var copy: (Input, Sizes, Output, Sizes, Sizes, Int32, Bool) -> Void { get }
  static var gather: (Input, Indices, Output, Size, Size, Size, Size) -> Void { get }
  static var scatter: (Input, Indices, Output, Size, Size, Size, Size) -> Void { get }
  static var windowOfLargest:
    (Input, UnsafeMutablePointer<Int32>?, Size, Size, Size, Size, Size, Size) -> Void
  { get }
  static var gate: (Input, Output, Size, Size) -> Void { get }
  static var gateSlope: (Input, Input, Output, Size, Size) -> Void { get }
  static var memoryCell: (Input, Input, Output, Output, Size, Size) -> Void { get }
  static var memoryCellSlope: (Input, Input, Input, Input, Output, Output, Size, Size) -> Void {
    get
  }
  static var normals: (UnsafePointer<UInt64>?, Output, Size) -> Void { get }
  static var uniforms: (UnsafePointer<UInt64>?, Output, Size, Self, Self) -> Void { get }
  static var adamStep: (Output, Output, Output, Input, Size, kernels_adam) -> Bool { get }
  static var allFinite: (Input, Size) -> Bool { get }
}

extension Float: KernelNumber {
  static var name: String { "float32" }
  static var tolerance: Double { 2e-6 }

  static var map: (kernels_unary, Input, Output, Size, Float, Float) -> Void { kernels_map_f }
  static var combine: (kernels_binary, Input, Size, Input, Size, Output, Size, Float) -> Void {
    kernels_combine_f
  }
  static var broadcast:
    (kernels_binary, Input, Sizes, Input, Sizes, Output, Sizes, Int32, Float) -> Void
  { kernels_broadcast_f }
  static var select: (Input, Input, Input, Output, Size) -> Void { kernels_select_f }
  static var accumulate: (Output, Input, Size, Float) -> Void { kernels_accumulate_f }
  static var fill: (Output, Size, Float) -> Void { kernels_fill_f }
  static var reduce: (kernels_reduction, Input, Output, Size, Size, Size) -> Void {
    kernels_reduce_f
  }
  static var indexOfLargest: (Input, UnsafeMutablePointer<Int32>?, Size, Size, Size) -> Void {
    kernels_index_of_largest_f
  }
  static var softmax: (Input, Output, Size, Size, Bool) -> Void { kernels_softmax_f }
  static var softmaxSlope: (Input, Input, Output, Size, Size, Bool) -> Void {
    kernels_softmax_slope_f
  }
  static var moments: (Input, Output, Output, Size, Size, Size, Float) -> Void { kernels_moments_f }
  static var normalise: (Input, Input, Input, Output, Size, Size, Size) -> Void {
    kernels_normalise_f
  }
  static var normaliseSlope: (Input, Input, Input, Output, Size, Size, Size) -> Void {
    kernels_normalise_slope_f
  }
  static var copy: (Input, Sizes, Output, Sizes, Sizes, Int32, Bool) -> Void { kernels_copy_f }
  static var gather: (Input, Indices, Output, Size, Size, Size, Size) -> Void { kernels_gather_f }
  static var scatter: (Input, Indices, Output, Size, Size, Size, Size) -> Void { kernels_scatter_f }
  static var windowOfLargest:
    (Input, UnsafeMutablePointer<Int32>?, Size, Size, Size, Size, Size, Size) -> Void
  { kernels_window_of_largest_f }
  static var gate: (Input, Output, Size, Size) -> Void { kernels_gate_f }
  static var gateSlope: (Input, Input, Output, Size, Size) -> Void { kernels_gate_slope_f }
  static var memoryCell: (Input, Input, Output, Output, Size, Size) -> Void {
    kernels_memory_cell_f
  }
  static var memoryCellSlope: (Input, Input, Input, Input, Output, Output, Size, Size) -> Void {
    kernels_memory_cell_slope_f
  }
  static var normals: (UnsafePointer<UInt64>?, Output, Size) -> Void { kernels_normals_f }
  static var uniforms: (UnsafePointer<UInt64>?, Output, Size, Float, Float) -> Void {
    kernels_uniforms_f
  }
  static var adamStep: (Output, Output, Output, Input, Size, kernels_adam) -> Bool {
    kernels_adam_step_f
  }
  static var allFinite: (Input, Size) -> Bool { kernels_all_finite_f }
}

extension Double: KernelNumber {
  static var name: String { "float64" }
  static var tolerance: Double { 1e-14 }

  static var map: (kernels_unary, Input, Output, Size, Double, Double) -> Void { kernels_map_d }
  static var combine: (kernels_binary, Input, Size, Input, Size, Output, Size, Double) -> Void {
    kernels_combine_d
  }
  static var broadcast:
    (kernels_binary, Input, Sizes, Input, Sizes, Output, Sizes, Int32, Double) -> Void
  { kernels_broadcast_d }
  static var select: (Input, Input, Input, Output, Size) -> Void { kernels_select_d }
  static var accumulate: (Output, Input, Size, Double) -> Void { kernels_accumulate_d }
  static var fill: (Output, Size, Double) -> Void { kernels_fill_d }
  static var reduce: (kernels_reduction, Input, Output, Size, Size, Size) -> Void {
    kernels_reduce_d
  }
  static var indexOfLargest: (Input, UnsafeMutablePointer<Int32>?, Size, Size, Size) -> Void {
    kernels_index_of_largest_d
  }
  static var softmax: (Input, Output, Size, Size, Bool) -> Void { kernels_softmax_d }
  static var softmaxSlope: (Input, Input, Output, Size, Size, Bool) -> Void {
    kernels_softmax_slope_d
  }
  static var moments: (Input, Output, Output, Size, Size, Size, Double) -> Void {
    kernels_moments_d
  }
  static var normalise: (Input, Input, Input, Output, Size, Size, Size) -> Void {
    kernels_normalise_d
  }
  static var normaliseSlope: (Input, Input, Input, Output, Size, Size, Size) -> Void {
    kernels_normalise_slope_d
  }
  static var copy: (Input, Sizes, Output, Sizes, Sizes, Int32, Bool) -> Void { kernels_copy_d }
  static var gather: (Input, Indices, Output, Size, Size, Size, Size) -> Void { kernels_gather_d }
  static var scatter: (Input, Indices, Output, Size, Size, Size, Size) -> Void { kernels_scatter_d }
  static var windowOfLargest:
    (Input, UnsafeMutablePointer<Int32>?, Size, Size, Size, Size, Size, Size) -> Void
  { kernels_window_of_largest_d }
  static var gate: (Input, Output, Size, Size) -> Void { kernels_gate_d }
  static var gateSlope: (Input, Input, Output, Size, Size) -> Void { kernels_gate_slope_d }
  static var memoryCell: (Input, Input, Output, Output, Size, Size) -> Void {
    kernels_memory_cell_d
  }
  static var memoryCellSlope: (Input, Input, Input, Input, Output, Output, Size, Size) -> Void {
    kernels_memory_cell_slope_d
  }
  static var normals: (UnsafePointer<UInt64>?, Output, Size) -> Void { kernels_normals_d }
  static var uniforms: (UnsafePointer<UInt64>?, Output, Size, Double, Double) -> Void {
    kernels_uniforms_d
  }
  static var adamStep: (Output, Output, Output, Input, Size, kernels_adam) -> Bool {
    kernels_adam_step_d
  }
  static var allFinite: (Input, Size) -> Bool { kernels_all_finite_d }
}

extension KernelNumber {
  /// `count` numbers evenly in ±`bound`.
  static func numbers(_ count: Int, within bound: Double = 2, seed: UInt64 = 1) -> [Self] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Self(random.uniform(from: -bound, to: bound)) }
  }
}

extension Array where Element: KernelNumber {
  var doubles: [Double] { map { Double($0) } }

  /// A new array that `body` writes.
  init(_ count: Int, written body: (UnsafeMutablePointer<Element>?) -> Void) {
    self.init(repeating: .nan, count: count)
    withUnsafeMutableBufferPointer { body($0.baseAddress) }
  }
}
