/// The symbols of TeX and AMS, by what they are in a formula.
enum Symbols {
  /// What a command such as `\alpha` or `\le` stands for.
  static let commands: [String: Node] = {
    var commands: [String: Node] = [:]
    func add(_ table: String, _ node: (String) -> Node) {
      let words = table.split { $0 == " " || $0 == "\n" }
      for index in stride(from: 0, to: words.count - 1, by: 2) {
        commands[String(words[index])] = node(String(words[index + 1]))
      }
    }
    add(letters) { .identifier($0, upright: false) }
    add(uprightLetters) { .identifier($0, upright: true) }
    add(ordinary) { .symbol(Symbol(text: $0, kind: .ordinary)) }
    add(binary) { .symbol(Symbol(text: $0, kind: .binary)) }
    add(relations) { .symbol(Symbol(text: $0, kind: .relation)) }
    add(arrows) { .symbol(Symbol(text: $0, kind: .relation)) }
    add(opening) { .symbol(Symbol(text: $0, kind: .opening)) }
    add(closing) { .symbol(Symbol(text: $0, kind: .closing)) }
    add(dots) { .symbol(Symbol(text: $0, kind: .inner)) }
    add(sums) { .symbol(Symbol(text: $0, kind: .operation, limits: .inDisplays)) }
    add(integrals) { .symbol(Symbol(text: $0, kind: .operation, limits: .never)) }
    for name in functions.split(separator: " ") {
      commands[String(name)] = .name(String(name), limits: false)
    }
    for name in functionsWithLimits.split(separator: " ") {
      commands[String(name)] = .name(String(name), limits: true)
    }
    commands["limsup"] = .name("lim\u{2006}sup", limits: true)
    commands["liminf"] = .name("lim\u{2006}inf", limits: true)
    commands["injlim"] = .name("inj\u{2006}lim", limits: true)
    commands["projlim"] = .name("proj\u{2006}lim", limits: true)
    return commands
  }()

  /// What a character means when it is typed as itself: the keyboard's, and every symbol above.
  static let characters: [Character: Node] = {
    var characters: [Character: Node] = [:]
    for (name, node) in commands.sorted(by: { $0.key < $1.key }) {
      switch node {
      case .symbol(let symbol) where symbol.text.count == 1:
        // Of several readings of a bar, the plain one: `\vert`.
        if characters[Character(symbol.text)] == nil || name == "vert" || name == "Vert" {
          characters[Character(symbol.text)] = node
        }
      case .identifier(let text, _): characters[Character(text)] = node
      default: break
      }
    }
    let keyboard: [(Character, String, AtomClass)] = [
      ("+", "+", .binary), ("-", "−", .binary), ("*", "∗", .binary), ("/", "/", .ordinary),
      ("=", "=", .relation), ("<", "<", .relation), (">", ">", .relation), (":", ":", .relation),
      ("(", "(", .opening), ("[", "[", .opening), (")", ")", .closing), ("]", "]", .closing),
      ("|", "|", .ordinary), (",", ",", .punctuation), (";", ";", .punctuation),
      ("!", "!", .closing), ("?", "?", .closing), (".", ".", .ordinary), ("\"", "″", .ordinary),
      ("@", "@", .ordinary), ("`", "‘", .ordinary),
    ]
    for (character, text, kind) in keyboard {
      characters[character] = .symbol(Symbol(text: text, kind: kind))
    }
    return characters
  }()

  /// What `\not` makes of a relation, where Unicode has a character for it.
  static let negations: [String: String] = [
    "=": "≠", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "∼": "≁", "≃": "≄",
    "≅": "≇", "≈": "≉", "≡": "≢", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱", "∣": "∤", "∥": "∦",
    "∃": "∄", "→": "↛", "←": "↚", "↔": "↮", "⇒": "⇏", "⇐": "⇍", "⇔": "⇎", "⊢": "⊬", "⊨": "⊭",
    "≺": "⊀", "≻": "⊁", "⊴": "⋬", "⊵": "⋭",
  ]

