import Literate

/// Testing has a source location of its own.
typealias Place = Literate.SourceLocation
