import Testing

@Suite("Commands of the documents")
struct CommandTests {
  /// `./course build --only 10`, as a document writes it.
  struct Use: Sendable, CustomTestStringConvertible {
    var document: String
    var subcommand: String
    var flags: [String]
    var testDescription: String {
      ([document, subcommand] + flags).joined(separator: " ")
    }
  }

  static var uses: [Use] {
    get throws {
      try Document.all.flatMap { document in
        document.text.matches(of: #/(?:\./|`)course ([a-z]+)([^\n`|#]*)/#).map { match in
          Use(
            document: document.name, subcommand: String(match.output.1),
            flags: match.output.2.matches(of: #/--[a-z]+/#).map { String($0.output) })
        }
      }
    }
  }

  /// Names of the subcommands, from the help, and the one that the launcher knows besides.
  static var subcommands: [String] {
    get throws {
      let help = try Command.help()
      let list = help.split(separator: "SUBCOMMANDS:").last ?? ""
      return list.split(separator: "\n").compactMap { line in
        guard line.hasPrefix("  "), line.dropFirst(2).first?.isLetter ?? false else { return nil }
        let word = line.dropFirst(2).prefix { $0.isLetter }
        return word == "See" ? nil : String(word)
      } + ["benchmark"]
    }
  }

  @Test("exist, with their flags", arguments: try uses)
  func exists(_ use: Use) throws {
    try #require(try Self.subcommands.contains(use.subcommand))
    let help = try Command.help(use.subcommand)
    for flag in use.flags { #expect(help.contains(flag), "\(use.subcommand) has no \(flag)") }
  }

  @Test("have the flags that stand by themselves", arguments: try Document.all)
  func flags(_ document: Document) throws {
    let help = try Self.subcommands.map { try Command.help($0) }.joined()
    for match in document.prose.matches(of: #/`(--[a-z]+)[^`]*`/#) {
      let flag = String(match.output.1)
      #expect(help.contains(flag), "\(document.name): no command has \(flag)")
    }
  }

  @Test("are all named in README.md")
  func isComplete() throws {
    let named = Set(try Self.uses.filter { $0.document == "README.md" }.map(\.subcommand))
    #expect(try named == Set(Self.subcommands))
  }
}
