//! A time slice: what is tried at a stretch on the hashes of one class.

/// What a time slice tried, to be done again when a search is taken up; only numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeSlice {
    pub(crate) kind: SliceKind,
    /// Two numbers whose meaning depends on the kind.
    pub(crate) at: (u64, u64),
}

/// The kinds of time slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SliceKind {
    /// The names of each person: (stage, level).
    Personal,
    /// The common order. Salted: (rank, guesses); unsalted: (stage and level, part).
    Common,
    /// What was found, on all accounts: (first secret, one past the last).
    Everyone,
    /// What was found for a person, on that person's other accounts: (first pair, one past the last).
    Own,
    /// Similar passwords: likewise.
    Similar,
}

/// A guess that was right.
pub(crate) struct Hit {
    pub(crate) target: u32,
    pub(crate) guess: zeroize::Zeroizing<Vec<u8>>,
    /// The word of a person that it is made of, and its cost.
    pub(crate) name: Option<(zeroize::Zeroizing<String>, usize)>,
}

/// What a time slice did.
pub(crate) struct SliceOutcome {
    pub(crate) slice: TimeSlice,
    pub(crate) hits: Vec<Hit>,
    /// Guesses that were hashed.
    pub(crate) hashed: u64,
    /// Guesses of the common order that each account got.
    pub(crate) ranks: u64,
}
