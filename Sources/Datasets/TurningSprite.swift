import Failures
import Randomness
import Tensors

/// A beetle in a game walks up a path to a fork, and there turns left or right: pairs of one picture of
/// the game and the next, of 24 × 24 pixels in colour.
///
/// Everywhere but at the fork the picture tells what comes next. At the fork either turn is right, and
/// whoever must answer with one picture and is punished for squared error shows half a beetle on each side.
///
/// Made by the program; the pictures are its own.
public struct TurningSprite: Examples {
  public enum Turn: String, CaseIterable, Sendable {
    case left, right
  }

  public static let height = 24
  public static let width = 24
  /// How many pictures a walk has, from the first to the last.
  public static let steps = 6
  /// The step at which the beetle stands at the fork; the next picture shows where it turned.
  public static let fork = 3

  /// The step of each pair's first picture, from 0 to `steps` − 2.
  public let steps: [Int]
  /// Which way the beetle goes in each pair, or will go.
  public let turns: [Turn]

  /// `count` pairs from random walks at random steps, either turn as likely as the other.
  public init(_ count: Int, using generator: inout some RandomNumberGenerator) {
    if count < 0 {
      fail(expected: "a number of pairs", found: "\(count)", mend: "give zero or more")
    }
    var (steps, turns): ([Int], [Turn]) = ([], [])
    for _ in 0..<count {
      steps.append(Int.random(in: 0..<Self.steps - 1, using: &generator))
      turns.append(Bool.random(using: &generator) ? .left : .right)
    }
    self.init(steps: steps, turns: turns)
  }

  /// The five pairs of one walk, in order.
  public init(walkTurning turn: Turn) {
    self.init(
      steps: Array(0..<Self.steps - 1),
      turns: [Turn](repeating: turn, count: Self.steps - 1))
  }

  private init(steps: [Int], turns: [Turn]) {
    self.steps = steps
    self.turns = turns
  }

  public var count: Int { steps.count }

  /// [count, 24, 24, 3], the first picture of each pair: red, green and blue from 0 to 1.
  public var frames: Tensor { images(at: steps) }

  /// [count, 24, 24, 3], the second picture of each pair.
  public var nextFrames: Tensor { images(at: steps.map { $0 + 1 }) }

  private func images(at steps: [Int]) -> Tensor {
    let pixels = zip(steps, turns).flatMap { Self.pictures[$1]![$0] }
    return Tensor(pixels: pixels, shape: [count, Self.height, Self.width, 3])
  }

  public func examples(at places: [Int]) -> TurningSprite {
    requirePlaces(places)
    return TurningSprite(steps: places.map { steps[$0] }, turns: places.map { turns[$0] })
  }

  /// Only the pairs whose first picture shows the beetle at the fork.
  public var atFork: TurningSprite {
    examples(at: steps.indices.filter { steps[$0] == Self.fork })
  }
}

// The pictures.
extension TurningSprite {
  /// For each step red, green and blue of each pixel, row by row from the top.
  private static let pictures: [Turn: [[UInt8]]] = Dictionary(
    uniqueKeysWithValues: Turn.allCases.map { turn in
      (turn, (0..<steps).map { draw(step: $0, turn: turn) })
    })

  private static func draw(step: Int, turn: Turn) -> [UInt8] {
    let stride = 4
    let hasTurned = step > fork
    let sideways = hasTurned ? (step - fork) * stride : 0
    let left = 8 + (turn == .left ? -sideways : sideways)
    let top = 4 + max(0, fork - step) * stride
    // Every other step is on the other legs.
    let upwards = step.isMultiple(of: 2) ? beetle : beetle.map { String($0.reversed()) }
    let sprite = hasTurned ? turned(upwards, turn) : upwards
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        var letter = ground(x, y)
        if (top..<top + 8).contains(y), (left..<left + 8).contains(x) {
          let own = Array(sprite[y - top])[x - left]
          if own != "." { letter = own }
        }
        pixels += colours[letter]!
      }
    }
    return pixels
  }

  /// The path is a T: a lane up from the bottom, and one across.
  private static func ground(_ x: Int, _ y: Int) -> Character {
    let isPath = (3..<13).contains(y) || (y >= 3 && (7..<17).contains(x))
    if isPath { return (x * 7 + y * 5) % 23 == 0 ? "," : "_" }
    return (x * 5 + y * 3) % 11 == 0 ? "\"" : "#"
  }

  /// A quarter of a turn, counterclockwise for left.
  private static func turned(_ sprite: [String], _ turn: Turn) -> [String] {
    let letters = sprite.map(Array.init)
    let last = letters.count - 1
    return letters.indices.map { y in
      String(
        letters.indices.map { x in turn == .left ? letters[x][last - y] : letters[last - x][y] })
    }
  }

  /// Seen from above, looking up.
  private static let beetle = [
    "..k..k..",
    "k.wkkw..",
    "..kkkkkk",
    "krrkkrr.",
    ".rkrrkrk",
    "krrrrrr.",
    ".rkrrkrk",
    "k.rrrr..",
  ]

  private static let colours: [Character: [UInt8]] = [
    "k": [38, 28, 36], "r": [214, 48, 40], "w": [255, 222, 190],
    "_": [232, 206, 150], ",": [206, 176, 120], "#": [72, 138, 62], "\"": [110, 172, 78],
  ]
}
