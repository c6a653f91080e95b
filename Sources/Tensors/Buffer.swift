import Kernels

/// The memory beneath a tensor, from the kernels' pool; written while it is made, then left alone by all but
/// the optimisers.
final class Buffer {
  let memory: UnsafeMutableRawPointer
  let count: Int
  let precision: Precision
  /// Whether it only stands in for elements that were let go.
  let isStandIn: Bool
  /// Whether these are a parameter's numbers, which products meet again and again.
  var isWeight = false
  /// The elements in the order that products read them; thrown away when the elements change.
  private var packing: OpaquePointer?

  init(count: Int, precision: Precision, isStandIn: Bool = false) {
    self.count = count
    self.precision = precision
    self.isStandIn = isStandIn
    memory = kernels_allocate(count * precision.bytes)
  }

  deinit {
    if let packing { kernels_packing_free(packing) }
    kernels_release(memory, count * precision.bytes)
  }

  /// A place for a weight's packed elements, which stay valid until `forgetPacking`; nil for other tensors.
  func keptPacking() -> OpaquePointer? {
    if isWeight, packing == nil { packing = kernels_packing_make() }
    return packing
  }

  /// To be called after every change of the elements.
  func forgetPacking() {
    if let packing { kernels_packing_free(packing) }
    packing = nil
  }

  /// Stands in for the elements of a tensor of which only the shape is still needed.
  static func none(_ precision: Precision) -> Buffer {
    precision == .float32 ? none32 : none64
  }
  private nonisolated(unsafe) static let none32 = Buffer(
    count: 0, precision: .float32, isStandIn: true)
  private nonisolated(unsafe) static let none64 = Buffer(
    count: 0, precision: .float64, isStandIn: true)
}
