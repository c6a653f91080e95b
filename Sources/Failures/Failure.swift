/// Stops the program with a sentence that says what was expected, what was found and how to mend it.
///
/// Unlike the text of a `precondition`, this one survives optimisation; the trap's backtrace names the
/// line that called the library.
@usableFromInline @inline(never)
package func fail(expected: String, found: String, mend: String) -> Never {
  fatalError("expected \(expected), found \(found); \(mend)")
}
