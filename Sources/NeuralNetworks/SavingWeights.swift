import FoundationEssentials
import Tensors

extension Model {
  /// Writes all weights to a file in the safetensors format. The file is whole or not there: it is written
  /// beside its place and then moved.
  public func save(to path: String) throws(WeightsError) { try weights.save(to: path) }

  /// Sets all weights from a file in the safetensors format. Where anything is wrong with it, the model is left as
  /// it was.
  public func load(from path: String) throws(WeightsError) {
    let read = try Weights(contentsOf: path)
    if let misfit = misfit(of: read) { throw WeightsError(place: path, problem: misfit) }
    weights = read
  }
}

extension Weights {
  /// Writes a file in the safetensors format.
  public func save(to path: String) throws(WeightsError) {
    do {
      try safeTensors.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw WeightsError(place: path, problem: .unwritable(reason(error)))
    }
  }

  /// Reads a file in the safetensors format, with float32 and float64 numbers.
  public init(contentsOf path: String) throws(WeightsError) {
    let bytes: Data
    do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
      throw WeightsError(place: path, problem: .unreadable(reason(error)))
    }
    do { try self.init(safeTensors: bytes) } catch {
      throw WeightsError(place: path, problem: error)
    }
  }
}

/// A file error in a few words.
private func reason(_ error: any Error) -> String {
  switch (error as? CocoaError)?.code {
  case .fileReadNoSuchFile?: "no such file"
  case .fileNoSuchFile?: "no such folder"
  case .fileReadUnknown?, .fileWriteUnknown?: "something that is no file"
  case .fileReadNoPermission?, .fileWriteNoPermission?: "no permission"
  case .fileWriteOutOfSpace?: "no space left"
  default: "\(error)"
  }
}

/// So that `memo` can keep a trained model: base 64 of the safetensors bytes, exact to the bit.
extension Weights: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(safeTensors.base64EncodedString())
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let bytes = Data(base64Encoded: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected base 64, found “\(text.prefix(20))…”")
    }
    try self.init(safeTensors: bytes)
  }
}
