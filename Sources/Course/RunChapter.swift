import Kernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The value of an interpolation in the prose. The text comes padded, for the sake of its column.
public func interpolated(_ index: Int, _ text: String) {
  Output.say(.interpolated(index, text: String(text.drop { $0 == " " })))
}

/// Runs a chapter's cells, on as many threads as whoever runs it can spare: what the program made of a chapter
/// calls first and last.
public func runChapter(seed: UInt64, _ cells: () throws -> Void) {
  random = SeededGenerator(seed: seed)
  if let threads = getenv("COURSE_THREADS").flatMap({ Int32(String(cString: $0)) }) {
    kernels_set_threads(threads)
  }
  do {
    try cells()
  } catch {
    Output.say(.threw("\(error)"))
    exit(1)
  }
  var usage = rusage()
  #if canImport(Darwin)
    getrusage(RUSAGE_SELF, &usage)
    let peak = usage.ru_maxrss
  #else
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let peak = usage.ru_maxrss * 1024  // Linux counts kilobytes
  #endif
  Output.say(.finished(peakMemory: peak))
}
