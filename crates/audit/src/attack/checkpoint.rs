//! How far a search has come, to be taken up again: numbers, no password and no hash.

use serde::{Deserialize, Serialize};

use super::class::{ClassProgress, Work};
use super::time_slice::TimeSlice;

/// How far a search had come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    pub(super) version: u32,
    /// Which exports, words and rules it is of.
    pub(super) of: u64,
    pub(super) classes: Vec<ClassState>,
    pub(super) log: Vec<LogEntry>,
}

/// A time slice that found something, and where.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LogEntry {
    pub(super) class: u32,
    #[serde(rename = "turn")]
    pub(super) slice: TimeSlice,
    pub(super) targets: Vec<u32>,
}

/// How far a class had come after its last whole time slice.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct ClassState {
    pub(super) rank: u64,
    pub(super) spent: u64,
    pub(super) everyone: u32,
    pub(super) stage: usize,
    pub(super) level: usize,
    pub(super) part: usize,
    pub(super) personal: usize,
    pub(super) own: usize,
    pub(super) near: usize,
    pub(super) cycle: u8,
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
                own: salted.own_done,
                near: salted.near_done,
                cycle: salted.cycle,
                over: salted.over,
                ..common
            },
        }
    }
}
