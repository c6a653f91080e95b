import Literate
import Runner
import Testing
import Workbench

/// Chapters that read data sets, compiled, linked and run as the command line does it.
@Suite struct DataTests {
  private func bench(_ data: String, _ cell: String) throws -> Workbench {
    try Workbench([
      "Book.yaml": """
      title: Data
      description: A chapter that reads some.
      parts:
        - title: Part I
          summary: All of it.
          chapters: [01-data]
      """,
      "01-data.md": """
      ---
      title: Data
      question: What is in them?
      data: [\(data)]
      ---
      ```swift
      \(cell)
      ```
      """,
    ])
  }

  @Test func `a cell reads every data set its chapter names`() async throws {
    let bench = try bench(
      "fashion-mnist, creatures, couplets",
      """
      let clothes = FashionMNIST.test()
      let batches = clothes.batches(of: 128, using: &random)
      print(batches.count, batches[77].images.shape)  // prints 78 [128, 28, 28, 1]
      print(Creatures.all().palette.count)  // prints 167
      expect("couplets are ten characters long", Couplets.length == 10)
      expect("there is verse", Double(Couplets.verse().count), atLeast: 1_000)
      let ring = Mixture.ring(of: 8).sample(10, using: &random)
      expect("points of a ring", ring.count == 10)
      """)
    let outcome = try #require(try await bench.run().first)
    #expect(outcome.problems.map { $0.explained(in: nil) } == [])
  }

  @Test func `a chapter's key holds the files of its data and of no other`() async throws {
    let bench = try bench("creatures", "let one = 1\nprint(one)")
    let toolchain = try await bench.runner().toolchain
    let key = try RunKey(try bench.book.chapter("01-data"), toolchain: toolchain)
    #expect(Array(key.data.keys) == ["creatures"])
  }

  @Test func `a chapter's own type may bear the name of one that reads data`() async throws {
    let bench = try bench(
      "", "struct Creatures {}\nprint(\"\\(Creatures())\")  // prints Creatures()")
    let outcome = try #require(try await bench.run().first)
    #expect(outcome.problems.map { $0.explained(in: nil) } == [])
  }
}
