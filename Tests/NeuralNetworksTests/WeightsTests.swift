import Foundation
import NeuralNetworks
import Randomness
import Tensors
import Testing

/// A network with parameters, running values and nested layers.
private struct Network: Model {
  let layers: MLP
  let norm = BatchNorm(3)

  init(seed: UInt64, outputs: Int = 3) {
    var random = SeededGenerator(seed: seed)
    layers = MLP([4, 5, outputs], isSpectrallyNormalised: true, using: &random)
    _ = norm(.normal([6, 3], using: &random))
  }
}

private struct Renamed: Model {
  let layers: MLP
  let normalisation = BatchNorm(3)
}

@Suite final class WeightsTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "weights-\(UUID().uuidString)", directoryHint: .isDirectory)
  private var path: String { folder.appending(path: "network.safetensors").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func words(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing was thrown"
    } catch { return "\(error)" }
  }

  /// Bytes of a file with this header and as many elements.
  private func write(header: String, elements: Int = 0) throws {
    var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    bytes.append(contentsOf: header.utf8)
    bytes.append(Data(count: elements))
    try bytes.write(to: URL(filePath: path))
  }

  // MARK: Values

  @Test func weightsAreAValueThatTrainingDoesNotChange() {
    let network = Network(seed: 1)
    let kept = network.weights
    let digest = kept.digest
    #expect(kept.names.prefix(2) == ["layers.layers[0].weight", "layers.layers[0].bias"])
    #expect(kept.names.contains("norm.runningMean"))
    #expect(kept.names.contains("layers.layers[0].spectralNorm.direction"))
    let x = Tensor.ones([2, 4])
    var adam = Adam(rate: 0.1)
    adam.update(network.layers, along: gradient(at: network.layers) { $0(x).squared().sum() })
    #expect(kept.digest == digest)
    #expect(network.weights.digest != digest)
    network.weights = kept
    #expect(network.weights.digest == digest)
  }

  @Test func weightsCanBeTakenFromAnotherModelOfTheSameMake() {
    let (one, other) = (Network(seed: 1), Network(seed: 2))
    one.weights = other.weights
    #expect(one.weights.digest == other.weights.digest)
    var adam = Adam(rate: 0.1)
    let digest = other.weights.digest
    adam.update(
      one.layers, along: gradient(at: one.layers) { $0(.ones([2, 4])).squared().sum() })
    #expect(one.layers.weights.digest != other.layers.weights.digest)
    #expect(one.layers.layers[1].bias!.value.scalars != [0, 0, 0])
    #expect(other.layers.layers[1].bias!.value.scalars == [0, 0, 0])
    #expect(other.norm.weights.digest == one.norm.weights.digest)
    #expect(digest != one.weights.digest)
  }

  @Test func weightsPassThroughJSONWithoutLosingABit() throws {
    for precision in Precision.allCases {
      try withPrecision(precision) {
        let kept = Network(seed: 3).weights
        let read = try JSONDecoder().decode(Weights.self, from: JSONEncoder().encode(kept))
        #expect(read.names == kept.names && read.digest == kept.digest)
      }
    }
  }

  // MARK: Files

  @Test(arguments: Precision.allCases)
  func whatIsSavedIsLoadedToTheLastBit(precision: Precision) throws {
    try withPrecision(precision) {
      let (one, other) = (Network(seed: 4), Network(seed: 5))
      try one.save(to: path)
      try other.load(from: path)
      #expect(other.weights.digest == one.weights.digest)
      #expect(other.norm.batches.value.scalar == 1)
      let first = try Data(contentsOf: URL(filePath: path))
      try other.save(to: path)
      #expect(try Data(contentsOf: URL(filePath: path)) == first)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }
  }

  @Test func aFileIsAsTheFormatSays() throws {
    struct Small: Model {
      let b = Parameter(Tensor([1.5, -2], precision: .float64))
      let a = Parameter(Tensor([[1, 2, 3]], precision: .float32))
    }
    try Small().save(to: path)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let header =
      #"{"a":{"data_offsets":[16,28],"dtype":"F32","shape":[1,3]},"#
      + #""b":{"data_offsets":[0,16],"dtype":"F64","shape":[2]}}"#
    let padding = (8 - header.utf8.count % 8) % 8
    #expect(bytes.prefix(8) == Data([UInt8(header.utf8.count + padding), 0, 0, 0, 0, 0, 0, 0]))
    #expect(
      String(decoding: bytes.dropFirst(8).prefix(header.utf8.count), as: UTF8.self) == header)
    let elements = Data(bytes.dropFirst(8 + header.utf8.count + padding))
    #expect(elements.count == 28)
    #expect(elements.prefix(8) == Data([0, 0, 0, 0, 0, 0, 0xF8, 0x3F]))
    #expect(elements.dropFirst(16).prefix(4) == Data([0, 0, 0x80, 0x3F]))
  }

  @Test func remarksInAHeaderAreSkipped() throws {
    try write(
      header:
        #"{"__metadata__":{"by":"hand"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      elements: 8)
    let read = try Weights(contentsOf: path)
    #expect(read.names == ["w"] && read["w"].scalars == [0, 0])
  }

  // MARK: Errors

  @Test func aMissingFileIsNamed() {
    #expect(
      words { try Network(seed: 6).load(from: path) }
        == "\(path): expected a file that can be read, found no such file; save the weights first, or correct the path"
    )
  }

  @Test func aMissingFolderIsNamed() {
    let path = folder.appending(path: "none/network.safetensors").path
    #expect(
      words { try Network(seed: 6).save(to: path) }
        == "\(path): expected a place where a file can be written, found no such folder; make the folder, or choose another"
    )
  }

  @Test func aTruncatedFileIsFound() throws {
    try Network(seed: 7).save(to: path)
    let whole = try Data(contentsOf: URL(filePath: path))
    for count in [0, 5, 40, whole.count - 1] {
      try whole.prefix(count).write(to: URL(filePath: path))
      let found = words { try Network(seed: 7).load(from: path) }
      #expect(
        found.hasPrefix("\(path): expected ")
          && found.hasSuffix(
            " bytes, as its header says, found \(count); was it written whole? save it again")
      )
    }
    try (whole + [0]).write(to: URL(filePath: path))
    #expect(
      words { try Network(seed: 7).load(from: path) }.contains(
        "expected \(whole.count) bytes, as its header says, found \(whole.count + 1)"))
  }

  @Test(arguments: [
    ("no JSON", "none in its first bytes"),
    (
      #"{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#,
      "dtype BF16 for w, where F32 and F64 are known"
    ),
    (#"{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, "shape [-2] for w"),
    (
      #"{"w":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}"#,
      "shape [2147483647, 2147483647, 2147483647] for w"
    ),
    (
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
      "w at bytes [4, 12] where [0, 8] is next"
    ),
    (
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
      "w at bytes [0] where [0, 8] is next"
    ),
    (
      #"{"v":{"dtype":"F64","shape":[2147483647],"data_offsets":[0,17179869176]},"w":{"dtype":"F64","shape":[1073741823,1073741824],"data_offsets":[17179869176,17179869177]}}"#,
      "shape [1073741823, 1073741824] for w"
    ),
  ])
  func aWrongHeaderIsExplained(header: String, found: String) throws {
    try write(header: header, elements: 12)
    #expect(
      words { _ = try Weights(contentsOf: path) }
        == "\(path): expected a header in the safetensors format, found \(found); save it again with save(to:)"
    )
  }

  @Test func weightsWithoutElementsComeBackToo() throws {
    struct Parts: Model {
      let first = Parameter(Tensor([1, 2]))
      let none = Parameter(.zeros([0]))
      let last = Parameter(Tensor([3]))
    }
    let parts = Parts()
    try parts.weights.save(to: path)
    let loaded = try Weights(contentsOf: path)
    #expect(loaded.names.count == 3)
    parts.weights = loaded
    #expect(parts.last.value.scalars == [3])
  }

  @Test func aFolderIsNoFile() throws {
    #expect(
      words { _ = try Weights(contentsOf: folder.path) }.contains(
        "expected a file that can be read, found something that is no file"))
  }

  /// Swift's dictionaries have another order in every process.
  @Test func theLayersOfADictionaryGoByTheirKeys() {
    struct Heads: Model {
      let heads: [String: Parameter]
    }
    let heads = Heads(
      heads: Dictionary(
        uniqueKeysWithValues: "qwertyuiop".map { ("\($0)", Parameter(Tensor([1]))) }))
    #expect(heads.parameters.map(\.name) == "eiopqrtuwy".map { "heads[\"\($0)\"]" })
  }

  @Test func anAbsurdHeaderLengthIsNotBelieved() throws {
    try Data([255, 255, 255, 255, 255, 255, 255, 255, 0]).write(to: URL(filePath: path))
    #expect(
      words { _ = try Weights(contentsOf: path) }.contains(
        "found one of 18446744073709551615 bytes"))
  }

  @Test func weightsOfAnotherModelAreRefusedAndNothingIsChanged() throws {
    var random = SeededGenerator(seed: 8)
    try Network(seed: 8).save(to: path)
    let other = Renamed(layers: MLP([4, 5, 3], isSpectrallyNormalised: true, using: &random))
    let digest = other.weights.digest
    #expect(
      words { try other.load(from: path) }
        == "\(path): expected the weights normalisation.scale, normalisation.shift, normalisation.runningMean and 2 more, found none; weights go by the names of stored properties; was one renamed, or a layer added?"
    )
    #expect(
      words { try other.layers.load(from: path) }.contains(
        "expected the weights layers[0].weight, layers[0].bias, layers[1].weight and 3 more, found none"
      ))
    let wider = Network(seed: 8, outputs: 2)
    #expect(
      words { try wider.load(from: path) }
        == "\(path): expected shape [5, 2] for layers.layers[1].weight, found [5, 3]; make the model with the sizes it was trained with"
    )
    #expect(other.weights.digest == digest)
  }

  @Test func moreThanTheModelHasIsRefused() throws {
    struct One: Model { let w = Parameter(Tensor([1])) }
    struct Two: Model {
      let w = Parameter(Tensor([1]))
      let v = Parameter(Tensor([1]))
    }
    try Two().save(to: path)
    #expect(
      words { try One().load(from: path) }.contains(
        "expected weights of this model alone, found v besides; weights go by the names"))
    try One().save(to: path)
    #expect(
      words { try Two().load(from: path) }.contains("expected the weight v, found none;"))
  }

  @Test func anotherPrecisionIsRefused() throws {
    try Network(seed: 9).save(to: path)
    let found = words { try withPrecision(.float64) { try Network(seed: 9).load(from: path) } }
    #expect(
      found.hasSuffix(
        "expected float64 for layers.layers[0].weight, found float32; make the model inside withPrecision(…) as it was trained"
      ))
  }
}
