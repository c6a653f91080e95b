import Literate
import Outputs
import Runner
import Testing
import Workbench

@Suite("A chapter's threads")
struct ThreadTests {
  static let yaml = """
    title: One
    description: One chapter.
    parts:
      - title: Part
        chapters: [01-large]

    """

  static let chapter = """
    ---
    title: Large
    question: Does it matter how many cores compute it?
    seed: 5
    ---
    ```swift
    import Kernels
    let layer = Linear(512, 384, activation: .relu, using: &random)
    let x = Tensor.normal([300, 512], using: &random)
    let slopes = gradient(at: layer) { $0(x).squared().mean() }
    print(slopes.flattened.digest)
    print(kernels_threads())
    ```

    """

  @Test("are as many as it is given, and change no byte of what it computes")
  func bytes() async throws {
    let bench = try Workbench(["Book.yaml": Self.yaml, "01-large.md": Self.chapter])
    let chapter = try bench.book.chapter("01-large")
    var digests: Set<String> = []
    for threads in 1...3 {
      let result = try await bench.runner(isFresh: true).run(chapter, threads: threads)
      let printed = result.transcript.cells.flatMap(\.outputs).compactMap {
        if case .printed(let text, _) = $0 { text } else { nil }
      }
      try #require(printed.count == 2)
      digests.insert(printed[0])
      #expect(printed[1] == "\(threads)\n")
    }
    #expect(digests.count == 1)
  }
}
