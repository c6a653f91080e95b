/// A text centred on a point of the plot.
public struct Label: Mark {
  private let text: String
  private let x: Double
  private let y: Double
  private let color: Color?

  /// - Parameter color: The page's text colour when not given.
  public init(
    _ text: String, at point: (x: some Plottable, y: some Plottable), color: Color? = nil
  ) {
    self.text = text
    x = point.x.plotted
    y = point.y.plotted
    self.color = color
  }

  public var layer: Layer {
    get throws(FigureError) {
      try check(finite: [x, y], "at", of: described("Label", text))
      let (text, x, y, hasColor) = (text, x, y, color != nil)
      var layer = Layer { canvas in
        Drawn(labels: [
          PlacedText(
            text: text, place: .centred(canvas.place(x, y)),
            color: hasColor ? canvas.color : "currentColor")
        ])
      }
      layer.x = .loose(x...x)
      layer.y = .loose(y...y)
      if let color { layer.colorUse = .fixed(color) }
      return layer
    }
  }
}
