import Literate
import Testing

@Suite("Did you mean")
struct SuggestionTests {
  @Test("finds the nearest word, and none where nothing is near")
  func nearest() {
    let words = ["fold", "hidden", "fails", "traps"]
    #expect(Suggestion.nearest(to: "flod", among: words) == "fold")
    #expect(Suggestion.nearest(to: "Hiden", among: words) == "hidden")
    #expect(Suggestion.nearest(to: "quick", among: words) == nil)
  }

  @Test("otherwise lists what there is")
  func list() {
    #expect(Suggestion.mend(for: "zzzz", among: ["b", "a"], calledAs: "flags") == "flags: a, b")
    #expect(Suggestion.mend(for: "zzzz", among: [], calledAs: "notes") == "there are no notes")
  }
}
