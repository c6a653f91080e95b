/// A fingerprint of bytes: FNV-1a with 128 bits. Tells contents apart; no guard against forgery.
public struct Digest: Sendable, Hashable, Codable, CustomStringConvertible {
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  public init() {}

  public init(of text: String) {
    self.init()
    add(text)
  }

  public mutating func add(_ bytes: some Sequence<UInt8>) {
    var state = state
    for byte in bytes {
      state = (state ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    self.state = state
  }

  /// Adds a text and its end, so that "ab", "c" and "a", "bc" differ.
  public mutating func add(_ text: String) {
    add(text.utf8)
    add([0xFF])
  }

  public var description: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let state = UInt128(text, radix: 16) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a digest: \(text)"))
    }
    self.state = state
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
