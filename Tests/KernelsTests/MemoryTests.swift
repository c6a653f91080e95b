import Foundation
import Kernels
import Randomness
import Synchronization
import Testing

/// What is counted for the whole program is looked at in a process of its own, where nobody else asks for memory.
@Suite struct MemoryTests {
  @Test func memoryIsAlignedAndItsOwn() {
    var random = SeededGenerator(seed: 34)
    var blocks: [(memory: UnsafeMutableRawPointer, bytes: Int, mark: UInt8)] = []
    for step in 0..<20_000 {
      if blocks.count < 200 && Bool.random(using: &random) || blocks.isEmpty {
        let bytes = Int(exp2(random.uniform(from: -1, to: 18)))
        let memory = kernels_allocate(bytes)!
        #expect(Int(bitPattern: memory) % 64 == 0)
        let mark = UInt8(truncatingIfNeeded: step)
        memset(memory, Int32(mark), bytes)
        blocks.append((memory, bytes, mark))
      } else {
        let block = blocks.remove(at: Int.random(in: 0..<blocks.count, using: &random))
        let bytes = UnsafeRawBufferPointer(start: block.memory, count: block.bytes)
        #expect(bytes.allSatisfy { $0 == block.mark })
        kernels_release(block.memory, block.bytes)
      }
    }
    for block in blocks { kernels_release(block.memory, block.bytes) }
  }

  @Test func whatIsGivenBackIsGivenOutAgain() async {
    await #expect(processExitsWith: .success) {
      for bytes in [1, 64, 700, 5_000, 65_536, 65_537, 1_000_000, 9_000_000] {
        let first = kernels_allocate(bytes)
        kernels_release(first, bytes)
        // Any size of the same class will do, and nobody else takes a small block of this thread.
        let second = kernels_allocate(bytes)
        if bytes <= 65_536 { #expect(first == second) }
        kernels_release(second, bytes)
      }
    }
  }

  @Test func useAndPeakAreCounted() async {
    await #expect(processExitsWith: .success) {
      let before = kernels_memory_in_use()
      let blocks = (1...10).map { kernels_allocate($0 * 2_000_000)! }
      #expect(kernels_memory_in_use() - before == 110_000_000)
      for (index, block) in blocks.enumerated() { kernels_release(block, (index + 1) * 2_000_000) }
      #expect(kernels_memory_in_use() == before)
      #expect(kernels_memory_peak() == before + 110_000_000)
      kernels_reset_memory_peak()
      #expect(kernels_memory_peak() == before)
    }
  }

  @Test func useIsCountedWhenThreadsMeet() async {
    await #expect(processExitsWith: .success) {
      let before = kernels_memory_in_use()
      onThreads(4) { _ in
        for _ in 0..<1_000_000 { kernels_release(kernels_allocate(60_000), 60_000) }
      }
      #expect(kernels_memory_in_use() == before)
    }
  }

  @Test func memoryMayBeGivenBackOnAnotherThread() async {
    await #expect(processExitsWith: .success) {
      let before = kernels_memory_in_use()
      let rounds = 200
      let handed = Mutex<[(UInt, Int)]>([])
      onThreads(4) { index in
        var random = SeededGenerator(seed: UInt64(index))
        for _ in 0..<rounds {
          for _ in 0..<20 {
            let bytes = Int.random(in: 0..<200_000, using: &random)
            let memory = kernels_allocate(bytes)!
            memset(memory, 1, bytes)
            handed.withLock { $0.append((UInt(bitPattern: memory), bytes)) }
          }
          for _ in 0..<20 {
            let (address, bytes) = handed.withLock { list in
              list.remove(at: Int.random(in: 0..<list.count, using: &random))
            }
            kernels_release(UnsafeMutableRawPointer(bitPattern: address), bytes)
          }
        }
      }
      #expect(handed.withLock { $0.isEmpty })
      #expect(kernels_memory_in_use() == before)
    }
  }

  @Test(arguments: [1 << 57 + 1, 1 << 60, 1 << 62, Int.max, -1, -64, Int.min])
  func moreThanAnyMachineHasIsRefusedWithASentence(bytes: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [bytes] in
      _ = kernels_allocate(bytes)
    }
    let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      words.contains(
        "expected at most \(1 << 57) bytes of memory, found \(UInt(bitPattern: bytes))"))
  }

  @Test func moreThanThisMachineHasIsRefusedWithASentence() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = kernels_allocate(1 << 57)
    }
    let words = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(words.contains("no memory left: \(1 << 57) bytes were asked for"))
  }

  #if os(Linux)
    @Test func sizesThatChangeForEverDoNotFillTheMachine() async {
      await #expect(processExitsWith: .success) {
        /// The process's resident memory.
        func resident() throws -> Int {
          let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(
            separator: " ")[1]
          return Int(pages)! * 4_096
        }
        let before = try resident()
        var bytes = 1_000_000.0
        while bytes < 200e6 {
          let memory = kernels_allocate(Int(bytes))!
          memset(memory, 1, Int(bytes))
          kernels_release(memory, Int(bytes))
          bytes *= 1.04
        }
        // Each size once is 5 GB; one block of each class 1.2 GB.
        #expect(try resident() - before < 800_000_000)
      }
    }
  #endif
}
