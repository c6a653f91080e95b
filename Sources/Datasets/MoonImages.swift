import Failures
import Randomness
import Tensors

/// The moon at any of its phases, as grey pictures of 28 × 28 pixels.
///
/// The phase is the lit share of the disc: 0 is the new moon, ½ the half-moon lit on the right, 1 the full
/// moon. The edge of the light is half an ellipse from pole to pole, as on the sky, and so the sum over a
/// picture's pixels is exactly proportional to its phase.
///
/// Made by the program.
public struct MoonImages: Examples {
  public static let height = 28
  public static let width = 28
  /// Of the disc, in pixels; its centre is the picture's.
  public static let radius = 10.0

  /// From 0 to 1.
  public let phases: [Double]

  /// One picture of each phase.
  public init(phases: [Double]) {
    for phase in phases where !(0...1).contains(phase) {
      fail(
        expected: "phases of the moon from 0, new, to 1, full", found: "\(phase)",
        mend: "give the lit share of the disc")
    }
    self.phases = phases
  }

  /// `count` pictures whose phases are drawn evenly from a range.
  public init(
    _ count: Int, phases: ClosedRange<Double>, using generator: inout some RandomNumberGenerator
  ) {
    if count < 0 {
      fail(
        expected: "a number of pictures", found: "\(count)", mend: "give zero or more")
    }
    self.init(
      phases: (0..<count).map { _ in
        generator.uniform(from: phases.lowerBound, to: phases.upperBound)
      })
  }

  public var count: Int { phases.count }

  /// [count, 28, 28, 1], how much of each pixel is lit.
  public var images: Tensor {
    Tensor(phases.flatMap(Self.pixels), shape: [count, Self.height, Self.width, 1])
  }

  public func examples(at places: [Int]) -> MoonImages {
    requirePlaces(places)
    return MoonImages(phases: places.map { phases[$0] })
  }

  /// How much of each pixel is lit, from 0 to 1, row by row from the top.
  ///
  /// On the horizontal line at height y the disc reaches from −h to h with h = √(r² − y²), and the light from
  /// (1 − 2 · phase) h to h. Each pixel is the mean over 32 such lines of the length that is lit.
  static func pixels(phase: Double) -> [Float] {
    let lines = 32
    var pixels = [Float](repeating: 0, count: height * width)
    for row in 0..<height {
      var lit = [Double](repeating: 0, count: width)
      for line in 0..<lines {
        let y = Double(row) + (Double(line) + 0.5) / Double(lines) - Double(height) / 2
        let half = max(0, radius * radius - y * y).squareRoot()
        let left = Double(width) / 2 + (1 - 2 * phase) * half
        let right = Double(width) / 2 + half
        for column in 0..<width {
          lit[column] += max(0, min(right, Double(column + 1)) - max(left, Double(column)))
        }
      }
      for column in 0..<width { pixels[row * width + column] = Float(lit[column] / Double(lines)) }
    }
    return pixels
  }
}
