import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The channel on which a running chapter speaks to whoever runs it.
public enum Output {
  /// Marks the beginning of a record (RFC 7464).
  public static let recordSeparator: UInt8 = 0x1E

  private static let cell = Mutex<(index: Int, began: ContinuousClock.Instant)?>(nil)

  /// The cell that is running; nil before the first.
  public static var currentCell: Int? { cell.withLock { $0?.index } }

  /// Begins cell `index`, and says so.
  public static func beginCell(_ index: Int) {
    LoopBoard.clear()
    cell.withLock { $0 = (index, .now) }
    say(.cellBegan(index))
  }

  /// Ends cell `index`, and says how long it took.
  public static func endCell(_ index: Int) {
    let began = cell.withLock { $0?.began ?? .now }
    say(.cellEnded(index, seconds: (.now - began) / .seconds(1)))
  }

  /// Says one thing, at once: nothing is lost when the next statement traps.
  public static func say(_ record: Record) {
    switch destination {
    case .standardOutput: send(record)
    case .list(let collected): collected.records.withLock { $0.append(record) }
    case .nowhere(let reason): fatalError(reason)
    }
  }

  /// What `body` says, kept from standard output.
  public static func collecting(_ body: () throws -> Void) rethrows -> [Record] {
    let collected = Collected()
    try $destination.withValue(.list(collected), operation: body)
    return collected.records.withLock { $0 }
  }

  /// Runs a `body` that must say nothing; if it does all the same, the program ends with `reason`.
  public static func silent<Result>(
    because reason: String, _ body: () throws -> Result
  ) rethrows -> Result {
    try $destination.withValue(.nowhere(because: reason), operation: body)
  }

  @TaskLocal private static var destination = Destination.standardOutput

  private enum Destination: Sendable {
    case standardOutput
    case list(Collected)
    case nowhere(because: String)
  }

  private final class Collected: Sendable {
    let records = Mutex<[Record]>([])
  }

  /// Held while a record is written, so that two threads of a cell cannot mix theirs.
  private static let writing = Mutex(())

  private static func send(_ record: Record) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = Record.nonConformingFloats
    guard var bytes = try? encoder.encode(record) else {
      fatalError("a record could not be written as JSON: \(record)")
    }
    bytes.insert(recordSeparator, at: bytes.startIndex)
    bytes.append(0x0A)
    writing.withLock { _ in
      fflush(nil)  // what was printed round `print` comes first
      bytes.withUnsafeBytes { buffer in
        var rest = UnsafeRawBufferPointer(buffer)
        while !rest.isEmpty {
          let written = write(STDOUT_FILENO, rest.baseAddress, rest.count)
          // The reader is gone: nobody is left to speak to.
          if written <= 0 && errno != EINTR { exit(74) }
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(written, 0)))
        }
      }
    }
  }
}

extension Record {
  static var nonConformingFloats: JSONEncoder.NonConformingFloatEncodingStrategy {
    .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }

  /// Reads one record from its JSON text.
  public init(json: some Sequence<UInt8>) throws {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    self = try decoder.decode(Record.self, from: Data(json))
  }
}
