/// A formula as it was written: the tree between the parser and the writer.
indirect enum Node: Sendable {
  /// A letter or a word. An upright single letter must say so: MathML slants it otherwise.
  case identifier(String, upright: Bool)
  case number(String)
  case symbol(Symbol)
  /// A named function such as log, or with limits such as max.
  case name(String, limits: Bool)
  case text(String)
  /// In mu, 1/18 em. Spaces stand between atoms and change nothing about their kinds.
  case space(Double)
  /// `{…}`, and what `\mathrel{…}` and its like make of it.
  case group([Node], AtomClass)
  case scripts(Scripts)
  case fraction(Fraction)
  case root([Node], index: [Node]?)
  case fenced(Fence)
  /// `\bigl(`: a delimiter of a fixed size, 1 to 4.
  case delimiter(Symbol, size: Int)
  case accent(Accent, [Node])
  case overline([Node])
  case underline([Node])
  /// A stretchy mark above or below: braces, brackets, arrows.
  case stretched(mark: String, above: Bool, [Node], AtomClass)
  case stack(base: [Node], above: [Node]?, below: [Node]?, AtomClass?)
  /// `\xrightarrow[below]{above}`.
  case arrow(String, above: [Node], below: [Node]?)
  case table(Table)
  /// `\displaystyle` and its like, for the rest of their group.
  case styled(Style, [Node])
  case coloured(String, [Node])
  /// A box or a stroke, drawn by the stylesheet's class of that name.
  case drawn(String, [Node])
  case phantom([Node], keepsWidth: Bool, keepsHeight: Bool)
  case smashed([Node])
  /// `\eqref`: the number of an equation, known only when the formula is set.
  case reference(label: String, parenthesised: Bool, offset: Int)
}

struct Symbol: Sendable {
  var text: String
  var kind: AtomClass
  /// Of operators that are drawn large and may carry limits.
  var limits: Limits? = nil
}

/// Where the scripts of an operator go.
enum Limits: Sendable {
  /// Below and above in displays, beside in running text: ∑.
  case inDisplays
  case always
  /// Always beside: ∫.
  case never
}

struct Scripts: Sendable {
  var base: Node?
  var below: [Node]?
  var above: [Node]?
  var primes = 0
  /// What `\limits` or `\nolimits` asks for.
  var limits: Limits?
}

struct Fraction: Sendable {
  var numerator: [Node]
  var denominator: [Node]
  var style: Style?
  /// Parentheses and no rule: `\binom`.
  var isBinomial = false
  /// `\cfrac`, whose parts are as large as the whole.
  var isContinued = false
}

/// `\left( … \middle| … \right)`. A missing delimiter, written as a point, is nil.
struct Fence: Sendable {
  var delimiters: [String?]
  var parts: [[Node]]
}

/// An accent of fixed size, or one as wide as what it covers.
struct Accent: Sendable {
  var mark: String
  var isWide = false
}

struct Table: Sendable {
  var environment: Environment
  var rows: [Row] = []
  var columns: [Column] = []

  struct Row: Sendable {
    var cells: [[Node]] = [[]]
    /// Further space below, in em: `\\[6pt]`.
    var spaceBelow = 0.0
    var isRuledAbove = false
    var isRuledBelow = false
  }

  struct Column: Sendable {
    var alignment: Character
    var hasBarBefore = false
    var hasBarAfter = false
  }
}
