import Literate

/// A chapter that ran to its end, with what it said and what came of checking it.
public struct ChapterResult: Sendable {
  public var chapter: Chapter
  public var transcript: Transcript
  public var verdicts: [Verdict]

  public init(chapter: Chapter, transcript: Transcript, verdicts: [Verdict]) {
    self.chapter = chapter
    self.transcript = transcript
    self.verdicts = verdicts
  }
}
