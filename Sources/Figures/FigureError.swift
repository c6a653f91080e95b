/// Why a figure cannot be shown: what was expected, what was found, where, and the mend.
public enum FigureError: Error, Equatable {
  case noCaption
  case noAlternative
  case noMarks
  case noData(mark: String)
  case lengths(mark: String, first: String, Int, second: String, Int)
  case notFinite(mark: String, what: String, index: Int, value: String)
  case notFiniteAt(mark: String, x: String, value: String)
  case notAPair(mark: String, row: Int, count: Int)
  case unevenRow(mark: String, row: Int, expected: Int, found: Int)
  case emptyRange(place: String, ClosedRange<Double>)
  case notPositive(axis: String, lowest: Double)
  case heatMapBeyondAxis(axis: String, map: ClosedRange<Double>, shown: ClosedRange<Double>)
  case tooFew(what: String, needed: Int, found: Int)
  case tooSmall(width: Double, height: Double)
  case pixelCount(image: Int, height: Int, width: Int, found: Int)
  case mixedColours(image: Int)
  case unevenPictures(row: String, expected: Int, of: String, found: Int)
  case pixelOutOfScale(image: Int, pixel: Int, value: Double)
  case tableRow(row: Int, expected: Int, found: Int)
  case framesDiffer(label: String, expected: String, found: String)
  case notAFrame(label: String, found: String)
  case unevenSteps(axis: String, index: Int, step: Double, first: Double)
  case imagesOnAMap(first: String, Int, second: String, Int, found: Int)
  case beyondMap(axis: String, place: Double, from: Double, to: Double)
  case noVerse(index: Int)
  case overBudget(what: String, bytes: Int, budget: Int)
  case notWritten(what: String, why: String)
}

extension FigureError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noCaption:
      "expected a caption of at least a few words, found none; say what the reader should see"
    case .noAlternative:
      "expected an alt text, found none; say in plain words what the figure shows to a reader who cannot see it"
    case .noMarks:
      "expected at least one mark in the plot, found none; add a Line, Dots, Curve … between the braces"
    case .noData(let mark):
      "\(mark): expected at least one value, found none; check what the data are made from"
    case .lengths(let mark, let first, let firstCount, let second, let secondCount):
      "\(mark): expected as many values in \(first) as in \(second), found \(firstCount) and \(secondCount)"
    case .notFinite(let mark, let what, let index, let value):
      "\(mark): expected finite numbers, found \(what)[\(index)] = \(value); "
        + "leave such values out, or narrow the range"
    case .notFiniteAt(let mark, let x, let value):
      "\(mark): expected finite values, found \(value) at x = \(x); narrow the range over:"
    case .notAPair(let mark, let row, let count):
      "\(mark): expected rows [x, y], found \(count) numbers in row \(row); "
        + "choose the two coordinates to plot"
    case .unevenRow(let mark, let row, let expected, let found):
      "\(mark): expected \(expected) numbers in every row, found \(found) in row \(row)"
    case .emptyRange(let place, let range):
      "\(place): expected a finite range with lower < upper, found \(range)"
    case .notPositive(let axis, let lowest):
      "logarithmic \(axis) axis: expected positive values, found \(lowest); "
        + "leave out what is not positive, give a range, or use a linear axis"
    case .heatMapBeyondAxis(let axis, let map, let shown):
      "HeatMap: expected its \(axis) range \(map) to lie inside the axis, which shows \(shown); "
        + "give the heat map that range or widen the axis"
    case .tooFew(let what, let needed, let found):
      "\(what): expected at least \(needed), found \(found)"
    case .tooSmall(let width, let height):
      "expected room for the drawing beside its labels, found \(width) × \(height); "
        + "give a larger .size(…) or shorter labels"
    case .pixelCount(let image, let height, let width, let found):
      "image \(image): expected \(height) × \(width) = \(height * width) grey values "
        + "or \(height * width * 3) red-green-blue values, found \(found)"
    case .mixedColours(let image):
      "image \(image): expected all images grey or all in colour, found both"
    case .unevenPictures(let row, let expected, let first, let found):
      "ImageGrid: expected as many pictures in row “\(row)” as in “\(first)”, \(expected), found \(found)"
    case .pixelOutOfScale(let image, let pixel, let value):
      "image \(image): expected pixels in 0...1, found \(value) at pixel \(pixel)"
        + (value > 1 ? "; divide by 255 if they are bytes" : "")
    case .tableRow(let row, let expected, let found):
      "table: expected \(expected) cells in every row, as there are headings, found \(found) in row \(row)"
    case .framesDiffer(let label, let expected, let found):
      "frame \"\(label)\": expected the same kind and size as the first frame, \(expected), found \(found)"
    case .notAFrame(let label, let found):
      "frame \"\(label)\": expected a plot, pictures, a table or verses, found \(found), which has sliders "
        + "of its own; show it by itself"
    case .unevenSteps(let axis, let index, let step, let first):
      "PictureMap, \(axis): expected values that rise in even steps, found a step of "
        + "\(NumberText.significant(step)) before value \(index) where the first is "
        + "\(NumberText.significant(first)); make them as in (-5...5).map { Double($0) / 5 }"
    case .imagesOnAMap(let first, let firstCount, let second, let secondCount, let found):
      "PictureMap: expected an image for each of \(firstCount) × \(secondCount) = "
        + "\(firstCount * secondCount) codes (\(firstCount) values of \(first), \(secondCount) of "
        + "\(second)), found \(found); for each \(second) decode all \(first)"
    case .beyondMap(let axis, let place, let from, let to):
      "PictureMap, opensAt: expected a value of \(axis) from \(NumberText.significant(from)) to "
        + "\(NumberText.significant(to)), found \(NumberText.significant(place))"
    case .noVerse(let index):
      "Verses: expected words in every verse, found none in verse \(index)"
    case .overBudget(let what, let bytes, let budget):
      "expected at most \(budget) bytes of \(what), found \(bytes); thin the dots with every:, "
        + "use a HeatMap instead of many marks, show fewer frames, or raise it with budget:"
    case .notWritten(let what, let why):
      "\(what) could not be written: \(why)"
    }
  }
}
