import DataCatalogue
import Datasets
import Randomness
import Tensors
import Testing

@Suite struct FashionMNISTTests {
  @Test func thereAreSixtyThousandToTrainOnAndTenThousandToTest() {
    let training = FashionMNIST.training()
    let test = FashionMNIST.test()
    #expect(training.count == 60_000)
    #expect(test.count == 10_000)
    for label in 0..<10 {
      #expect(training.labels.count { $0 == label } == 6_000)
      #expect(test.labels.count { $0 == label } == 1_000)
    }
  }

  /// The numbers were found by another program, in another language.
  @Test func thePixelsAreThoseOfTheFiles() {
    let training = FashionMNIST.training()
    #expect(Array(training.labels.prefix(10)) == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5])
    let images = training.examples(at: [0, 59_999]).images
    #expect(images.shape == [2, 28, 28, 1])
    let bytes = images.float32s.map { 255 * $0 }
    #expect(bytes.allSatisfy { abs($0 - $0.rounded()) < 1e-4 })
    #expect(Int(bytes[..<784].reduce(0, +).rounded()) == 76_247)
    #expect(Int(bytes[784...].reduce(0, +).rounded()) == 16_684)
    #expect(
      bytes[392..<420].map { Int($0.rounded()) } == [
        0, 0, 1, 4, 6, 7, 2, 0, 0, 0, 0, 0, 237, 226, 217, 223, 222, 219, 222, 221, 216, 223, 229,
        215, 218, 255, 77, 0,
      ])
  }

  @Test func aBatchKeepsPicturesAndLabelsTogether() {
    let test = FashionMNIST.test().first(200)
    var random = SeededGenerator(seed: 2)
    let images = test.images.float32s
    for batch in test.batches(of: 20, using: &random).prefix(3) {
      let pixels = batch.images.float32s
      for place in 0..<20 {
        let picture = pixels[784 * place..<784 * (place + 1)]
        let origin = (0..<200).first { images[784 * $0..<784 * ($0 + 1)].elementsEqual(picture) }
        #expect(origin.map { test.labels[$0] } == batch.labels[place])
      }
    }
  }
}

/// Files that are missing or damaged, told as text.
@Suite struct FashionMNISTFileTests {
  /// Two pictures of 28 × 28 as IDX, not packed.
  static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28] + (0..<1568).map { UInt8($0 % 256) }
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9]

  private func problem(images: [UInt8], labels: [UInt8]) throws -> (String, String, String) {
    let (imagePath, labelPath) = (try temporaryFile(images), try temporaryFile(labels))
    do {
      _ = try FashionMNIST(images: [imagePath], labels: [labelPath])
      return ("", imagePath, labelPath)
    } catch {
      return (error.description, imagePath, labelPath)
    }
  }

  private let anew = "install it anew: apt-get install --reinstall dataset-fashion-mnist"

  @Test func wholeFilesAreRead() throws {
    let set = try FashionMNIST(
      images: ["/nowhere", try temporaryFile(Self.images)],
      labels: [try temporaryFile(Self.labels)])
    #expect(set.labels == [7, 9])
    #expect(set.images.float32s == Self.images[16...].map { Float($0) / 255 })
  }

  @Test func aMissingFileNamesThePackageAndThePath() throws {
    let error = #expect(throws: DataError.self) {
      try FashionMNIST(images: ["/nowhere/a", "/nowhere/b"], labels: ["/nowhere/c"])
    }
    #expect(
      error?.description
        == "expected the data set fashion-mnist at /nowhere/a or /nowhere/b, found no file there; "
        + "install it: apt-get install dataset-fashion-mnist")
  }

  @Test func theProgramStopsWithTheseWords() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = orFail { () throws(DataError) in
        try FashionMNIST(images: ["/nowhere/a"], labels: ["/nowhere/b"])
      }
    }
    #expect(
      words(result).contains(
        "expected the data set fashion-mnist at /nowhere/a, found no file there; "
          + "install it: apt-get install dataset-fashion-mnist"))
  }

  @Test func aPackedFileThatEndsTooEarly() throws {
    let packed = try contents(of: DataSet.fashionMNIST.files[3][0])
    let (told, _, path) = try problem(
      images: Self.images, labels: Array(packed.prefix(packed.count / 2)))
    #expect(told.hasPrefix("expected \(path) to be whole, found damage after "))
    #expect(told.hasSuffix(" bytes (unexpected end of file); \(anew)"))
  }

  @Test func aPackedFileWithAWrongByte() throws {
    var packed = try contents(of: DataSet.fashionMNIST.files[3][0])
    packed[packed.count / 2] ^= 0xFF
    let (told, _, path) = try problem(images: Self.images, labels: packed)
    #expect(told.hasPrefix("expected \(path) to be whole, found damage after "))
    #expect(told.hasSuffix(anew))
  }

  @Test func aFileWithoutItsLastBytes() throws {
    let (told, path, _) = try problem(images: Self.images.dropLast(3), labels: Self.labels)
    #expect(told == "expected \(path) to hold 2 × 28 × 28 values, found 1565; \(anew)")
  }

  @Test func aFileThatIsNotIDX() throws {
    let (told, path, _) = try problem(images: Array("hello".utf8), labels: Self.labels)
    #expect(
      told == "expected \(path) to begin with 0, 0, 8, as IDX does, found 104, 101, 108; \(anew)")
  }

  @Test func anEmptyFile() throws {
    let (told, path, _) = try problem(images: [], labels: Self.labels)
    #expect(
      told == "expected \(path) to begin with 0, 0, 8, as IDX does, found an empty file; \(anew)")
  }

  @Test func aFileThatEndsWithinItsSizes() throws {
    let (told, path, _) = try problem(images: [0, 0, 8, 3, 0, 0], labels: Self.labels)
    #expect(
      told == "expected \(path) to hold the sizes of 3 dimensions, found only 6 bytes; \(anew)")
  }

  @Test func sizesWhoseProductOverflows() throws {
    let sizes = [UInt8](repeating: 0xFF, count: 12)
    let (told, path, _) = try problem(images: [0, 0, 8, 3] + sizes, labels: Self.labels)
    #expect(
      told
        == "expected \(path) to hold 4294967295 × 4294967295 × 4294967295 values, found 0; \(anew)")
  }

  @Test func picturesOfAnotherSize() throws {
    let (told, path, _) = try problem(
      images: [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4], labels: Self.labels)
    #expect(
      told == "expected \(path) to hold pictures of 28 × 28, found 1 × 2 × 2 values; \(anew)")
  }

  @Test func tooFewLabels() throws {
    let (told, _, path) = try problem(images: Self.images, labels: [0, 0, 8, 1, 0, 0, 0, 1, 7])
    #expect(told == "expected \(path) to hold 2 labels, one for each picture, found 1; \(anew)")
  }

  @Test func aLabelBeyondNine() throws {
    let (told, _, path) = try problem(images: Self.images, labels: Self.labels.dropLast() + [10])
    #expect(told == "expected \(path) to hold labels from 0 to 9, found 10 at place 1; \(anew)")
  }

  @Test func aFolderInPlaceOfTheFile() throws {
    let error = #expect(throws: DataError.self) {
      try FashionMNIST(images: ["/usr"], labels: ["/usr"])
    }
    #expect(error?.description.hasPrefix("expected /usr to be whole, found Is a directory") == true)
  }
}
