extension Node {
  /// The kinds of atom with which the node begins and ends, for the space beside it.
  var kinds: (first: AtomClass, last: AtomClass) {
    let kind: AtomClass
    switch self {
    case .symbol(let symbol), .delimiter(let symbol, _): kind = symbol.kind
    case .name: kind = .operation
    case .group(_, let given), .stretched(_, _, _, let given): kind = given
    case .fenced(let fence):
      // To TeX the whole is one inner atom, which puts a gap into D\left(x\right). Between bars, which
      // have no sides of their own, the gap helps.
      let delimiters = fence.delimiters
      if delimiters.first == "|" || delimiters.first == "‖" { return (.inner, .inner) }
      return (
        delimiters.first == .some(nil) ? .ordinary : .opening,
        delimiters.last == .some(nil) ? .ordinary : .closing
      )
    case .arrow: kind = .relation
    case .scripts(let scripts): return scripts.base?.kinds ?? (.ordinary, .ordinary)
    case .stack(let base, _, _, let given):
      if let given { kind = given } else { return Self.kinds(of: base) }
    case .styled(_, let nodes), .coloured(_, let nodes): return Self.kinds(of: nodes)
    default: kind = .ordinary
    }
    return (kind, kind)
  }

  private static func kinds(of nodes: [Node]) -> (first: AtomClass, last: AtomClass) {
    guard let first = nodes.first(where: { !$0.isSpace }),
      let last = nodes.last(where: { !$0.isSpace })
    else { return (.ordinary, .ordinary) }
    return (first.kinds.first, last.kinds.last)
  }

  var isSpace: Bool { if case .space = self { true } else { false } }

  var isLetter: Bool { if case .identifier = self { true } else { false } }

  /// Whether the node is one operator, whose attributes can carry the space beside it.
  var isOperator: Bool {
    switch self {
    case .symbol(let symbol): symbol.isWrittenAsOperator
    case .delimiter: true
    default: false
    }
  }
}

extension Scripts {
  /// Whether the scripts stand below and above rather than beside.
  func hasLimits(in style: Style) -> Bool {
    // `\limits` alone, and what a slip leaves of a formula.
    if above == nil, below == nil, primes == 0 { return false }
    let usual: Limits =
      switch base {
      case .symbol(let symbol)?: symbol.limits ?? .never
      case .name(_, let limits)?: limits ? .inDisplays : .never
      case .group(_, .operation)?: .inDisplays
      case .stretched?: .always
      default: .never
      }
    switch limits ?? usual {
    case .always: return true
    case .inDisplays: return style == .display
    case .never: return false
    }
  }
}
