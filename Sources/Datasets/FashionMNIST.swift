import DataCatalogue
import Tensors

/// Grey pictures of clothes and shoes, 28 × 28, in ten classes: 60,000 to train on and 10,000 to test.
///
/// Kept as bytes; what `images` gives is made when it is asked for, so ask a batch rather than the whole.
///
/// Source: Xiao, Rasul & Vollgraf, *Fashion-MNIST: a novel image dataset for benchmarking machine learning
/// algorithms* (2017), arXiv:1708.07747. MIT licence, © 2017 Zalando SE. Debian's package is
/// dataset-fashion-mnist.
public struct FashionMNIST: Examples {
  /// What each label stands for.
  public static let classes = [
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
    "ankle boot",
  ]
  public static let height = 28
  public static let width = 28

  let pixels: Pixels
  /// The class of each picture, from 0 to 9.
  public let labels: [Int]

  /// The 60,000 pictures to train on; the program stops where their files are missing or damaged.
  public static func training() -> FashionMNIST {
    orFail { () throws(DataError) in
      let files = DataSet.fashionMNIST.files
      return try FashionMNIST(images: files[0], labels: files[1])
    }
  }

  /// The 10,000 pictures to test on; the program stops where their files are missing or damaged.
  public static func test() -> FashionMNIST {
    orFail { () throws(DataError) in
      let files = DataSet.fashionMNIST.files
      return try FashionMNIST(images: files[2], labels: files[3])
    }
  }

  /// Reads two files of the format IDX, each from the first of the places where it lies.
  package init(images: [String], labels: [String]) throws(DataError) {
    let imageFile = try DataFile(at: images, of: .fashionMNIST)
    let labelFile = try DataFile(at: labels, of: .fashionMNIST)
    let images = try IDX(imageFile)
    let labels = try IDX(labelFile)
    guard images.sizes.count == 3, images.sizes[1...] == [Self.height, Self.width] else {
      throw imageFile.damage(
        expected: "to hold pictures of 28 × 28",
        found: images.sizes.map(String.init).joined(separator: " × ") + " values")
    }
    guard labels.sizes == [images.sizes[0]] else {
      throw labelFile.damage(
        expected: "to hold \(images.sizes[0]) labels, one for each picture",
        found: labels.sizes.map(String.init).joined(separator: " × "))
    }
    if let place = labels.values.firstIndex(where: { $0 >= Self.classes.count }) {
      throw labelFile.damage(
        expected: "to hold labels from 0 to 9", found: "\(labels.values[place]) at place \(place)")
    }
    pixels = Pixels(size: Self.height * Self.width, bytes: images.values)
    self.labels = labels.values.map(Int.init)
  }

  private init(pixels: Pixels, labels: [Int]) {
    self.pixels = pixels
    self.labels = labels
  }

  public var count: Int { labels.count }

  /// [count, 28, 28, 1], from 0 where there is nothing to 1 where it is brightest.
  public var images: Tensor {
    Tensor(pixels: pixels.bytes, shape: [count, Self.height, Self.width, 1])
  }

  public func examples(at places: [Int]) -> FashionMNIST {
    requirePlaces(places)
    return FashionMNIST(pixels: pixels.examples(at: places), labels: places.map { labels[$0] })
  }
}
