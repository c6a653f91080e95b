/// A straight line across the whole plot.
public struct Rule: Mark {
  private let x: Double?
  private let y: Double?
  private let label: String?

  /// An upright line, its label at the upper end.
  public init(x: Double, label: String? = nil) {
    self.x = x
    y = nil
    self.label = label
  }

  /// A level line, its label in the margin.
  public init(y: Double, label: String? = nil) {
    x = nil
    self.y = y
    self.label = label
  }

  public var layer: Layer {
    get throws(FigureError) {
      let value = x ?? y ?? 0
      try check(finite: [value], x == nil ? "y" : "x", of: described("Rule", label))
      let (isUpright, label) = (x != nil, label)
      var layer = Layer { canvas in
        let area = canvas.area
        let place = canvas.place(
          isUpright ? value : canvas.x.domain.lowerBound,
          isUpright ? canvas.y.domain.lowerBound : value)
        let ends =
          isUpright
          ? [Point(x: place.x, y: area.bottom), Point(x: place.x, y: area.top)]
          : [Point(x: area.left, y: place.y), Point(x: area.right, y: place.y)]
        guard area.contains(place) else { return Drawn() }
        var path = Path()
        path.line(through: ends)
        var drawn = Drawn(svg: "<path class=\"rule\" d=\"\(path.data)\"/>")
        if let label {
          drawn.labels = [
            PlacedText(
              text: label,
              place: isUpright ? .besideUpright(x: place.x) : .margin(end: ends[1]))
          ]
        }
        return drawn
      }
      if isUpright {
        layer.x = .loose(value...value)
      } else {
        layer.y = .loose(value...value)
      }
      return layer
    }
  }
}
