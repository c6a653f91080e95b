import Tensors

/// Why weights could not be saved or loaded.
public struct WeightsError: Error, Equatable, CustomStringConvertible {
  /// The file, or what else they stood in.
  public let place: String
  public let problem: WeightsProblem

  /// “weights/critic.safetensors: expected …, found …; …”
  public var description: String {
    "\(place): expected \(problem.expected), found \(problem.found); \(problem.mend)"
  }
}

/// What is wrong with weights, or with the file of them.
public enum WeightsProblem: Error, Equatable, Sendable {
  case unreadable(String)
  case unwritable(String)
  /// Less or more bytes than the header says.
  case wrongLength(expected: Int, found: Int)
  case wrongHeader(String)
  case missing([String])
  case extra([String])
  case wrongShape(String, expected: Shape, found: Shape)
  case wrongPrecision(String, expected: Precision, found: Precision)

  var expected: String {
    switch self {
    case .unreadable: "a file that can be read"
    case .unwritable: "a place where a file can be written"
    case .wrongLength(let expected, _): "\(expected) bytes, as its header says"
    case .wrongHeader: "a header in the safetensors format"
    case .missing(let names): "the weight\(ending(names)) \(listed(names))"
    case .extra: "weights of this model alone"
    case .wrongShape(let name, let expected, _): "shape \(expected) for \(name)"
    case .wrongPrecision(let name, let expected, _): "\(expected) for \(name)"
    }
  }

  var found: String {
    switch self {
    case .unreadable(let reason), .unwritable(let reason), .wrongHeader(let reason): reason
    case .wrongLength(_, let found): "\(found)"
    case .missing: "none"
    case .extra(let names): "\(listed(names)) besides"
    case .wrongShape(_, _, let found): "\(found)"
    case .wrongPrecision(_, _, let found): "\(found)"
    }
  }

  var mend: String {
    switch self {
    case .unreadable: "save the weights first, or correct the path"
    case .unwritable: "make the folder, or choose another"
    case .wrongLength: "was it written whole? save it again"
    case .wrongHeader: "save it again with save(to:)"
    case .missing, .extra:
      "weights go by the names of stored properties; was one renamed, or a layer added?"
    case .wrongShape: "make the model with the sizes it was trained with"
    case .wrongPrecision: "make the model inside withPrecision(…) as it was trained"
    }
  }

  private func ending(_ names: [String]) -> String { names.count == 1 ? "" : "s" }

  private func listed(_ names: [String]) -> String {
    names.count <= 4
      ? names.joined(separator: ", ")
      : names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
  }
}
