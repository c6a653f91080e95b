// The English of what can be wrong with a book's files, in one place.
extension Problem {
  static func unreadable(_ file: String, because reason: String) -> Problem {
    Problem("expected to read \(file), found that it cannot be: \(reason)")
  }

  static func notUTF8(_ location: SourceLocation, byte: UInt8) -> Problem {
    let hex = String(byte, radix: 16, uppercase: true)
    return Problem(
      at: location, "expected UTF-8 text, found the byte 0x\(hex)",
      mend: "save the file as UTF-8")
  }
}
