import Figures

/// One plot for each mark and for each way a plot can be set.
enum Gallery {
  static let steps = Array(0..<300)
  static let wave = steps.map { Double(($0 * 7919) % 101) / 50 - 1 }
  static let points = scattered(400)

  /// Points that look random and are always the same.
  static func scattered(_ count: Int) -> [[Double]] {
    (0..<count).map { (index: Int) -> [Double] in
      let x = wave[index % 300] + Double(index % 89) / 80
      let y = wave[(index * 31) % 300] + Double(index % 97) / 200
      return [x, y]
    }
  }

  static func bump(_ x: Double, _ middle: Double) -> Double {
    1 / (1 + (x - middle) * (x - middle))
  }

  static var plots: [(name: String, plot: Plot)] {
    [
      (
        "lines",
        Plot("Losses & <bounds>") {
          Line("training", x: steps, y: wave)
          Line("validation \"set\"", x: steps, y: wave.map { $0 + 0.2 })
          Line(points)
        }.axes(x: "step", y: "nats")
      ),
      (
        "curves",
        Plot {
          Curve("p", over: -4...4) { bump($0, 0) }
          Curve("q", over: -4...4) { bump($0, 1) }
          Rule(x: 0, label: "mean")
          Rule(x: 0.1, label: "median")
          Rule(y: 0.5, label: "half")
        }
      ),
      (
        "area and band",
        Plot {
          Area("posterior", over: 0...1) { $0 * (1 - $0) }
          Band("±1 s.e.", x: [0, 0.5, 1], lower: [0.0, 0.1, 0.0], upper: [0.2, 0.4, 0.2])
          Line("estimate", x: [0, 0.5, 1], y: [0.1, 0.25, 0.1])
        }
      ),
      (
        "dots",
        Plot {
          Contours("density", of: { bump($0, 0) * bump($1, 0) }, x: -2...2, y: -2...2)
          Dots("real", points, opacity: 0.3)
          Dots("made", [(0.0, 0.0), (1.0, 1.0)])
          Label("centre", at: (0, 0), color: .red)
        }.equalAspect()
      ),
      (
        "bars",
        Plot {
          Bars("data", labels: ["ankle boot", "T-shirt"], heights: [3, -1])
          Bars("model", labels: ["ankle boot", "T-shirt"], heights: [2, 2])
          Bars("gap", x: [0, 1], heights: [0.5, 0.5], above: [3, 2])
        }
      ),
      (
        "many named bars",
        Plot {
          Bars(labels: (0..<12).map { "category \($0)" }, heights: 1...12)
        }
      ),
      ("histogram", Plot { Histogram("values", of: wave, bins: 20, height: .density) }),
      (
        "heat map",
        Plot {
          HeatMap("D(x)", x: -2...2, y: -1...1, range: 0...1, centre: 0.5) { x, y in x * y }
          Dots(points, opacity: 1)
        }.x(-2...2).y(-1...1)
      ),
      (
        "matrix",
        Plot {
          HeatMap(matrix: [[1, 0], [0.5, 0.5]], rows: ["the", "cat"], columns: ["the", "cat"])
        }.equalAspect()
      ),
      (
        "arrows",
        Plot {
          Arrows("field", from: points, to: points.map { [$0[0] + 0.1, $0[1] - 0.2] })
        }
      ),
      (
        "logarithmic",
        Plot {
          for power in 1...7 {
            Line(
              "power \(power)", x: [1, 10, 1000], y: [1, 10, 1000].map { 1 / Double($0 * power) })
          }
        }.logarithmic(.x, .y)
      ),
      (
        "cropped",
        Plot("A title so long that it cannot stand in one line of so narrow a figure") {
          Line("away", x: [-9, 0, 9], y: [-9, 0, 9])
          Area(over: -9...9) { $0 * $0 }
          Dots("some", points)
          Arrows(from: [[-9, -9]], to: [[0.5, 0.5]])
          Histogram(of: wave)
          Curve(over: -3...3) { $0 * $0 * $0 }
        }.x(-1...1).y(-1...1).size(300, 260)
      ),
      ("constant", Plot { Line("five", x: [2], y: [5]) }),
    ]
  }
}
