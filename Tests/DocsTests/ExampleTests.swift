import Runner
import Testing
import Workbench

@Suite("Examples of the documents")
struct ExampleTests {
  @Test("in the guide build, and all they claim holds")
  func guide() async throws {
    let outcomes = try await Workbench(Example.guide.files).run()
    #expect(outcomes.map(\.name) == ["01-random-walks", "02-the-root-again"])
    for outcome in outcomes { #expect(outcome.problems == []) }
    let verdicts = try outcomes[0].result.get().verdicts
    #expect(Set(verdicts.map(\.kind)) == Set(Verdict.Kind.allCases))
  }

  @Test("in README.md build, and all they claim holds")
  func readme() async throws {
    let outcomes = try await Workbench(Example.readme.files).run()
    #expect(outcomes.map(\.name) == ["01-example"])
    for outcome in outcomes { #expect(outcome.problems == []) }
  }
}
