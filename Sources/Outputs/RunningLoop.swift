/// A loop over `progress(…)` that is on its way.
public struct RunningLoop: Sendable, Equatable, CustomStringConvertible {
  /// Grows with each loop that a program begins.
  public var serial: Int
  /// The element it is at, counted from 1.
  public var step: Int
  public var total: Int
  public var name: String?

  public init(serial: Int, step: Int, total: Int, name: String?) {
    self.serial = serial
    self.step = step
    self.total = total
    self.name = name
  }

  /// "step 137 of 2,000 of “training”".
  public var description: String {
    "step \(step.grouped) of \(total.grouped)" + (name.map { " of “\($0)”" } ?? "")
  }
}

extension Int {
  /// "1,000,000".
  package var grouped: String {
    let digits = String(self)
    return digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : String(digit)
    }.joined()
  }
}
