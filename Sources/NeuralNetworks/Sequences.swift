import Failures
import Tensors

/// Batch and length of sequences [batch, length, inputs]; stops where `sequences` are none.
@discardableResult func requireSequences(
  _ sequences: Tensor, inputs: Int, of layer: String
) -> (batch: Int, length: Int) {
  if sequences.rank != 3 || sequences.shape[2] != inputs || sequences.count == 0 {
    fail(
      expected: "sequences [batch, length, \(inputs)] for \(layer)", found: "\(sequences.shape)",
      mend: sequences.rank == 2
        ? "perhaps .expandingAxis(0) for one sequence, or .expandingAxis(-1) for one channel"
        : "the last axis is as long as the layer was made for, and none is empty")
  }
  return (sequences.shape[0], sequences.shape[1])
}

/// Batch and length of sequences of symbols; stops where their lengths differ.
func requireSequences(_ sequences: [[Int]], of layer: String) -> (batch: Int, length: Int) {
  let length = sequences.first?.count ?? 0
  if let odd = sequences.firstIndex(where: { $0.count != length }) {
    fail(
      expected: "sequences of equal length for \(layer), \(length) symbols as the first",
      found: "\(sequences[odd].count) in sequence \(odd)", mend: "cut or fill them to one length")
  }
  if length == 0 {
    fail(
      expected: "at least one sequence of at least one symbol for \(layer)",
      found: "\(sequences.count) of length 0", mend: "is a batch or a range empty?")
  }
  return (sequences.count, length)
}
