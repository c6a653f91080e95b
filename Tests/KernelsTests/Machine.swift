import Foundation
import Kernels
import Testing

/// The path and the number of threads belong to the whole process. Tests that choose them hold this lock.
private let machine = NSRecursiveLock()

let paths: [kernels_path] = [KERNELS_BEST, KERNELS_WITHOUT_AVX512, KERNELS_PORTABLE]

/// Runs `body` on one path with so many threads; afterwards all is as it was.
func on<Result>(
  _ path: kernels_path, threads: Int = 1, _ body: () throws -> Result
) rethrows -> Result {
  machine.lock()
  defer { machine.unlock() }
  let before = kernels_threads()
  kernels_choose_path(path)
  kernels_set_threads(Int32(threads))
  defer {
    kernels_choose_path(KERNELS_BEST)
    kernels_set_threads(before)
  }
  return try body()
}

/// Runs `body` on several threads at once and waits for all.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      body(index)
      group.leave()
    }
  }
  group.wait()
}

/// Both paths must give what the oracle gives, and two and three threads the same bytes as one.
func onEveryMachine<Number: KernelNumber>(
  near expected: [Double], within tolerance: Double = Number.tolerance,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () -> [Number]
) {
  for path in paths {
    let alone = on(path) { body() }
    expect(alone, near: expected, within: tolerance, sourceLocation: sourceLocation)
    for threads in 2...3 {
      let together = on(path, threads: threads) { body() }
      let same = alone.withUnsafeBytes { a in
        together.withUnsafeBytes { b in
          a.count == b.count && memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
        }
      }
      #expect(
        alone.isEmpty || same,
        "\(threads) threads give other bytes than one, path \(path.rawValue)",
        sourceLocation: sourceLocation)
    }
  }
}

/// Each number within `tolerance` of the expected one, relative to its size or to 1, whichever is larger.
func expect<Number: KernelNumber>(
  _ found: [Number], near expected: [Double], within tolerance: Double = Number.tolerance,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, sourceLocation: sourceLocation)
  for (index, (y, z)) in zip(found, expected).enumerated() {
    let y = Double(y)
    let close = abs(y - z) <= tolerance * max(1, abs(z))
    guard close || y == z || (y.isNaN && z.isNaN) else {
      Issue.record("number \(index) is \(y), not \(z)", sourceLocation: sourceLocation)
      return
    }
  }
}
