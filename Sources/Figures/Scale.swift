#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Maps values to places along an axis, and chooses its ticks.
package struct Scale: Equatable {
  package enum Kind: Sendable { case linear, logarithmic }

  package struct Tick: Equatable, Sendable {
    package var value: Double
    package var text: String
  }

  package let kind: Kind
  package let domain: ClosedRange<Double>

  package init(_ kind: Kind = .linear, domain: ClosedRange<Double>) {
    self.kind = kind
    self.domain = domain
  }

  /// 0 at the lower end of the axis, 1 at the upper.
  package func fraction(of value: Double) -> Double {
    let (lower, upper) = (domain.lowerBound, domain.upperBound)
    switch kind {
    case .linear: return (value - lower) / (upper - lower)
    case .logarithmic: return log(value / lower) / log(upper / lower)
    }
  }

  /// The densest row of round ticks that fits, at least two where the axis has them.
  package func ticks(where fits: ([Tick]) -> Bool) -> [Tick] {
    var best: [Tick] = []
    for candidate in kind == .linear ? linearRows : logarithmicRows {
      if candidate.count < 2 && !best.isEmpty { break }
      best = candidate
      if fits(candidate) { break }
    }
    return best
  }

  /// Steps of 1, 2 and 5 times a power of ten, the densest first, ten ticks at most.
  private var linearRows: [[Tick]] {
    let span = domain.upperBound - domain.lowerBound
    var exponent = Int(floor(log10(span / 10)))
    var rows: [[Tick]] = []
    while pow(10, Double(exponent)) <= span {
      for factor in [1.0, 2, 5] {
        let row = linearTicks(factor: factor, exponent: exponent)
        if (1...11).contains(row.count) { rows.append(row) }
      }
      exponent += 1
    }
    return rows
  }

  private func linearTicks(factor: Double, exponent: Int) -> [Tick] {
    // Dividing by a whole power of ten is exact to the last digit; multiplying by 0.1 is not.
    let power = pow(10, Double(abs(exponent)))
    func value(_ index: Double) -> Double {
      exponent < 0 ? index * factor / power : index * factor * power
    }
    let slack = 1e-9 * (domain.upperBound - domain.lowerBound)
    let first = ceil((domain.lowerBound - slack) / value(1))
    let last = floor((domain.upperBound + slack) / value(1))
    guard first <= last, last - first < 20 else { return [] }
    let largest = max(abs(value(first)), abs(value(last)))
    return stride(from: first, through: last, by: 1).map { index in
      let tick = value(index)
      let isPlain = largest < 1e6 && exponent >= -5
      return Tick(
        value: tick,
        text: isPlain
          ? NumberText.fixed(tick, decimals: max(0, -exponent)) : NumberText.significant(tick))
    }
  }

  private var logarithmicRows: [[Tick]] {
    let slack = 1e-9
    let first = Int(floor(log10(domain.lowerBound)))
    let last = Int(ceil(log10(domain.upperBound)))
    let isPlain = first >= -3 && last <= 5
    func row(factors: [Double], every stride: Int) -> [Tick] {
      var ticks: [Tick] = []
      for exponent in first...last where exponent % stride == 0 {
        let power = pow(10, Double(abs(exponent)))
        for factor in factors {
          let value = exponent < 0 ? factor / power : factor * power
          guard value >= domain.lowerBound * (1 - slack),
            value <= domain.upperBound * (1 + slack)
          else { continue }
          let head = factor == 1 ? "" : "\(Int(factor))×"
          let text =
            isPlain ? NumberText.significant(value) : head + NumberText.powerOfTen(exponent)
          ticks.append(Tick(value: value, text: text))
        }
      }
      return ticks
    }
    let dense = row(factors: [1, 2, 5], every: 1)
    // Within a decade the round numbers of a linear axis read better.
    if dense.count < 3 { return linearRows }
    return [dense] + (1...max(1, last - first)).map { row(factors: [1], every: $0) }
  }
}

extension Scale {
  /// The axis that shows what the marks cover: their ranges with a little room where they want it.
  init(_ kind: Kind, showing extent: Extent, axis: String) throws(FigureError) {
    let whole = extent.union(Extent(tight: extent.loose)).tight ?? 0...1
    if kind == .logarithmic && whole.lowerBound <= 0 {
      throw .notPositive(axis: axis, lowest: whole.lowerBound)
    }
    if whole.lowerBound == whole.upperBound {
      let value = whole.lowerBound
      let room = value == 0 ? 1 : abs(value) / 2
      self.init(kind, domain: (value - room)...(value + room))
      return
    }
    guard let loose = extent.loose else {
      self.init(kind, domain: whole)
      return
    }
    let share = 0.05
    var padded: ClosedRange<Double>
    switch kind {
    case .linear:
      let room = share * (whole.upperBound - whole.lowerBound)
      padded = (loose.lowerBound - room)...(loose.upperBound + room)
      // Room is no reason to show negative numbers where there are none.
      if loose.lowerBound >= 0 { padded = max(0, padded.lowerBound)...padded.upperBound }
      if loose.upperBound <= 0 { padded = padded.lowerBound...min(0, padded.upperBound) }
    case .logarithmic:
      let room = pow(whole.upperBound / whole.lowerBound, share)
      padded = (loose.lowerBound / room)...(loose.upperBound * room)
    }
    self.init(kind, domain: Extent(tight: whole).union(.tight(padded)).tight!)
  }
}
