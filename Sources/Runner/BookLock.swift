import Foundation
import Literate

/// Held while a command changes a book's cache and site, so that two builds at once take turns.
public final class BookLock {
  private let descriptor: Int32

  /// Waits until no other command holds the lock, or until the task is cancelled.
  ///
  /// - Parameter waiting: called once, with the other's process number, when there is one to wait for.
  public init(folder: FilePath, waiting: (String) -> Void) async throws {
    do { try folder.makeDirectory() } catch {
      throw Problem(
        "expected a folder \(folder) to keep results in, found that it cannot be made",
        mend: "make the book's folder writable", details: [error.localizedDescription])
    }
    let file = folder / "lock"
    descriptor = open(file.string, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Problem(
        "expected to write \(file), found that it cannot be: \(String(cString: strerror(errno)))",
        mend: "make the book's folder writable")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let other = (try? file.read()).map { String(decoding: $0, as: UTF8.self) } ?? ""
      waiting(other.isEmpty ? "another process" : "process \(other)")
      while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        do { try await Task.sleep(for: .milliseconds(50)) } catch {
          close(descriptor)
          throw error
        }
      }
    }
    ftruncate(descriptor, 0)
    let me = Array(String(ProcessInfo.processInfo.processIdentifier).utf8)
    _ = me.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }
}
