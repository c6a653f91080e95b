import Foundation
import Kernels
import Synchronization
import Testing

@Suite struct MachineTests {
  @Test func thePathHasAName() {
    let names = ["AVX-512 in products, AVX2 and FMA", "AVX2 and FMA", "NEON", "portable C"]
    #expect(names.contains(String(cString: kernels_path_name())))
    on(KERNELS_WITHOUT_AVX512) {
      #expect(names.dropFirst().contains(String(cString: kernels_path_name())))
    }
    on(KERNELS_PORTABLE) {
      #expect(["NEON", "portable C"].contains(String(cString: kernels_path_name())))
    }
  }

  @Test func thePeakIsMeasured() {
    let peak = kernels_fma_peak()
    #expect(peak > 1 && peak < 2_000)
  }

  @Test func theNumberOfThreadsIsAtLeastOne() {
    on(KERNELS_BEST) {
      for (asked, got) in [(1, 1), (2, 2), (0, 1), (-3, 1), (7, 7)] {
        kernels_set_threads(Int32(asked))
        #expect(kernels_threads() == got)
      }
    }
  }
}

/// How often each chunk was done.
final class Tally: @unchecked Sendable {
  let count: Int
  private let times: UnsafeMutablePointer<Atomic<Int>>
  init(_ count: Int) {
    self.count = count
    times = .allocate(capacity: count)
    for index in 0..<count { (times + index).initialize(to: Atomic(0)) }
  }
  deinit { times.deallocate() }

  /// All chunks on the pool, each with a little work, and with `inner` chunks of its own.
  func run(_ work: Int = 0, inner: Int = 0) {
    self.work.store(work, ordering: .relaxed)
    self.inner.store(inner, ordering: .relaxed)
    kernels_parallel(
      count,
      { context, chunk in
        let tally = Unmanaged<Tally>.fromOpaque(context!).takeUnretainedValue()
        var sum = 0.0
        for step in 0..<tally.work.load(ordering: .relaxed) { sum += Double(step).squareRoot() }
        tally.sink.store(sum.bitPattern, ordering: .relaxed)
        let inner = tally.inner.load(ordering: .relaxed)
        if inner > 0 { Tally(inner).run() }
        tally.times[chunk].add(1, ordering: .relaxed)
      }, Unmanaged.passUnretained(self).toOpaque())
  }
  private let work = Atomic(0), inner = Atomic(0), sink = Atomic<UInt64>(0)

  var all: [Int] { (0..<count).map { times[$0].load(ordering: .relaxed) } }
}

@Suite struct ThreadTests {
  @Test(arguments: [1, 2, 3, 8]) func everyChunkIsDoneOnce(threads: Int) {
    on(KERNELS_BEST, threads: threads) {
      for count in [0, 1, 2, 3, 10, 1_000] {
        for work in [0, 100, 10_000 / max(1, count)] {
          let tally = Tally(count)
          for _ in 0..<20 { tally.run(work) }
          #expect(tally.all == Array(repeating: 20, count: count))
        }
      }
    }
  }

  @Test func nestedCallsAreDoneWhole() {
    on(KERNELS_BEST, threads: 3) {
      let tally = Tally(50)
      tally.run(10, inner: 7)
      #expect(tally.all == Array(repeating: 1, count: 50))
    }
  }

  @Test func fourThreadsMayUseThePoolAtOnce() {
    on(KERNELS_BEST, threads: 3) {
      let wrong = Atomic(0)
      let x = Float.numbers(300_000)
      let oracle = [Float](x.count) { kernels_map_f(KERNELS_TANH, x, $0, x.count, 0, 0) }
      onThreads(4) { _ in
        for round in 0..<100 {
          let tally = Tally(40)
          tally.run(200)
          if tally.all != Array(repeating: 1, count: 40) { wrong.add(1, ordering: .relaxed) }
          if round % 10 == 0 {
            let y = [Float](x.count) { kernels_map_f(KERNELS_TANH, x, $0, x.count, 0, 0) }
            if y != oracle { wrong.add(1, ordering: .relaxed) }
          }
        }
      }
      #expect(wrong.load(ordering: .relaxed) == 0)
    }
  }

  @Test func thePoolMayGrowAndShrinkWhileItIsUsed() {
    on(KERNELS_BEST, threads: 1) {
      let wrong = Atomic(0)
      onThreads(3) { index in
        for round in 0..<200 {
          if index == 0 { kernels_set_threads(Int32(1 + round % 5)) }
          let tally = Tally(9)
          tally.run(100)
          if tally.all != Array(repeating: 1, count: 9) { wrong.add(1, ordering: .relaxed) }
        }
      }
      #expect(wrong.load(ordering: .relaxed) == 0)
    }
  }

  #if os(Linux)
    /// Course cells that must trap run in children: the pool's threads are not there, and nobody may wait for them.
    @Test func aChildOfForkWorksAlone() {
      on(KERNELS_BEST, threads: 3) {
        Tally(20).run(1_000)
        let child = fork()
        if child == 0 {
          let memory = kernels_allocate(1_000_000)
          kernels_release(memory, 1_000_000)
          let tally = Tally(20)
          tally.run(100)
          _exit(tally.all == Array(repeating: 1, count: 20) && kernels_threads() == 1 ? 0 : 1)
        }
        // A child that waits for ever is ended by its own clock.
        var status: Int32 = -1
        let deadline = Date(timeIntervalSinceNow: 600)
        while waitpid(child, &status, WNOHANG) == 0 {
          if Date() > deadline { kill(child, SIGKILL) }
          usleep(1_000)
        }
        #expect(status == 0)
        let tally = Tally(20)
        tally.run(100)
        #expect(tally.all == Array(repeating: 1, count: 20))
      }
    }
  #endif
}
