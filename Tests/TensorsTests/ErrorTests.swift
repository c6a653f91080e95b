import Tensors
import Testing

/// A mistake stops the program with words that say what was expected, what was found and what to do.
@Suite struct ErrorTests {
  /// The words a program that was stopped wrote on its way.
  private func words(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test(arguments: Mistake.all.indices) func aMistakeIsAnsweredWithWords(_ index: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [index] in
      Mistake.all[index].making()
    }
    let expected = Mistake.all[index].words
    let found = words(result).split(separator: "\n").first { $0.contains("expected ") } ?? "nothing"
    #expect(found.contains(expected))
  }
}
