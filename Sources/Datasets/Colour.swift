/// A colour as a screen makes it: red, green and blue, from 0 to 255.
package struct Colour: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  static let white = Colour(red: 255, green: 255, blue: 255)

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  var channels: [Double] { [Double(red), Double(green), Double(blue)] }

  func squaredDistance(to other: Colour) -> Double {
    let r = Double(red) - Double(other.red)
    let g = Double(green) - Double(other.green)
    let b = Double(blue) - Double(other.blue)
    return r * r + g * g + b * b
  }
}
