import DataCatalogue
import Datasets
import Testing

@Suite struct CoupletsTests {
  static let verse = Couplets.verse()
  static let all = Couplets.verseAndSayings()

  /// Counted by another program too, of fortunes-zh 2.98, whose third file has 2,116,476 bytes. Another
  /// edition may have some more or fewer.
  @Test func thereAreAsManyAsTheFilesHave() throws {
    if try contents(of: DataSet.couplets.files[2][0]).count == 2_116_476 {
      #expect(Self.verse.count == 1_149)
      #expect(Self.verse.vocabulary.count == 1_847)
      #expect(Self.all.count == 1_629)
      #expect(Self.all.vocabulary.count == 2_259)
      #expect(Self.verse.withCharacters(seenAtLeast: 3).count == 442)
      #expect(Self.all.withCharacters(seenAtLeast: 3).count == 733)
    }
    #expect(Self.verse.count > 1_000)
    #expect(Self.all.count > Self.verse.count + 300)
  }

  @Test func eachIsTenDifferentlyNumberedHanCharactersAndStandsOnce() {
    #expect(Set(Self.all.texts).count == Self.all.count)
    for text in Self.all.texts {
      let characters = Array(text)
      #expect(characters.count == 12)
      #expect(characters[5] == "，" && characters[11] == "。")
      let others = characters[0..<5] + characters[6..<11]
      #expect(others.allSatisfy { $0.unicodeScalars.allSatisfy(\.properties.isIdeographic) })
    }
  }

  @Test func famousOnesAreThere() {
    for text in ["春眠不觉晓，处处闻啼鸟。", "明月几时有，把酒问青天。", "千山鸟飞绝，万径人踪灭。"] {
      #expect(Self.verse.texts.contains(text))
    }
  }

  @Test func proverbsAreSayingsAndNotVerse() {
    for text in ["路遥知马力，事久见人心。", "走路怕暴雨，说话怕输理。"] {
      #expect(Self.all.texts.contains(text))
      #expect(!Self.verse.texts.contains(text))
    }
    #expect(Set(Self.verse.texts).isSubset(of: Self.all.texts))
  }

  @Test func numbersBecomeTheSameTextAgain() {
    let some = Self.verse.examples(at: [7, 3])
    #expect(some.characterNumbers.count == 20)
    #expect(some.vocabulary == Self.verse.vocabulary)
    #expect(some.texts == [Self.verse.texts[7], Self.verse.texts[3]])
    #expect(some.text(of: Array(some.characterNumbers.suffix(10))) == some.texts[1])
  }

  @Test func rareCharactersAreLeftOut() {
    let kept = Self.verse.withCharacters(seenAtLeast: 3)
    var tally: [Character: Int] = [:]
    for text in Self.verse.texts { for character in text { tally[character, default: 0] += 1 } }
    #expect(kept.texts == Self.verse.texts.filter { $0.allSatisfy { tally[$0]! >= 3 } })
    #expect(Set(kept.characterNumbers) == Set(0..<kept.vocabulary.count))
  }
}

/// Files written by the tests.
@Suite struct CoupletFileTests {
  private static let poems = """
    \u{1B}[32m《登高望远处》\u{1B}[m
    \u{1B}[33m作者：一二三四五\u{1B}[m
    一二三四五，六七八九十。
    东西南北中？上下左右前。一二三四五；
    \u{1B}[1;31m金木水火土\u{1B}[;m，春夏秋冬雪。
    %
      风花雪月夜，日月星辰光，
      一二三四五，六七八九十。
    红黄蓝白黑，红黄蓝白，红黄蓝白黑。
    """

  private static let mixed = """
    一人一首诗，一诗一个人。
        -- 李白《无题》
    %
    人人都要说，说说也无妨。
        --《谚语》
    %
    无名无姓者，也能写成诗。
    """

  private func read(_ mixed: String, includingSayings: Bool) throws -> [String] {
    let files = [try temporaryFile(Self.poems.utf8), try temporaryFile(Self.poems.utf8)]
    return try Couplets(
      files: files.map { [$0] } + [[try temporaryFile(mixed.utf8)]],
      includingSayings: includingSayings
    ).texts
  }

  private static let verse = [
    "一二三四五，六七八九十。", "东西南北中，上下左右前。", "金木水火土，春夏秋冬雪。", "风花雪月夜，日月星辰光。",
  ]

  @Test func titlesAuthorsEscapesAndOtherMetresAreLeftOut() throws {
    #expect(
      try read(Self.mixed, includingSayings: false) == Self.verse + ["一人一首诗，一诗一个人。"])
  }

  @Test func sayingsComeOnlyWhenAsked() throws {
    #expect(
      try read(Self.mixed, includingSayings: true)
        == Self.verse + ["一人一首诗，一诗一个人。", "人人都要说，说说也无妨。", "无名无姓者，也能写成诗。"])
  }

  private let anew = "install it anew: apt-get install --reinstall fortunes-zh"

  @Test func aMissingFileNamesThePackageAndThePath() {
    let error = #expect(throws: DataError.self) {
      try Couplets(files: [["/nowhere/tang300"]], includingSayings: false)
    }
    #expect(
      error?.description
        == "expected the data set couplets at /nowhere/tang300, found no file there; "
        + "install it: apt-get install fortunes-zh")
  }

  @Test func aFileWithoutCouplets() throws {
    let path = try temporaryFile("four by four\n".utf8)
    let error = #expect(throws: DataError.self) {
      try Couplets(files: [[path]], includingSayings: false)
    }
    #expect(
      error?.description
        == "expected \(path) to hold verse, found no couplet of 5 + 5 characters; \(anew)")
  }

  @Test func aFileThatIsNotUTF8() throws {
    let path = try temporaryFile([0xE6, 0x98, 0x0A])
    let error = #expect(throws: DataError.self) {
      try Couplets(files: [[path]], includingSayings: false)
    }
    #expect(error?.description == "expected \(path) to hold UTF-8 text, found other bytes; \(anew)")
  }
}

@Suite struct VocabularyTests {
  private let vocabulary = Vocabulary(of: ["bab", "cb"])

  @Test func theCommonestCharacterComesFirst() {
    #expect(vocabulary.characters == ["b", "a", "c"])
    #expect(vocabulary.number(of: "c") == 2)
    #expect(vocabulary.number(of: "d") == nil)
  }

  @Test func textBecomesNumbersAndTextAgain() {
    #expect(vocabulary.numbers(of: "abc") == [1, 0, 2])
    #expect(vocabulary.text(of: [1, 0, 2]) == "abc")
  }

  @Test func anUnknownCharacterStopsTheProgram() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Vocabulary(of: ["bab"]).numbers(of: "bad")
    }
    #expect(
      words(result).contains(
        "expected characters of the vocabulary, found d in “bad”"))
  }
}
