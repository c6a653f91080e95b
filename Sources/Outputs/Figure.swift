/// A numbered figure of a page: what is shown, the words beneath it and the words in its place.
public struct Figure: Codable, Sendable, Equatable {
  /// One or two sentences; Markdown with mathematics.
  public var caption: String
  /// What a reader who cannot see it needs to know; plain text.
  public var alternative: String
  public var content: Content
  /// Line of the Markdown file on which it is shown.
  public var line: Int

  public init(caption: String, alternative: String, content: Content, line: Int) {
    self.caption = caption
    self.alternative = alternative
    self.content = content
    self.line = line
  }

  public indirect enum Content: Codable, Sendable, Equatable {
    case drawing(Drawing)
    case picture(Picture)
    case table(DataTable)
    /// A slider over contents of one kind and size; it shows the frame at `opensAt` at first.
    case frames([Frame], control: String, opensAt: Int)
    case pictureMap(PictureMap)
    case verses([Verse])
  }

  /// An inline SVG.
  public struct Drawing: Codable, Sendable, Equatable {
    /// A whole `<svg>` element, with `viewBox`, without a title: the page gives it its name.
    public var svg: String
    /// The plotted values, for the fold under the figure.
    public var values: DataTable?

    public init(svg: String, values: DataTable?) {
      self.svg = svg
      self.values = values
    }
  }

  /// A picture in pixels.
  public struct Picture: Codable, Sendable, Equatable {
    public var png: [UInt8]
    public var width: Int
    public var height: Int
    /// How many CSS pixels one of its pixels takes; shown without smoothing.
    public var scale: Int
    /// What the pictures of each row are, from the top; plain text. Empty where it is one picture.
    public var rowNames: [String]

    public init(png: [UInt8], width: Int, height: Int, scale: Int, rowNames: [String] = []) {
      self.png = png
      self.width = width
      self.height = height
      self.scale = scale
      self.rowNames = rowNames
    }
  }

  /// Pictures of one size at the nodes of a plane, side by side on one sheet.
  public struct PictureMap: Codable, Sendable, Equatable {
    /// All pictures without gaps, the first axis to the right, the second upwards.
    public var sheet: Picture
    public var across: Axis
    public var up: Axis

    public struct Axis: Codable, Sendable, Equatable {
      public var name: String
      /// The number at each node, rising, as the page says it: "−1.2".
      public var values: [String]
      /// The node that is chosen at first, counted from 0.
      public var start: Int

      public init(name: String, values: [String], start: Int) {
        self.name = name
        self.values = values
        self.start = start
      }
    }

    public init(sheet: Picture, across: Axis, up: Axis) {
      self.sheet = sheet
      self.across = across
      self.up = up
    }
  }

  /// A line of Chinese verse.
  public struct Verse: Codable, Sendable, Equatable {
    public var text: String
    /// What stands beside it; Markdown with mathematics.
    public var note: String?

    public init(text: String, note: String?) {
      self.text = text
      self.note = note
    }
  }

  public struct Frame: Codable, Sendable, Equatable {
    /// What the slider says here, for instance "t = 0.5".
    public var label: String
    public var content: Content

    public init(label: String, content: Content) {
      self.label = label
      self.content = content
    }
  }
}

/// Rows and columns of text: numbers, or words in Markdown with mathematics.
public struct DataTable: Codable, Sendable, Equatable {
  public var columns: [Column]
  public var rows: [[String]]

  public struct Column: Codable, Sendable, Equatable {
    /// Heading; Markdown with mathematics.
    public var heading: String
    /// Numbers are set to the right, on their digits.
    public var isNumeric: Bool

    public init(_ heading: String, isNumeric: Bool) {
      self.heading = heading
      self.isNumeric = isNumeric
    }
  }

  public init(columns: [Column], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }
}
