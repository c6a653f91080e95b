import Datasets
import Randomness
import Testing

@Suite struct KMeansTests {
  private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test func everyPointIsInTheNearestClusterAndEveryCentreIsAMean() {
    var random = SeededGenerator(seed: 6)
    let points = (0..<300).map { _ in (0..<3).map { _ in random.uniform() } }
    let weights = (0..<300).map { _ in 1 + 10 * random.uniform() }
    let result = KMeans(points, weights: weights, count: 12)
    #expect(result.centres.count == 12)
    for (point, cluster) in zip(points, result.clusters) {
      let own = squaredDistance(point, result.centres[cluster])
      #expect(result.centres.allSatisfy { own <= squaredDistance(point, $0) })
    }
    for (cluster, centre) in result.centres.enumerated() {
      let members = points.indices.filter { result.clusters[$0] == cluster }
      let mass = members.reduce(0) { $0 + weights[$1] }
      for axis in 0..<3 {
        let mean = members.reduce(0) { $0 + weights[$1] * points[$1][axis] } / mass
        #expect(abs(mean - centre[axis]) < 1e-12)
      }
    }
  }

  @Test func clustersThatLieApartAreFound() {
    var random = SeededGenerator(seed: 7)
    let corners = [[0.0, 0], [10, 0], [0, 10], [10, 10]]
    let points = (0..<200).map { index in corners[index % 4].map { $0 + random.normal() } }
    let result = KMeans(points, weights: [Double](repeating: 1, count: 200), count: 4)
    for index in points.indices {
      #expect(result.clusters[index] == result.clusters[index % 4])
    }
    #expect(Set(result.clusters).count == 4)
  }

  @Test func asManyClustersAsPointsAreThePoints() {
    let points = [[1.0], [5], [2], [9]]
    let result = KMeans(points, weights: [1, 1, 3, 1], count: 10)
    #expect(result.centres.sorted { $0[0] < $1[0] } == points.sorted { $0[0] < $1[0] })
  }

  @Test func aHeavyPointDrawsTheCentre() {
    let result = KMeans([[0.0], [1]], weights: [3, 1], count: 1)
    #expect(result.centres == [[0.25]])
  }
}
