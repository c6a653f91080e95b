/// The simplex method on a transport network.
///
/// A basic plan uses the n + m − 1 routes of a tree that joins all sources and targets. Along the tree
/// the potentials solve f_i + g_j = c_ij; a route off the tree with f_i + g_j > c_ij saves cost, so it
/// enters, mass is pushed round the cycle it closes, and a route that runs empty leaves.
///
/// Ties could make the method circle for ever. The tree is therefore kept *strongly feasible*: an empty
/// route always leads from the farther end towards the root. Choosing, among the routes that run empty,
/// the last one met on the way round keeps it so, and then no tree can come back.
/// Sources: Cunningham (1976); Ahuja, Magnanti & Orlin, *Network Flows* (1993), chapter 11.
struct TransportSimplex {
  private let rows: Int
  private let columns: Int
  /// Row by row.
  private let cost: [Double]

  // The tree: sources are nodes 0..<rows, targets follow, the root is node 0; −1 stands for "none".
  private var parent: [Int]
  /// The mass on the route between a node and its parent.
  private var flow: [Double]
  private var depth: [Int]
  private var potential: [Double]
  // Children as doubly linked lists of siblings.
  private var firstChild: [Int]
  private var nextSibling: [Int]
  private var previousSibling: [Int]

  private(set) var pivots = 0

  /// Masses must be positive; `cost` has a row for each source.
  init(source: [Double], target: [Double], cost: [Double]) {
    rows = source.count
    columns = target.count
    self.cost = cost
    let nodes = rows + columns
    parent = [Int](repeating: -1, count: nodes)
    flow = [Double](repeating: 0, count: nodes)
    depth = [Int](repeating: 0, count: nodes)
    potential = [Double](repeating: 0, count: nodes)
    firstChild = [Int](repeating: -1, count: nodes)
    nextSibling = [Int](repeating: -1, count: nodes)
    previousSibling = [Int](repeating: -1, count: nodes)
    startAtNorthWestCorner(source: source, target: target)
    refreshSubtree(of: 0)
  }

  /// Fills targets from sources in order. Of a source and a target that run out together, the source is
  /// done with first: the empty route that follows then leads towards the root.
  private mutating func startAtNorthWestCorner(source: [Double], target: [Double]) {
    var (supply, demand) = (source, target)
    var (i, j) = (0, 0)
    attach(rows, to: 0)
    while true {
      let target = rows + j
      let last = i == rows - 1 && j == columns - 1
      let rowIsDone = i < rows - 1 && (j == columns - 1 || supply[i] <= demand[j])
      // Rounding leaves crumbs: the last row and the last column take what is asked of them.
      let moved =
        i == rows - 1
        ? max(0, demand[j]) : j == columns - 1 ? supply[i] : min(supply[i], demand[j])
      if parent[target] == i { flow[target] = moved } else { flow[i] = moved }
      if last { break }
      supply[i] -= moved
      demand[j] -= moved
      if rowIsDone {
        i += 1
        attach(i, to: target)
      } else {
        j += 1
        attach(rows + j, to: i)
      }
    }
  }

  /// Exchanges routes until none saves cost.
  mutating func solve() {
    let largest = cost.reduce(0) { max($0, abs($1)) }
    let tolerance = 1e-12 * largest
    let blockSize = max(32, Int(Double(cost.count).squareRoot()))
    var position = 0
    var unsuccessful = 0
    while unsuccessful < cost.count {
      var best = -tolerance
      var entering = -1
      for _ in 0..<min(blockSize, cost.count - unsuccessful) {
        let (i, j) = position.quotientAndRemainder(dividingBy: columns)
        let saving = cost[position] - potential[i] - potential[rows + j]
        if saving < best {
          best = saving
          entering = position
        }
        unsuccessful += 1
        position = position + 1 == cost.count ? 0 : position + 1
      }
      guard entering >= 0 else { continue }
      unsuccessful = 0
      let (i, j) = entering.quotientAndRemainder(dividingBy: columns)
      exchange(entering: i, rows + j)
    }
  }

  /// Lets the route from `source` to `target` enter the tree, and the last route to run empty leave.
  private mutating func exchange(entering source: Int, _ target: Int) {
    pivots += 1
    // The cycle runs from the apex down to the source, over the new route, and up from the target.
    var (a, b) = (source, target)
    var smallest = Double.infinity
    var leaving = -1
    var leavesOnSourceSide = true
    while a != b {
      // A route that leads against the cycle loses mass: on the way down from the apex, one from a
      // source to its parent; on the way up, one from a parent to a target. Ties: the last one on the
      // way round leaves, which on the way down is the one nearest to the new route.
      if depth[a] >= depth[b] {
        if a < rows && flow[a] < smallest {
          smallest = flow[a]
          leaving = a
          leavesOnSourceSide = true
        }
        a = parent[a]
      } else {
        if b >= rows && flow[b] <= smallest {
          smallest = flow[b]
          leaving = b
          leavesOnSourceSide = false
        }
        b = parent[b]
      }
    }
    let apex = a
    if smallest > 0 {
      var node = source
      while node != apex {
        flow[node] += node < rows ? -smallest : smallest
        node = parent[node]
      }
      node = target
      while node != apex {
        flow[node] += node < rows ? smallest : -smallest
        node = parent[node]
      }
    }
    // The part cut off by the leaving route hangs from the entering one now, turned about.
    let (inside, outside) = leavesOnSourceSide ? (source, target) : (target, source)
    var (node, newParent, newFlow) = (inside, outside, smallest)
    while true {
      let (oldParent, oldFlow) = (parent[node], flow[node])
      detach(node)
      attach(node, to: newParent)
      flow[node] = newFlow
      if node == leaving { break }
      (node, newParent, newFlow) = (oldParent, node, oldFlow)
    }
    refreshSubtree(of: inside)
  }

  /// Sets depths and potentials below a node anew from its parent's, so that rounding errors do not pile up.
  private mutating func refreshSubtree(of top: Int) {
    var node = top
    while true {
      let above = parent[node]
      if above >= 0 {
        depth[node] = depth[above] + 1
        let route = node < rows ? node * columns + above - rows : above * columns + node - rows
        potential[node] = cost[route] - potential[above]
      }
      if firstChild[node] >= 0 {
        node = firstChild[node]
        continue
      }
      while node != top && nextSibling[node] < 0 { node = parent[node] }
      if node == top { return }
      node = nextSibling[node]
    }
  }

  private mutating func attach(_ node: Int, to newParent: Int) {
    let sibling = firstChild[newParent]
    parent[node] = newParent
    nextSibling[node] = sibling
    previousSibling[node] = -1
    if sibling >= 0 { previousSibling[sibling] = node }
    firstChild[newParent] = node
  }

  private mutating func detach(_ node: Int) {
    let (before, after) = (previousSibling[node], nextSibling[node])
    if before >= 0 { nextSibling[before] = after } else { firstChild[parent[node]] = after }
    if after >= 0 { previousSibling[after] = before }
    parent[node] = -1
  }

  /// The routes of the tree that carry mass.
  var flows: [(row: Int, column: Int, flow: Double)] {
    (0..<(rows + columns)).compactMap { node in
      guard parent[node] >= 0, flow[node] > 0 else { return nil }
      return node < rows
        ? (node, parent[node] - rows, flow[node]) : (parent[node], node - rows, flow[node])
    }
  }

  var sourcePotentials: [Double] { Array(potential[0..<rows]) }
}
