/// Prints beneath the cell, as Swift's own `print` does on a terminal.
///
/// Takes the place of the standard library's, so that the page knows which line printed what, and a
/// comment `// prints 0.443` behind the statement can be held against it.
public func print<each Item>(
  _ item: repeat each Item, separator: String = " ", terminator: String = "\n", line: Int = #line
) {
  var words: [String] = []
  for each in repeat each item { words.append(String(describing: each)) }
  Output.say(.printed(words.joined(separator: separator) + terminator, line: line))
}

extension DefaultStringInterpolation {
  /// `\(x, digits: 2)`: a number rounded to so many digits behind the point.
  public mutating func appendInterpolation(_ value: Double, digits: Int) {
    appendLiteral(rounded(value, digits: digits))
  }

  /// `\(values, digits: 2)`: a list of numbers, each rounded: [0.12, −1.50].
  public mutating func appendInterpolation(_ values: [Double], digits: Int) {
    let words = values.map { rounded($0, digits: digits) }
    appendLiteral("[" + words.joined(separator: ", ") + "]")
  }
}
