/// What the commands that are more than a symbol do.
enum Command: Sendable {
  case fraction(style: Style?)
  case binomial(style: Style?)
  case continuedFraction
  case root
  case alphabet(Alphabet)
  case boldSymbol
  case text(Alphabet)
  case style(Style)
  case accent(Accent)
  case overline, underline
  case stretched(mark: String, above: Bool, AtomClass)
  case overset, underset, relationStack
  case arrow(String)
  case space(Double)
  case writtenSpace(isMu: Bool)
  case left
  case delimiter(size: Int, AtomClass)
  case operatorName
  case classed(AtomClass)
  case not
  case dots
  case colon
  case spaced(String)
  case modulus(Modulus)
  case substack
  case colour(untilGroupEnds: Bool)
  case drawn(String)
  case phantom(keepsWidth: Bool, keepsHeight: Bool)
  case smashed
  case strut
  case label, tag, nothing
  case reference(parenthesised: Bool)
  case begin

  enum Modulus { case binary, parenthesised, bare, parenthesisOnly }
}

enum Vocabulary {
  static let commands: [String: Command] = {
    var commands: [String: Command] = [
      "frac": .fraction(style: nil), "dfrac": .fraction(style: .display),
      "tfrac": .fraction(style: .text), "cfrac": .continuedFraction,
      "binom": .binomial(style: nil), "dbinom": .binomial(style: .display),
      "tbinom": .binomial(style: .text), "sqrt": .root,

      "mathrm": .alphabet(.roman), "mathit": .alphabet(.italic), "mathbf": .alphabet(.bold),
      "mathcal": .alphabet(.script), "mathscr": .alphabet(.script),
      "mathbb": .alphabet(.doubleStruck),
      "mathfrak": .alphabet(.fraktur), "mathsf": .alphabet(.sansSerif),
      "mathtt": .alphabet(.typewriter), "mathnormal": .alphabet(.italic),
      "boldsymbol": .boldSymbol, "bm": .boldSymbol, "symbf": .boldSymbol,
      "text": .text(.roman), "textrm": .text(.roman), "textnormal": .text(.roman),
      "mbox": .text(.roman), "textbf": .text(.bold), "textit": .text(.italic),
      "emph": .text(.italic), "textsf": .text(.sansSerif), "texttt": .text(.typewriter),

      "displaystyle": .style(.display), "textstyle": .style(.text),
      "scriptstyle": .style(.script), "scriptscriptstyle": .style(.scriptscript),

      "overline": .overline, "underline": .underline,
      "overset": .overset, "underset": .underset, "stackrel": .relationStack,
      "left": .left, "operatorname": .operatorName, "not": .not, "dots": .dots, "colon": .colon,
      "bmod": .modulus(.binary), "pmod": .modulus(.parenthesised), "mod": .modulus(.bare),
      "pod": .modulus(.parenthesisOnly), "substack": .substack,
      "implies": .spaced("⟹"), "impliedby": .spaced("⟸"), "iff": .spaced("⟺"),
      "color": .colour(untilGroupEnds: true), "textcolor": .colour(untilGroupEnds: false),
      "boxed": .drawn("boxed"), "cancel": .drawn("cancel"),
      "phantom": .phantom(keepsWidth: true, keepsHeight: true),
      "hphantom": .phantom(keepsWidth: true, keepsHeight: false),
      "vphantom": .phantom(keepsWidth: false, keepsHeight: true),
      "smash": .smashed, "mathstrut": .strut, "strut": .strut,
      "label": .label, "tag": .tag, "nonumber": .nothing, "notag": .nothing,
      "eqref": .reference(parenthesised: true), "ref": .reference(parenthesised: false),
      "begin": .begin,

      "mathord": .classed(.ordinary), "mathop": .classed(.operation), "mathbin": .classed(.binary),
      "mathrel": .classed(.relation), "mathopen": .classed(.opening),
      "mathclose": .classed(.closing), "mathpunct": .classed(.punctuation),
      "mathinner": .classed(.inner),

      ",": .space(3), "thinspace": .space(3), ":": .space(4), ">": .space(4),
      "medspace": .space(4), ";": .space(5), "thickspace": .space(5), "!": .space(-3),
      "negthinspace": .space(-3), "negmedspace": .space(-4), "negthickspace": .space(-5),
      " ": .space(6), "\n": .space(6), "enspace": .space(9), "quad": .space(18),
      "qquad": .space(36),
      "hspace": .writtenSpace(isMu: false), "mspace": .writtenSpace(isMu: true),
    ]
    let accents = [
      "hat": "ˆ", "tilde": "˜", "bar": "¯", "dot": "˙", "ddot": "¨", "check": "ˇ", "breve": "˘",
      "acute": "´", "grave": "`", "mathring": "˚",
    ]
    for (name, mark) in accents { commands[name] = .accent(Accent(mark: mark)) }
    let wideAccents = [
      "widehat": "\u{302}", "widetilde": "˜", "vec": "\u{20D7}", "overrightarrow": "\u{20D7}",
      "overleftarrow": "\u{20D6}", "overleftrightarrow": "\u{20E1}",
    ]
    for (name, mark) in wideAccents { commands[name] = .accent(Accent(mark: mark, isWide: true)) }
    commands["overbrace"] = .stretched(mark: "⏞", above: true, .operation)
    commands["underbrace"] = .stretched(mark: "⏟", above: false, .operation)
    commands["overbracket"] = .stretched(mark: "⎴", above: true, .operation)
    commands["underbracket"] = .stretched(mark: "⎵", above: false, .operation)
    commands["underrightarrow"] = .stretched(mark: "→", above: false, .ordinary)
    commands["underleftarrow"] = .stretched(mark: "←", above: false, .ordinary)
    let arrows = [
      "xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒",
      "xLeftarrow": "⇐", "xLeftrightarrow": "⇔", "xmapsto": "↦", "xhookrightarrow": "↪",
      "xhookleftarrow": "↩", "xrightleftharpoons": "⇌",
    ]
    for (name, text) in arrows { commands[name] = .arrow(text) }
    for (index, size) in ["big", "Big", "bigg", "Bigg"].enumerated() {
      commands[size] = .delimiter(size: index + 1, .ordinary)
      commands[size + "l"] = .delimiter(size: index + 1, .opening)
      commands[size + "m"] = .delimiter(size: index + 1, .relation)
      commands[size + "r"] = .delimiter(size: index + 1, .closing)
    }
    return commands
  }()

