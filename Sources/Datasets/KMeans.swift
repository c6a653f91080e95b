/// Clusters of points, each point in the cluster whose centre is nearest (Lloyd, 1957).
///
/// Nothing is drawn: the first centre is the heaviest point, each further one the point whose weight times
/// squared distance to the centres so far is greatest. Then every centre moves to the mean of its points
/// and every point to its nearest centre, until none changes. Equal points give equal clusters everywhere.
package struct KMeans {
  package private(set) var centres: [[Double]]
  /// The cluster of each point.
  package private(set) var clusters: [Int]

  /// - Parameters:
  ///   - points: All different.
  ///   - weights: How often each stands in the data.
  ///   - count: How many clusters; one for each point where there are fewer points.
  package init(_ points: [[Double]], weights: [Double], count: Int) {
    let count = min(count, points.count)
    var next = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    var distances = [Double](repeating: .infinity, count: points.count)
    centres = []
    clusters = [Int](repeating: 0, count: points.count)
    while centres.count < count {
      let centre = points[next]
      for (index, point) in points.enumerated() {
        let distance = Self.squaredDistance(point, centre)
        if distance < distances[index] {
          distances[index] = distance
          clusters[index] = centres.count
        }
      }
      centres.append(centre)
      next = points.indices.max { weights[$0] * distances[$0] < weights[$1] * distances[$1] } ?? 0
    }
    repeat { moveCentres(to: points, weights) } while assign(points)
  }

  /// Moves every centre to the mean of its points. A centre without points stays where it is.
  private mutating func moveCentres(to points: [[Double]], _ weights: [Double]) {
    var sums = centres.map { $0.map { _ in 0.0 } }
    var masses = [Double](repeating: 0, count: centres.count)
    for (index, point) in points.enumerated() {
      let cluster = clusters[index]
      masses[cluster] += weights[index]
      for (axis, value) in point.enumerated() { sums[cluster][axis] += weights[index] * value }
    }
    for cluster in centres.indices where masses[cluster] > 0 {
      centres[cluster] = sums[cluster].map { $0 / masses[cluster] }
    }
  }

  /// Puts every point into the nearest cluster; whether any changed. A point between two stays.
  private mutating func assign(_ points: [[Double]]) -> Bool {
    var hasChanged = false
    for (index, point) in points.enumerated() {
      var nearest = clusters[index]
      var least = Self.squaredDistance(point, centres[nearest])
      for (cluster, centre) in centres.enumerated() {
        let distance = Self.squaredDistance(point, centre)
        if distance < least { (nearest, least) = (cluster, distance) }
      }
      if nearest != clusters[index] {
        clusters[index] = nearest
        hasChanged = true
      }
    }
    return hasChanged
  }

  static func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for axis in a.indices {
      let difference = a[axis] - b[axis]
      sum += difference * difference
    }
    return sum
  }
}
