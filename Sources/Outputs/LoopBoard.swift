import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a program notes the loops over `progress(…)` that it is in.
///
/// The runner puts a file in the board's place, which the program maps into its memory, and reads it from
/// outside whenever it likes. So a loop never waits and never looks at a clock; the first step shows, however
/// long it takes; and after the program has died, however it died, the board still tells the very step.
public struct LoopBoard: Sendable, Equatable {
  /// Outer loops before inner ones; loops of several threads in the order in which they began.
  public var running: [RunningLoop]
  /// The outermost loop where it was left before its end, until another begins: by an error, perhaps.
  public var left: RunningLoop?

  /// The environment's name for the file.
  public static let variable = "COURSE_LOOP_BOARD"
  /// Bytes of the file; all zero where no loop runs.
  public static let size = capacity * LoopSlot.words * MemoryLayout<Int>.size
  /// Loops beyond these run unseen.
  private static let capacity = 8

  /// Reads a board; one that is cut short counts as blank.
  public init(_ bytes: [UInt8]) {
    let slots = bytes.withUnsafeBytes { bytes in
      (0..<(bytes.count < Self.size ? 0 : Self.capacity)).map { LoopSlot.read(bytes, slot: $0) }
    }
    running = slots.filter { $0.serial > 0 && $0.step > 0 }.sorted { $0.serial < $1.serial }
    left = slots.first { $0.serial < 0 }
  }

  /// The board of this program, as it stands now: for an error that wants to name the step.
  public static var own: LoopBoard {
    LoopBoard(Array(UnsafeRawBufferPointer(start: memory, count: size)))
  }

  /// The last loop's serial; held while an entry begins or ends.
  static let lastSerial = Mutex(0)

  static func begin(total: Int, name: String?) -> LoopSlot? {
    lastSerial.withLock { last in
      for slot in slots where slot.serial < 0 { slot.serial = 0 }
      guard let slot = slots.first(where: { $0.serial == 0 }) else { return nil }
      last += 1
      slot.write(total: total, name: name ?? "")
      slot.serial = last
      return LoopSlot(start: slot.start, owner: last)
    }
  }

  /// Strikes out everything: between cells no loop runs. A cell that must trap leaves the loops of the child
  /// that ran it.
  static func clear() {
    lastSerial.withLock { _ in
      for slot in slots { slot.serial = 0 }
    }
  }

  static var isBlank: Bool { slots.allSatisfy { $0.serial <= 0 } }

  private static var slots: [LoopSlot] {
    (0..<capacity).map { LoopSlot(start: memory + $0 * LoopSlot.words, owner: 0) }
  }

  private nonisolated(unsafe) static let memory: UnsafeMutablePointer<Atomic<Int>> = {
    var bytes: UnsafeMutableRawPointer?
    if let path = getenv(variable) {
      let file = open(path, O_RDWR)
      defer { close(file) }
      guard file >= 0, lseek(file, 0, SEEK_END) >= size else {
        fatalError("\(variable) must name a file of \(size) bytes, found \(String(cString: path))")
      }
      bytes = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
      if bytes == MAP_FAILED { fatalError("\(variable) could not be mapped: errno \(errno)") }
    } else {
      bytes = .allocate(byteCount: size, alignment: MemoryLayout<Int>.alignment)
      memset(bytes!, 0, size)
    }
    return bytes!.assumingMemoryBound(to: Atomic<Int>.self)
  }()
}

/// One entry of the board, in words of memory: serial (below zero: left before its end; zero: free), step,
/// total, bytes of the name; and the name.
struct LoopSlot: Sendable {
  nonisolated(unsafe) let start: UnsafeMutablePointer<Atomic<Int>>
  /// The serial of the loop that has it.
  let owner: Int

  static let words = 16
  private static let nameStart = 4 * MemoryLayout<Int>.size
  private static let longestName = words * MemoryLayout<Int>.size - nameStart

  var serial: Int {
    get { start.pointee.load(ordering: .acquiring) }
    nonmutating set { start.pointee.store(newValue, ordering: .releasing) }
  }

  func reach(_ step: Int) { start[1].store(step, ordering: .relaxed) }

  func write(total: Int, name: String) {
    // It stands in a line of its own.
    var name = String(name.map { $0.isNewline ? " " : $0 })
    while name.utf8.count > Self.longestName { name.removeLast() }
    start[1].store(0, ordering: .relaxed)
    start[2].store(total, ordering: .relaxed)
    start[3].store(name.utf8.count, ordering: .relaxed)
    let place = UnsafeMutableRawBufferPointer(
      start: UnsafeMutableRawPointer(start) + Self.nameStart, count: Self.longestName)
    place.copyBytes(from: name.utf8)
  }

  func end(isFinished: Bool) {
    LoopBoard.lastSerial.withLock { _ in
      guard serial == owner else { return }
      serial = 0
      if !isFinished, LoopBoard.isBlank { serial = -owner }
    }
  }

  static func read(_ bytes: UnsafeRawBufferPointer, slot: Int) -> RunningLoop {
    let first = slot * words * MemoryLayout<Int>.size
    func word(_ index: Int) -> Int {
      bytes.loadUnaligned(fromByteOffset: first + index * MemoryLayout<Int>.size, as: Int.self)
    }
    let name = bytes[(first + nameStart)...].prefix(min(max(0, word(3)), longestName))
    return RunningLoop(
      serial: word(0), step: word(1), total: word(2),
      name: name.isEmpty ? nil : String(decoding: name, as: UTF8.self))
  }
}