  /// Commands that only stand in certain places, known so that a slip near them is understood.
  private static let structural = [
    "end", "right", "middle", "limits", "nolimits", "displaylimits", "hline",
  ]

  static var names: [String] { Array(commands.keys) + Array(Symbols.commands.keys) + structural }
}

/// The environments of `\begin{…}`.
struct Environment: Sendable {
  enum Shape { case matrix, small, cases, aligned, gathered, array, substack, equation }

  var name: String
  var shape: Shape
  var delimiters: (left: String?, right: String?)? = nil
  /// Cells in display style.
  var isDisplayed = false
  var mostColumns: Int? = nil
  /// Every row has a number of its own.
  var isNumbered = false

  static let all: [String: Environment] = {
    let list: [Environment] = [
      Environment(name: "matrix", shape: .matrix),
      Environment(name: "pmatrix", shape: .matrix, delimiters: ("(", ")")),
      Environment(name: "bmatrix", shape: .matrix, delimiters: ("[", "]")),
      Environment(name: "Bmatrix", shape: .matrix, delimiters: ("{", "}")),
      Environment(name: "vmatrix", shape: .matrix, delimiters: ("|", "|")),
      Environment(name: "Vmatrix", shape: .matrix, delimiters: ("‖", "‖")),
      Environment(name: "smallmatrix", shape: .small),
      Environment(name: "cases", shape: .cases, delimiters: ("{", nil), mostColumns: 2),
      Environment(
        name: "dcases", shape: .cases, delimiters: ("{", nil), isDisplayed: true, mostColumns: 2),
      Environment(name: "rcases", shape: .cases, delimiters: (nil, "}"), mostColumns: 2),
      Environment(name: "aligned", shape: .aligned, isDisplayed: true),
      Environment(name: "align", shape: .aligned, isDisplayed: true, isNumbered: true),
      Environment(name: "align*", shape: .aligned, isDisplayed: true),
      Environment(name: "split", shape: .aligned, isDisplayed: true, mostColumns: 2),
      Environment(name: "gathered", shape: .gathered, isDisplayed: true, mostColumns: 1),
      Environment(
        name: "gather", shape: .gathered, isDisplayed: true, mostColumns: 1, isNumbered: true),
      Environment(name: "gather*", shape: .gathered, isDisplayed: true, mostColumns: 1),
      Environment(name: "array", shape: .array),
      Environment(name: "equation", shape: .equation, isDisplayed: true),
      Environment(name: "equation*", shape: .equation, isDisplayed: true),
    ]
    return Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0) })
  }()
}
