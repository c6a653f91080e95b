import Foundation
import Kernels
import Literate

/// Where it was measured.
struct Machine: Codable {
  var processor: String
  var cores: Int
  /// What it has for many numbers at once: "AVX2, FMA, AVX-512".
  var vectors: [String]
  /// "L1 data 48 KB", for one core.
  var caches: [String]
  var system: String
  var swift: String
  /// Which instructions our kernels use.
  var kernels: String

  static func here() -> Machine {
    Machine(
      processor: processorName, cores: ProcessInfo.processInfo.activeProcessorCount,
      vectors: vectorInstructions, caches: cacheSizes,
      system: ProcessInfo.processInfo.operatingSystemVersionString,
      swift: compiler, kernels: String(cString: kernels_path_name()))
  }

  private static var processorName: String {
    #if os(Linux)
      let lines = text("/proc/cpuinfo").split(separator: "\n")
      let line = lines.first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
      return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        ?? "unknown"
    #else
      var bytes = [CChar](repeating: 0, count: 256)
      var size = bytes.count
      sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0)
      return String(cString: bytes)
    #endif
  }

  private static var vectorInstructions: [String] {
    #if arch(arm64)
      return ["NEON"]
    #else
      let lines = text("/proc/cpuinfo").split(separator: "\n")
      let flags = Set(lines.first { $0.hasPrefix("flags") }?.split(separator: " ") ?? [])
      return [("avx2", "AVX2"), ("fma", "FMA"), ("avx512f", "AVX-512")]
        .filter { flags.contains($0.0) }.map(\.1)
    #endif
  }

  private static var cacheSizes: [String] {
    let folder = FilePath("/sys/devices/system/cpu/cpu0/cache")
    return folder.children.filter { $0.hasPrefix("index") }.sorted().map { name in
      func property(_ file: String) -> String {
        text((folder / name / file).string).trimmingCharacters(in: .whitespacesAndNewlines)
      }
      let kind = property("type").lowercased()
      let size = property("size").replacing("K", with: " KB")
      return "L\(property("level")) \(kind == "unified" ? "" : "\(kind) ")\(size)"
    }
  }

  /// The version of the compiler this program was built with.
  private static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }

  private static func text(_ file: String) -> String {
    (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
  }
}

/// What all programs together have used of the processors since the machine began, in seconds.
struct ProcessorUse {
  var busy: Double

  /// nil where the system does not tell.
  static var now: ProcessorUse? {
    #if os(Linux)
      guard let file = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
        let line = file.split(separator: "\n").first
      else { return nil }
      // user nice system idle iowait irq softirq steal, in ticks of all processors
      let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
      guard ticks.count == 8 else { return nil }
      let idle = ticks[3] + ticks[4]
      return ProcessorUse(busy: (ticks.reduce(0, +) - idle) / Double(sysconf(Int32(_SC_CLK_TCK))))
    #else
      return nil
    #endif
  }
}
