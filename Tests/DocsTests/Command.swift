import Foundation
import Literate
import Workbench

/// A program run to its end.
enum Command {
  /// What it writes to standard output.
  static func output(of program: FilePath, _ arguments: [String] = []) throws -> String {
    let process = Process()
    process.executableURL = program.url
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words of `course … --help`.
  static func help(_ subcommand: String? = nil) throws -> String {
    let programs = try Workbench().installation.libraries
    // The launcher hands this one to a program of its own.
    if subcommand == "benchmark" { return try output(of: programs / "benchmark", ["--help"]) }
    return try output(of: programs / "course", [subcommand, "--help"].compactMap { $0 })
  }
}
