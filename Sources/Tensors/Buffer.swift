import Failures
import Kernels
import Synchronization

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
  /// The elements in the orders that products read them; thrown away when the elements change. Whoever reads
  /// a weight may be the first to need it, on several threads at once.
  private let packing = Atomic<OpaquePointer?>(nil)

  init(count: Int, precision: Precision, isStandIn: Bool = false) {
    self.count = count
    self.precision = precision
    self.isStandIn = isStandIn
    let (bytes, isTooMany) = count.multipliedReportingOverflow(by: precision.bytes)
    if isTooMany {
      fail(
        expected: "a tensor that a machine's memory could hold", found: "\(count) elements",
        mend: "is one of its lengths too large?")
    }
    memory = kernels_allocate(bytes)
  }

  deinit {
    forgetPacking()
    kernels_release(memory, count * precision.bytes)
  }

  /// A place for a weight's packed elements, which stay valid until `forgetPacking`; nil for other tensors.
  func keptPacking() -> OpaquePointer? {
    if let known = packing.load(ordering: .acquiring) { return known }
    if !isWeight { return nil }
    let made = kernels_packing_make()
    let (isFirst, known) = packing.compareExchange(
      expected: nil, desired: made, ordering: .acquiringAndReleasing)
    if isFirst { return made }
    kernels_packing_free(made)
    return known
  }

  /// To be called after every change of the elements.
  func forgetPacking() {
    // Most have none; a look is cheaper than an exchange.
    if packing.load(ordering: .acquiring) == nil { return }
    kernels_packing_free(packing.exchange(nil, ordering: .acquiringAndReleasing))
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
