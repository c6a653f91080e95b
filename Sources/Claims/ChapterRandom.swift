public import Randomness

/// The chapter's source of randomness, seeded by its program before the first cell.
///
/// One variable for the whole program, so that `memo` can put it back where computing would have left
/// it. A chapter's cells run one after the other; nothing else may touch it.
public nonisolated(unsafe) var random = SeededGenerator(seed: 0)
