/// Stops the program with a sentence that says what was expected, what was found and how to mend it.
func fail(expected: String, found: String, mend: String) -> Never {
  fatalError("expected \(expected), found \(found); \(mend)")
}
