import FoundationEssentials
import Outputs
import Randomness
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps a costly result from one run of the chapter to the next.
///
///     let model = memo("the trained model") { train(on: points, using: &random) }
///
/// A kept result is taken only if nothing it could stand on has changed: the code of all cells up to
/// this one, the library, the data and the seed. Whether it was kept or computed, `random` goes on from
/// the same place.
///
/// A name is used once in a chapter. `compute` must say nothing (no print, no show, no expect), since a
/// kept result would not say it again. The runner says where results are kept; without it every run
/// computes.
public func memo<Value: Codable>(
  _ name: String, line: Int = #line, _ compute: () throws -> Value
) rethrows -> Value {
  if name.isBlank { fatalError("line \(line): memo needs a name for its result, found none") }
  let earlier = memoLines.withLock { lines in
    defer { lines[name] = line }
    return lines[name]
  }
  if let earlier {
    fatalError(
      "line \(line): memo(“\(name)”) has the name of the one on line \(earlier); each needs its own"
    )
  }
  let file = KeptFile(of: name)
  if let kept = file?.read(as: Value.self) {
    random = kept.random
    Output.say(.remembered(name: name, wasKept: true, seconds: kept.seconds))
    return kept.value
  }
  let clock = ContinuousClock()
  let start = clock.now
  let value = try Output.silent(
    because:
      "line \(line): inside memo(“\(name)”) nothing can be printed, shown or expected, since a "
      + "kept result would not say it again; do it after",
    compute)
  let seconds = (clock.now - start) / .seconds(1)
  file?.write(Kept(name: name, seconds: seconds, random: random, value: value), line: line)
  Output.say(.remembered(name: name, wasKept: false, seconds: seconds))
  return value
}

/// The lines on which the chapter's results are kept, by name.
private let memoLines = Mutex<[String: Int]>([:])

/// What is written: the result and where `random` stood after it.
private struct Kept<Value: Codable>: Codable {
  let name: String
  let seconds: Double
  let random: SeededGenerator
  let value: Value
}

/// The file of one result, as the runner's environment has it:
/// - `COURSE_MEMO_DIRECTORY`: the folder
/// - `COURSE_MEMO_KEYS`: a JSON object, from a cell's index to the key of all its results stand on.
private struct KeptFile {
  let directory: URL
  let url: URL
  let name: String

  /// Nil where the runner keeps nothing for this cell.
  init?(of name: String) {
    guard let directory = getenv("COURSE_MEMO_DIRECTORY"), let keys = getenv("COURSE_MEMO_KEYS")
    else { return nil }
    let text = String(cString: keys)
    guard let keys = try? JSONDecoder().decode([String: String].self, from: Data(text.utf8)) else {
      fatalError("COURSE_MEMO_KEYS must be a JSON object of cell index and key, found \(text)")
    }
    guard let cell = Output.currentCell, let key = keys["\(cell)"] else { return nil }
    self.name = name
    self.directory = URL(filePath: String(cString: directory), directoryHint: .isDirectory)
    let hash = String(fingerprint(of: name), radix: 16)
    url = self.directory.appending(path: "\(key)-\(hash).json", directoryHint: .notDirectory)
  }

  /// Nil when there is no such file, or one that cannot be read: it is then computed again and
  /// overwritten.
  func read<Value: Codable>(as type: Value.Type) -> Kept<Value>? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? Data(contentsOf: url),
      let kept = try? decoder.decode(Kept<Value>.self, from: data), kept.name == name
    else { return nil }
    return kept
  }

  func write(_ kept: Kept<some Codable>, line: Int) {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      let data = try encoder.encode(kept)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try data.write(to: url, options: .atomic)  // a temporary file, then a rename
    } catch {
      fatalError("line \(line): memo(“\(name)”) cannot be kept in \(url.path): \(error)")
    }
  }
}
