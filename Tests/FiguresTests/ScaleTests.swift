import Figures
import Testing

@Suite("A scale")
struct ScaleTests {
  static let domains: [ClosedRange<Double>] = [
    0...1, -4...4, 0.1...0.3, -0.7...0.2, 99.5...192.3, 0...1e-3, 1e5...3.2e5, -1...1e4, 3...3.001,
    -1e-7...1e-7, 0...7e9,
  ]

  @Test(
    "has between two and eleven ticks, inside it, in equal steps of 1, 2 or 5", arguments: domains)
  func linear(domain: ClosedRange<Double>) {
    let ticks = Scale(domain: domain).ticks { $0.count <= 8 }
    let span = domain.upperBound - domain.lowerBound
    #expect((2...8).contains(ticks.count))
    #expect(
      ticks.allSatisfy {
        (domain.lowerBound - 1e-9 * span...domain.upperBound + 1e-9 * span).contains($0.value)
      })
    let step = ticks[1].value - ticks[0].value
    for (a, b) in zip(ticks, ticks.dropFirst()) {
      #expect(abs(b.value - a.value - step) < 1e-6 * step)
    }
    var leading = step
    while leading < 0.95 { leading *= 10 }
    while leading >= 9.5 { leading /= 10 }
    #expect([1, 2, 5].contains { abs($0 - leading) < 1e-3 })
  }

  @Test("writes on each tick its value and no more digits than the step needs", arguments: domains)
  func texts(domain: ClosedRange<Double>) {
    let ticks = Scale(domain: domain).ticks { $0.count <= 8 }
    #expect(Set(ticks.map(\.text)).count == ticks.count)
    for tick in ticks where !tick.text.contains("×") {
      let plain = tick.text.filter { $0 != "," }.map { $0 == "−" ? "-" : $0 }
      let span = domain.upperBound - domain.lowerBound
      #expect(abs(Double(String(plain))! - tick.value) < 1e-9 * span)
      #expect(tick.text.count <= 8)
    }
  }

  @Test("says 0.3 and not 0.30000000000000004")
  func tidy() {
    let ticks = Scale(domain: 0...0.5).ticks { $0.count <= 6 }
    #expect(ticks.map(\.text) == ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"])
    #expect(ticks[3].value == 0.3)
    #expect(
      Scale(domain: -2...2).ticks { $0.count <= 5 }.map(\.text) == ["−2", "−1", "0", "1", "2"])
  }

  @Test("takes the densest row of ticks that fits")
  func density() {
    let scale = Scale(domain: 0...10)
    #expect(scale.ticks { $0.count <= 11 }.count == 11)
    #expect(scale.ticks { $0.count <= 6 }.map(\.value) == [0, 2, 4, 6, 8, 10])
    #expect(scale.ticks { $0.count <= 3 }.map(\.value) == [0, 5, 10])
  }

  @Test("that is logarithmic sets equal ratios equally far apart, with ticks at powers of ten")
  func logarithmic() {
    let scale = Scale(.logarithmic, domain: 1e-4...1e4)
    #expect(abs(scale.fraction(of: 1) - 0.5) < 1e-12)
    #expect(abs(scale.fraction(of: 100) - scale.fraction(of: 10) - 0.125) < 1e-12)
    #expect(
      scale.ticks { $0.count <= 9 }.map(\.text)
        == ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹", "10²", "10³", "10⁴"])
    #expect(
      Scale(.logarithmic, domain: 1...100).ticks { $0.count <= 9 }.map(\.text)
        == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(
      Scale(.logarithmic, domain: 2...3).ticks { $0.count <= 6 }.map(\.text)
        == ["2.0", "2.2", "2.4", "2.6", "2.8", "3.0"])
  }
}

@Suite("Labels at the ends of lines")
struct SpreadTests {
  @Test("stay where they are when they do not collide")
  func apart() {
    #expect(spread([100, 10, 50], apart: 20, within: 0...200) == [100, 10, 50])
  }

  @Test("are moved apart about their mean, in their order")
  func together() {
    #expect(spread([50, 50], apart: 20, within: 0...200) == [40, 60])
    #expect(spread([51, 49, 50, 150], apart: 20, within: 0...200) == [70, 30, 50, 150])
  }

  @Test("stay on the drawing")
  func edges() {
    #expect(spread([198, 199, 5], apart: 20, within: 0...200) == [180, 200, 5])
    #expect(spread([1, 0], apart: 20, within: 0...200) == [20, 0])
  }

  @Test("lie no farther from their places than any other arrangement")
  func least() {
    // Every arrangement on a grid of ones, as an oracle.
    let places = [20.0, 24, 31]
    func cost(_ moved: [Double]) -> Double {
      zip(places, moved).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    var least = Double.infinity
    for a in 0...60 {
      for b in 0...60 where b - a >= 10 {
        for c in 0...60 where c - b >= 10 {
          least = min(least, cost([Double(a), Double(b), Double(c)]))
        }
      }
    }
    #expect(cost(spread(places, apart: 10, within: 0...60)) <= least)
  }
}
