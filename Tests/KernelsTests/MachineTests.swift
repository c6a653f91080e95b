import Kernels
import Testing

@Suite struct MachineTests {
  @Test func memoryIsAligned() {
    for bytes in [0, 1, 63, 64, 65, 1_000_000] {
      let memory = kernels_allocate(bytes)!
      #expect(Int(bitPattern: memory) % 64 == 0)
      kernels_release(memory, bytes)
    }
  }
}
