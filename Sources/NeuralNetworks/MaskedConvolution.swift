import Failures
import Tensors

/// A convolution over pictures that sees only a part of its window, so that a pixel can be predicted from
/// earlier ones: PixelCNN (van den Oord et al., 2016). Pixels are ordered row by row, left to right.
///
/// The result is as large as the picture. The work for what is not seen is skipped.
public struct MaskedConvolution: Model {
  /// What a pixel's window sees, itself being the centre.
  public enum View: Sendable, CaseIterable {
    /// All pixels before it: PixelCNN's mask A, for the first layer.
    case earlier
    /// All pixels before it and itself: mask B, for the layers after the first.
    case earlierAndItself
    /// The rows above it: the vertical stack's first layer.
    case rowsAbove
    /// The rows above it and its own row: the vertical stack after its first layer, where each place knows
    /// rows above alone.
    case rowsAboveAndItsOwn
    /// What stands to its left on its row: the horizontal stack's first layer.
    case left
    /// Itself and what stands to its left on its row: the horizontal stack after its first layer.
    case leftAndItself

    /// Whether the place `right` to the right and `down` below the centre is seen.
    func contains(down: Int, right: Int) -> Bool {
      switch self {
      case .earlier: down < 0 || down == 0 && right < 0
      case .earlierAndItself: down < 0 || down == 0 && right <= 0
      case .rowsAbove: down < 0
      case .rowsAboveAndItsOwn: down <= 0
      case .left: down == 0 && right < 0
      case .leftAndItself: down == 0 && right <= 0
      }
    }
  }

  /// W, [window, window, channels, filters]; what is not seen is 0 and stays so.
  public let weight: Parameter
  /// b, [filters].
  public let bias: Parameter?
  /// Which places of the window are seen, row by row.
  public let taps: [Bool]
  public let dilation: Int
  public let activation: Activation

  /// - Parameters:
  ///   - window: an odd number
  ///   - initialiser: how W begins; what suits the activation where none is given. b begins at 0.
  public init(
    from channels: Int, to filters: Int, window: Int, seeing view: View, dilation: Int = 1,
    bias: Bool = true, activation: Activation = .none, initialiser: Initialiser? = nil,
    using random: inout some RandomNumberGenerator
  ) {
    requireSizes([("channels", channels), ("filters", filters)], of: "MaskedConvolution")
    let reach = window / 2
    let taps = (0..<(window * window)).map {
      view.contains(down: $0 / window - reach, right: $0 % window - reach)
    }
    let seen = taps.count { $0 }
    if window % 2 == 0 || seen == 0 {
      fail(
        expected: "an odd window that sees something for MaskedConvolution",
        found: "\(window) × \(window) seeing .\(view)", mend: "3, 5 and 7 are usual")
    }
    let weights = (initialiser ?? .suited(to: activation)).draw(
      [window, window, channels, filters], inputs: Double(seen * channels),
      outputs: Double(seen * filters), using: &random)
    let mask = Tensor(taps.map { $0 ? 1 : 0 }, shape: [window, window, 1, 1])
    weight = Parameter(weights * mask)
    self.bias = bias ? Parameter(.zeros([filters])) : nil
    self.taps = taps
    self.dilation = dilation
    self.activation = activation
  }

  public func callAsFunction(_ x: Tensor) -> Tensor {
    requirePictures(x, channels: weight.shape[2], of: "MaskedConvolution")
    return x.convolved(
      with: weight.value, bias: bias?.value, padding: .same, dilation: dilation, taps: taps,
      activation: activation)
  }
}
