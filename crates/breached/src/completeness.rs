//! Whether a list must be all of it.

/// Whether a list must be all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Completeness {
    /// The whole list: one that ends early or has a hole is refused.
    Whole,
    /// A part on purpose, of any size: only its order and its lines are tested.
    Partial,
}

impl Completeness {
    /// A list with fewer entries than this is refused.
    pub(crate) fn fewest(self) -> Option<u64> {
        (self == Self::Whole).then_some(FEWEST)
    }
}

/// The whole list has had more entries than this since 2017; a part is said to be one.
pub(crate) const FEWEST: u64 = 10_000_000;
