//! How far a search has come, to be taken up again: numbers, no password and no hash.

use std::fmt;

use super::class::{ClassProgress, Work};
use super::time_slice::TimeSlice;

/// How far a search had come. It tells about passwords, so it cannot be printed; as a file it is
/// [sealed](Checkpoint::seal).
#[derive(Clone)]
pub struct Checkpoint {
    /// Which exports, words and rules it is of.
    pub(super) of: u64,
    /// How many targets there are: it has room for all of them.
    pub(super) targets: u32,
    pub(super) classes: Vec<ClassState>,
    pub(super) log: Vec<LogEntry>,
}

impl fmt::Debug for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checkpoint(..)")
    }
}

/// A time slice that found something, and where.
#[derive(Clone, Debug)]
pub(super) struct LogEntry {
    pub(super) class: u32,
    pub(super) slice: TimeSlice,
    pub(super) targets: Vec<u32>,
}

/// How far a class had come after its last whole time slice.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClassState {
    pub(super) rank: u64,
    pub(super) spent: u64,
    pub(super) everyone: u32,
    pub(super) stage: usize,
    pub(super) level: usize,
    pub(super) part: usize,
    pub(super) personal: usize,
    pub(super) names: (usize, usize),
    pub(super) own: usize,
    pub(super) near: usize,
    pub(super) over: bool,
}

impl ClassState {
    pub(super) fn new(feed: &ClassProgress<'_>) -> Self {
        let (rank, spent, everyone) = (feed.rank, feed.spent, feed.everyone);
        let common = Self { rank, spent, everyone, ..Self::default() };
        match &feed.work {
            Work::Unsalted(fast) => Self {
                stage: fast.stage,
                level: fast.level,
                part: fast.part,
                personal: usize::from(fast.personal),
                ..common
            },
            Work::Salted(salted) => Self {
                stage: salted.stream.stage,
                level: salted.stream.level,
                personal: salted.personal,
                names: salted.names,
                own: salted.own_done,
                near: salted.near_done,
                over: salted.over,
                ..common
            },
        }
    }
}

impl ClassState {
    /// The places in the guesses, as eight numbers.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let Self { stage, level, part, personal, names, own, near, .. } = *self;
        [stage, level, part, personal, names.0, names.1, own, near].into_iter()
    }

    /// The same state at those places.
    pub(super) fn at(
        self,
        [stage, level, part, personal, first, second, own, near]: [usize; 8],
    ) -> Self {
        let names = (first, second);
        Self { stage, level, part, personal, names, own, near, ..self }
    }
}
