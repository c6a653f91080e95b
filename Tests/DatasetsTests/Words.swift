import Testing

/// The words a program that was stopped wrote on its way.
func words(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
