import Outputs

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a cell that must trap, in a child process, and says whether it did and with which words.
///
/// What the cell changes is lost with the child: variables and `random` stay as they were.
public func trapping(cell: Int, _ body: () throws -> Void) {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { fatalError("cell \(cell): no pipe to its child: errno \(errno)") }
  fflush(nil)  // what is still buffered here must not be written by the child as well
  let child = forkProcess()
  if child < 0 { fatalError("cell \(cell): no child process to trap in: errno \(errno)") }
  if child == 0 {
    close(ends[0])
    dup2(ends[1], STDERR_FILENO)
    close(ends[1])
    run(body)
  }
  close(ends[1])
  let text = read(from: ends[0])
  close(ends[0])
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 && errno == EINTR {}

  // The signal that ended the child, as POSIX lays it out; zero when it ended by itself.
  let signal = status & 0x7F
  Output.say(signal == 0 ? .didNotTrap(cell) : .trapped(cell, message: message(of: text, signal)))
}

/// Swift has no name of its own for fork, which is only safe where, as here, the child does nothing but
/// run on and end.
@_silgen_name("fork")
private func forkProcess() -> pid_t

/// What the child does, to its end.
private func run(_ body: () throws -> Void) -> Never {
  do { try body() } catch { Output.say(.threw("\(error)")) }
  fflush(nil)
  _exit(0)
}

private func read(from descriptor: Int32) -> String {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// The words of `fatalError`; or those the runtime's backtrace begins with, when one of Swift's own checks
/// failed, which in an optimised program says nothing itself.
private func message(of text: String, _ signal: Int32) -> String {
  let lines = text.split(whereSeparator: \.isNewline)
  for line in lines {
    if let range = line.firstRange(of: "Fatal error: ") {
      return String(line[range.upperBound...])
    }
  }
  let (beginning, ending) = ("*** Swift runtime failure: ", " ***")
  for line in lines where line.hasPrefix(beginning) && line.hasSuffix(ending) {
    return String(line.dropFirst(beginning.count).dropLast(ending.count))
  }
  return "trapped without words (signal \(signal))"
}
