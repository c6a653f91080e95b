import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The channel on which a running chapter speaks to whoever runs it.
public enum Output {
  /// Marks the beginning of a record (RFC 7464).
  public static let recordSeparator: UInt8 = 0x1E

  /// Says one thing, at once: nothing is lost when the next statement traps.
  public static func say(_ record: Record) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = Record.nonConformingFloats
    guard var bytes = try? encoder.encode(record) else {
      fatalError("a record could not be written as JSON: \(record)")
    }
    bytes.insert(recordSeparator, at: bytes.startIndex)
    bytes.append(0x0A)
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
