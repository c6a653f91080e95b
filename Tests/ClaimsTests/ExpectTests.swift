import Claims
import Outputs
import Testing

@Suite("What a cell claims")
struct ExpectTests {
  @Test("is said as measured, with its comparison, on its line")
  func records() {
    let records = Output.collecting {
      expect("a", 0.3, near: 0.5, within: 0.1, line: 1)
      expect("b", [1, 2], near: [1, 3], within: 0.1, line: 2)
      expect("c", 1, atMost: 2, line: 3)
      expect("d", 1, atLeast: 2, line: 4)
      expect("e", 1, lessThan: 2, line: 5)
      expect("f", 1, greaterThan: 2, line: 6)
      expect("g", 0.5, inside: 0.45...0.55, line: 7)
      expect("h", 1 > 2, line: 8)
    }
    let claims = [
      Claim("a", .near(measured: [0.3], expected: [0.5], tolerance: 0.1), line: 1),
      Claim("b", .near(measured: [1, 2], expected: [1, 3], tolerance: 0.1), line: 2),
      Claim("c", .atMost(measured: 1, bound: 2), line: 3),
      Claim("d", .atLeast(measured: 1, bound: 2), line: 4),
      Claim("e", .less(measured: 1, than: 2), line: 5),
      Claim("f", .greater(measured: 1, than: 2), line: 6),
      Claim("g", .inside(measured: 0.5, lower: 0.45, upper: 0.55), line: 7),
      Claim("h", .holds(false), line: 8),
    ]
    #expect(records == claims.map(Record.claim))
  }

  @Test("knows the line it stands on")
  func line() {
    let line = #line + 1
    let records = Output.collecting { expect("two is even", true) }
    #expect(records == [.claim(Claim("two is even", .holds(true), line: line))])
  }

  @Test("must fail inside expectFailure, under the name of what is broken")
  func breakIt() {
    let records = Output.collecting {
      expectFailure("without the KL term it is no bound") {
        expect("it lies below", 2, atMost: 1, line: 2)
        expect("it is finite", true, line: 3)
      }
      expect("afterwards nothing must fail", true, line: 5)
    }
    let claims = [
      Claim(
        "without the KL term it is no bound: it lies below", .atMost(measured: 2, bound: 1),
        line: 2, mustFail: true),
      Claim(
        "without the KL term it is no bound: it is finite", .holds(true), line: 3, mustFail: true),
      Claim("afterwards nothing must fail", .holds(true), line: 5),
    ]
    #expect(records == claims.map(Record.claim))
    #expect(claims.map(\.verdict.hasPassed) == [true, false, true])
  }

  @Test("is a failed claim when an expectFailure claims nothing")
  func nothingBroken() {
    let records = Output.collecting { expectFailure("nothing", line: 9) {} }
    let sentence = "nothing: expectFailure needs an expect or a derivation inside, found none"
    #expect(records == [.claim(Claim(sentence, .holds(false), line: 9))])
  }

  @Test("collects apart from what others collect")
  func nestedCollections() async {
    // A cell that begins strikes out the loops of its whole program.
    await #expect(processExitsWith: .success) {
      var inner: [Record] = []
      let outer = Output.collecting {
        Output.beginCell(3)
        inner = Output.collecting { Output.say(.cellEnded(3, seconds: 1)) }
      }
      #expect(outer == [.cellBegan(3)])
      #expect(inner == [.cellEnded(3, seconds: 1)])
      #expect(Output.currentCell == 3)
    }
  }
}
