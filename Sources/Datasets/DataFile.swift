import CZlib
import DataCatalogue
import Failures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a data set could not be read.
package struct DataError: Error, Equatable, CustomStringConvertible {
  package var expected: String
  package var found: String
  package var mend: String

  package var description: String { "expected \(expected), found \(found); \(mend)" }
}

/// One file of a data set.
struct DataFile {
  let path: String
  let set: DataSet

  /// The file at the first of `places` where there is one.
  init(at places: [String], of set: DataSet) throws(DataError) {
    guard let path = places.first(where: { access($0, F_OK) == 0 }) else {
      throw DataError(
        expected: "the data set \(set.name) at \(places.joined(separator: " or "))",
        found: "no file there", mend: "install it: apt-get install \(set.package)")
    }
    self.path = path
    self.set = set
  }

  /// What is wrong with the file: its package ought to be installed anew.
  func damage(expected: String, found: String) -> DataError {
    DataError(
      expected: "\(path) \(expected)", found: found,
      mend: "install it anew: apt-get install --reinstall \(set.package)")
  }

  /// All bytes of the file, unpacked where it was packed by gzip.
  func read() throws(DataError) -> [UInt8] {
    errno = 0
    guard let file = gzopen(path, "rb") else {
      throw damage(expected: "to be readable", found: String(cString: strerror(errno)))
    }
    defer { gzclose(file) }
    let chunk = 1 << 22
    gzbuffer(file, 1 << 18)
    var bytes: [UInt8] = []
    var read: Int32 = 0
    repeat {
      bytes += [UInt8](unsafeUninitializedCapacity: chunk) { memory, count in
        read = gzread(file, memory.baseAddress, UInt32(chunk))
        count = max(0, Int(read))
      }
    } while read > 0
    // Of a file that ends too early zlib first gives what there is.
    var code: Int32 = 0
    let words = gzerror(file, &code).map { String(cString: $0) } ?? ""
    if code == Z_OK { return bytes }
    let found =
      code == Z_ERRNO
      ? String(cString: strerror(errno))
      : "damage after \(bytes.count) bytes (\(words.split(separator: ": ").last ?? "no reason told"))"
    throw damage(expected: "to be whole", found: found)
  }
}

/// The value of `body`; where a file is missing or damaged, the program stops and says so.
package func orFail<Value>(_ body: () throws(DataError) -> Value) -> Value {
  do { return try body() } catch {
    fail(expected: error.expected, found: error.found, mend: error.mend)
  }
}
