import Literate
import Outputs

/// Everything a chapter's program said, in order, cell by cell.
///
/// Lines are those of the Markdown file the transcript was last fitted to; see `KeptRun`.
public struct Transcript: Sendable, Equatable {
  public var cells: [CellOutputs]
  /// Texts of the prose's interpolations.
  public var interpolations: [String]
  /// What it took and what made it; apart from the rest because it differs from run to run.
  public var measured: Measured

  public init(cells: [CellOutputs], interpolations: [String], measured: Measured) {
    self.cells = cells
    self.interpolations = interpolations
    self.measured = measured
  }

  public struct CellOutputs: Sendable, Equatable, Codable {
    public var outputs: [CellOutput]
    public var seconds: Double

    public init(outputs: [CellOutput], seconds: Double) {
      self.outputs = outputs
      self.seconds = seconds
    }
  }

  public struct Measured: Sendable, Equatable, Codable {
    public var compileSeconds: Double
    public var runSeconds: Double
    /// Bytes.
    public var peakMemory: Int
    /// "Swift 6.3.1".
    public var compiler: String
    /// "x86_64-unknown-linux-gnu".
    public var target: String

    public init(
      compileSeconds: Double, runSeconds: Double, peakMemory: Int, compiler: String, target: String
    ) {
      self.compileSeconds = compileSeconds
      self.runSeconds = runSeconds
      self.peakMemory = peakMemory
      self.compiler = compiler
      self.target = target
    }
  }
}

/// One thing a cell put out.
public enum CellOutput: Sendable, Equatable, Codable {
  case printed(String, line: Int?)
  case claim(Claim)
  case derivation(DerivationReport)
  case figure(Figure)
  /// The cell was flagged `traps` and did, saying this.
  case trapped(message: String)
  /// The cell was flagged `fails` and did, with this diagnostic.
  case didNotCompile(diagnostic: String)
  case remembered(name: String, wasKept: Bool, seconds: Double)
}
