/// SVG path data in few bytes: relative steps, rounded to a tenth of a pixel.
struct Path {
  private(set) var data = ""
  /// The pen and the start of the present piece, in tenths of a pixel.
  private var pen = (x: 0, y: 0)
  private var start = (x: 0, y: 0)
  private var lastNumberHasPoint = false
  private var expectsCommand = true

  var isEmpty: Bool { data.isEmpty }

  mutating func move(to point: Point) {
    let target = tenths(point)
    let isFirst = data.isEmpty
    append(command: isFirst ? "M" : "m")
    append(steps: isFirst ? target : (target.x - pen.x, target.y - pen.y))
    expectsCommand = isFirst  // after M, pairs without a letter would be absolute
    (pen, start) = (target, target)
  }

  mutating func line(to point: Point) {
    let target = tenths(point)
    if target == pen { return }
    if expectsCommand { append(command: "l") }
    append(steps: (target.x - pen.x, target.y - pen.y))
    pen = target
  }

  mutating func line(through points: some Collection<Point>) {
    guard let first = points.first else { return }
    move(to: first)
    let before = data.utf8.count
    for point in points.dropFirst() { line(to: point) }
    if data.utf8.count == before { append(command: "h0") }  // a point: round ends make it a dot
  }

  /// A dot: a line without length, which round ends make a disc and square ends a square.
  mutating func dot(at point: Point) {
    move(to: point)
    append(command: "h0")
    expectsCommand = true
  }

  mutating func close() {
    append(command: "z")
    expectsCommand = true
    pen = start
  }

  private func tenths(_ point: Point) -> (x: Int, y: Int) {
    (Int((point.x * 10).rounded()), Int((point.y * 10).rounded()))
  }

  private mutating func append(command: String) {
    data += command
    expectsCommand = command == "h0"
    lastNumberHasPoint = true  // no space is needed after a letter
  }

  private mutating func append(steps: (x: Int, y: Int)) {
    for step in [steps.x, steps.y] {
      let text = Path.text(tenths: step)
      let followsLetter = data.last?.isLetter ?? true
      if !followsLetter && text.first != "-" && !(text.first == "." && lastNumberHasPoint) {
        data += " "
      }
      data += text
      lastNumberHasPoint = text.contains(".")
    }
    expectsCommand = false
  }

  /// 12.3, .5, −.5, 7: the shortest way SVG reads a number of tenths.
  static func text(tenths: Int) -> String {
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    if rest == 0 { return whole == 0 ? "0" : "\(sign)\(whole)" }
    return "\(sign)\(whole == 0 ? "" : "\(whole)").\(rest)"
  }
}

/// A coordinate for an attribute.
func coordinate(_ value: Double) -> String { Path.text(tenths: Int((value * 10).rounded())) }

/// Text as it may stand in SVG.
func escaped(_ text: String) -> String {
  var safe = ""
  for character in text {
    switch character {
    case "&": safe += "&amp;"
    case "<": safe += "&lt;"
    case ">": safe += "&gt;"
    case "\"": safe += "&quot;"
    default: safe.append(character)
    }
  }
  return safe
}
