/// The colours of a series. The page defines them for light and dark as `--c1` … `--c6`.
public enum Color: Int, CaseIterable, Sendable {
  case blue, orange, green, purple, red, slate

  /// The colour of the nth series; after the sixth they begin again, with another dash.
  init(series: Int) { self = Color.allCases[series % Color.allCases.count] }

  var css: String {
    switch self {
    case .blue: "var(--c1,#1b6ca8)"
    case .orange: "var(--c2,#b8541a)"
    case .green: "var(--c3,#2e8540)"
    case .purple: "var(--c4,#8b4fb0)"
    case .red: "var(--c5,#b3203a)"
    case .slate: "var(--c6,#5f6b76)"
    }
  }

  /// The dash pattern of the nth line, so that lines differ without colour too.
  static func dash(series: Int) -> String? {
    [nil, "7 4", "2 4", "10 3 2 3", "14 5", "5 2 1 2 1 2"][series % 6]
  }
}
