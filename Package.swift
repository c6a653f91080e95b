// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "create-to-understand",
  platforms: [.macOS(.v15)],
  products: [
    // What a chapter's program is compiled against and linked with.
    .library(name: "Course", type: .static, targets: ["Course"]),
    .executable(name: "course", targets: ["CourseTool"]),
    .executable(name: "benchmark", targets: ["Benchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),

    // The hot loops: one C target, dispatched at run time.
    .target(
      name: "Kernels",
      dependencies: [.target(name: "COpenBLAS", condition: .when(platforms: [.linux]))],
      linkerSettings: [.linkedFramework("Accelerate", .when(platforms: [.macOS]))]),

    // What the two stacks share: the words a running chapter says, and where data sets lie.
    .target(name: "Outputs"),
    .target(name: "DataCatalogue"),

    // How the libraries of a chapter stop: with a sentence.
    .target(name: "Failures"),

    // The stack a chapter's cells use.
    .target(name: "Randomness"),
    .target(name: "Tensors", dependencies: ["Failures", "Kernels", "Randomness"]),
    .target(
      name: "NeuralNetworks", dependencies: ["Failures", "Kernels", "Randomness", "Tensors"]),
    .target(name: "Claims", dependencies: ["Outputs", "Randomness", "BigInt"]),
    .target(name: "Distributions", dependencies: ["Failures", "Randomness", "Tensors"]),
    .target(
      name: "Datasets",
      dependencies: [
        "CPNG", "CZlib", "DataCatalogue", "Distributions", "Failures", "Randomness", "Tensors",
      ]),
    .target(name: "Figures", dependencies: ["Outputs", "CPNG"]),
    .target(
      name: "Course",
      dependencies: [
        "Claims", "Datasets", "Distributions", "Figures", "Kernels", "NeuralNetworks", "Outputs",
        "Randomness", "Tensors",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // The stack that turns a book into a site.
    .target(name: "Mathematics"),
    .target(name: "Literate", dependencies: ["CMarkdown", "Yams"]),
    .target(
      name: "Runner",
      dependencies: [
        "DataCatalogue", "Literate", "Outputs",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "SiteGenerator",
      dependencies: [
        "DataCatalogue", "Literate", "Mathematics", "Outputs", "Runner",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .executableTarget(
      name: "CourseTool",
      dependencies: [
        "DataCatalogue", "Mathematics", "SiteGenerator", "Runner", "FlyingFox",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Our training steps beside PyTorch's.
    .executableTarget(
      name: "Benchmark",
      dependencies: [
        "Kernels", "Literate", "NeuralNetworks", "Randomness", "Runner", "Tensors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // What several test targets need to build a book.
    .target(
      name: "Workbench", dependencies: ["Literate", "Runner", "SiteGenerator"],
      path: "Tests/Workbench"),
    .testTarget(
      name: "RunnerTests",
      dependencies: ["Literate", "Outputs", "Runner", "SiteGenerator", "Workbench"]),
    .testTarget(
      name: "CourseToolTests",
      dependencies: [
        "CourseTool", "Literate", "Workbench",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .testTarget(
      name: "ChapterTests",
      dependencies: [
        "Literate", "Outputs", "Runner", "SiteGenerator", "Workbench",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .testTarget(
      name: "SiteGeneratorTests",
      dependencies: ["Literate", "Outputs", "Runner", "SiteGenerator", "Workbench"]),
    .testTarget(name: "DocsTests", dependencies: ["Literate", "Outputs", "Runner", "Workbench"]),
    .testTarget(
      name: "BenchmarkTests",
      dependencies: [
        "Benchmark", "Literate", "Workbench",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .testTarget(name: "LiterateTests", dependencies: ["Literate"]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "CPNG", "DataCatalogue", "Datasets", "Distributions", "Randomness", "Tensors",
      ]),
    .testTarget(name: "FiguresTests", dependencies: ["CPNG", "Figures", "Outputs"]),
    .testTarget(name: "MathematicsTests", dependencies: ["Mathematics", "Randomness"]),
    .testTarget(name: "OutputsTests", dependencies: ["Outputs"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "DistributionsTests", dependencies: ["Distributions", "Randomness", "Tensors"]),
    .testTarget(
      name: "ClaimsTests", dependencies: ["BigInt", "Claims", "Outputs", "Randomness"]),
    .testTarget(
      name: "NeuralNetworksTests",
      dependencies: ["Kernels", "NeuralNetworks", "Randomness", "Tensors"]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "Randomness"]),
    .testTarget(name: "TensorsTests", dependencies: ["Kernels", "Randomness", "Tensors"]),
  ],
  swiftLanguageModes: [.v6]
)