  private static let letters = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
    varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω partial ∂ ell ℓ imath ı jmath ȷ
    hbar ℏ hslash ℏ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ daleth ℸ
    """
  private static let uprightLetters = """
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω nabla ∇
    digamma ϝ eth ð
    """
  private static let ordinary = """
    infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠
    measuredangle ∡ triangle △ square □ Box □ blacksquare ■ Diamond ◊ lozenge ◊ bigstar ★
    flat ♭ natural ♮ sharp ♯ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ prime ′
    backprime ‵ surd √ degree ° complement ∁ checkmark ✓ dag † ddag ‡ S § P ¶ copyright ©
    pounds £ $ $ % % & & # # _ _ vert | | ‖ Vert ‖ backslash \\ vdots ⋮
    """
  private static let binary = """
    pm ± mp ∓ times × div ÷ cdot ⋅ centerdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎
    sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄
    bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴
    unrhd ⊵ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ dagger † ddagger ‡ amalg ⨿
    boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ circledast ⊛ circledcirc ⊚ circleddash ⊝
    ltimes ⋉ rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ curlywedge ⋏ curlyvee ⋎ barwedge ⊼
    veebar ⊻ doublebarwedge ⩞ intercal ⊺ dotplus ∔ divideontimes ⋇ Cap ⋒ Cup ⋓
    """
  private static let relations = """
    le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙ ne ≠ neq ≠
    leqq ≦ geqq ≧ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ lneq ⪇
    gneq ⪈ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lessdot ⋖ gtrdot ⋗
    equiv ≡ nequiv ≢ sim ∼ nsim ≁ backsim ∽ simeq ≃ thicksim ∼ approx ≈ thickapprox ≈ napprox ≉
    approxeq ≊ cong ≅ ncong ≇ propto ∝ varpropto ∝ doteq ≐ Doteq ≑ triangleq ≜ circeq ≗
    bumpeq ≏ Bumpeq ≎ asymp ≍ eqsim ≂ coloneqq ≔ coloneq ≔ eqqcolon ≕ questeq ≟
    in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
    nsubseteq ⊈ nsupseteq ⊉ subseteqq ⫅ supseteqq ⫆ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐
    sqsubseteq ⊑ sqsupseteq ⊒ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽
    precsim ≾ succsim ≿ nprec ⊀ nsucc ⊁ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲
    vartriangleright ⊳ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ vdash ⊢ dashv ⊣ nvdash ⊬
    models ⊨ vDash ⊨ nvDash ⊭ Vdash ⊩ Vvdash ⊪ smile ⌣ frown ⌢ bowtie ⋈ Join ⋈ between ≬
    pitchfork ⋔ therefore ∴ because ∵ shortmid ∣ shortparallel ∥
    """
  private static let arrows = """
    to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
    Leftrightarrow ⇔ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹
    Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑ downarrow ↓
    updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
    hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼
    leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ rightrightarrows ⇉
    leftleftarrows ⇇ rightleftarrows ⇄ leftrightarrows ⇆ upuparrows ⇈ downdownarrows ⇊
    twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ rightsquigarrow ⇝
    leadsto ⇝ leftrightsquigarrow ↭ curvearrowright ↷ curvearrowleft ↶ circlearrowright ↻
    circlearrowleft ↺ nrightarrow ↛ nleftarrow ↚ nleftrightarrow ↮ nRightarrow ⇏ nLeftarrow ⇍
    nLeftrightarrow ⇎ Rrightarrow ⇛ Lleftarrow ⇚ upharpoonright ↾ upharpoonleft ↿ Lsh ↰ Rsh ↱
    multimap ⊸
    """
  private static let opening = """
    { { lbrace { lbrack [ langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ llbracket ⟦ lgroup ⟮ ulcorner ⌜
    """
  private static let closing = """
    } } rbrace } rbrack ] rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rrbracket ⟧ rgroup ⟯ urcorner ⌝
    """
  private static let dots =
    "ldots … cdots ⋯ ddots ⋱ iddots ⋰ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso …"
  private static let sums = """
    sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀
    biguplus ⨄ bigsqcup ⨆
    """
  private static let integrals = "int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ smallint ∫"
  private static let functions = """
    arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan \
    tanh
    """
  private static let functionsWithLimits = "det gcd inf lim max min Pr sup"
}
