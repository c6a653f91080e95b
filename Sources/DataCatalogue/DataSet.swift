/// A data set from the system's packages: which one brings it, where its files lie, what its licence asks.
///
/// The one list of them: the library reads the files named here, and the course installs the packages,
/// tells a changed file from an unchanged one, and puts the credit on the page.
public struct DataSet: Sendable, Equatable {
  /// What the front matter of a chapter calls it.
  public var name: String
  /// The type that reads it in a chapter's cell.
  public var reader: String
  public var package: String
  public var licence: Licence
  /// What the licence asks to be said: who made it, and what was changed.
  public var credit: String
  /// Where each file may lie; the first that exists is taken.
  public var files: [[String]]

  public struct Licence: Sendable, Equatable {
    public var name: String
    /// Where its words are to be read, where it asks for that.
    public var address: String?
  }

  public static let all = [fashionMNIST, creatures, couplets]

  public static let fashionMNIST = DataSet(
    name: "fashion-mnist", reader: "FashionMNIST", package: "dataset-fashion-mnist",
    licence: Licence(name: "MIT licence"),
    credit: "Fashion-MNIST by Han Xiao, Kashif Rasul and Roland Vollgraf, © 2017 Zalando SE",
    files: [
      "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1",
    ].map { ["/usr/share/datasets/fashion-mnist/\($0)-ubyte.gz"] })

  public static let creatures = DataSet(
    name: "creatures", reader: "Creatures", package: "angband-data",
    licence: Licence(name: "CC BY 3.0", address: "https://creativecommons.org/licenses/by/3.0/"),
    credit: "32×32 tiles of the game Angband, © 1999 David Gervais; "
      + "here made smaller, in fewer colours and on white",
    // Since Angband 4 each set of tiles has a folder of its own.
    files: [
      [
        "/usr/share/angband/xtra/graf/32x32.png",
        "/usr/share/angband/tiles/gervais/32x32.png",
        "/usr/share/games/angband/tiles/gervais/32x32.png",
      ]
    ])

  public static let couplets = DataSet(
    name: "couplets", reader: "Couplets", package: "fortunes-zh",
    licence: Licence(name: "public domain; the collection GPL 3 or later"),
    credit: "ancient Chinese verse, as collected in Debian's fortunes-zh",
    files: ["tang300", "song100", "chinese"].map { ["/usr/share/games/fortunes/\($0)"] })
}
