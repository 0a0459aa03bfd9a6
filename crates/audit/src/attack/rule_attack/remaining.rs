//! The digests that are still looked for.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use strongpass_hash::{Filter, Unsalted};

use super::workspace::Workspaces;
use crate::accounts::index;
use crate::attack::targets::Key;

/// Distinct digests of one kind without a salt. Those that a rule attack finds leave.
pub(crate) struct RemainingDigests<'a> {
    unsalted: Unsalted,
    digests: &'a [Key],
    /// For each digest the number of the job that found it, or [`LOOKED_FOR`].
    found_in: Vec<AtomicU32>,
    left: usize,
    /// How many were left when the indices were made.
    indexed: usize,
    indices: [OnceLock<Index>; 2],
    pub(super) workspaces: Workspaces,
}

const LOOKED_FOR: u32 = u32::MAX;

/// A word of each digest: a filter, and a table behind it.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) filter: Filter,
    /// A word in the upper half, the number of its digest and one more in the lower. The top bits
    /// of a word say where it is to be looked for first (linear probing).
    table: Vec<u64>,
    shift: u32,
}

impl<'a> RemainingDigests<'a> {
    /// Looks for these digests, which are numbered from 0.
    pub(crate) fn new(unsalted: Unsalted, digests: &'a [Key]) -> Self {
        let count = digests.len();
        Self {
            unsalted,
            digests,
            found_in: (0..count).map(|_| AtomicU32::new(LOOKED_FOR)).collect(),
            left: count,
            indexed: count,
            indices: [OnceLock::new(), OnceLock::new()],
            workspaces: Workspaces::default(),
        }
    }

    /// The kind of digest.
    pub(super) const fn unsalted(&self) -> Unsalted {
        self.unsalted
    }

    /// How many are still looked for.
    #[cfg(test)]
    pub(super) const fn left(&self) -> usize {
        self.left
    }

    /// The first or the second index, made when it is first asked for.
    pub(super) fn index(&self, second: bool) -> &Index {
        let [first_index, second_index] = &self.indices;
        let index = if second { second_index } else { first_index };
        index.get_or_init(|| {
            let looked_for = self
                .digests
                .iter()
                .zip(&self.found_in)
                .zip(0..)
                .filter(|((_, found_in), _)| found_in.load(Ordering::Relaxed) == LOOKED_FOR);
            let words = looked_for.map(|((digest, _), number)| {
                let [first, of_long] = self.unsalted.checks(digest);
                (if second { of_long } else { first }, number)
            });
            Index::new(&words.collect::<Vec<_>>())
        })
    }

    /// Whether a guess of that job may be the first with that digest.
    pub(super) fn wants(&self, number: u32, job: u32) -> bool {
        self.state(number).is_some_and(|found_in| found_in.load(Ordering::Relaxed) >= job)
    }

    /// Whether that is the digest of the number.
    pub(super) fn is(&self, number: u32, digest: &Key) -> bool {
        self.digests.get(index(number)).is_some_and(|known| known == digest)
    }

    /// Notes which job found a digest, if no earlier one did.
    pub(super) fn found(&self, number: u32, job: u32) {
        if let Some(found_in) = self.state(number) {
            found_in.fetch_min(job, Ordering::Relaxed);
        }
    }

    /// Lets those go that were found. The indices are made anew when they hold half in vain.
    pub(super) fn leave(&mut self, numbers: impl Iterator<Item = u32>) {
        for number in numbers {
            if let Some(found_in) = self.found_in.get_mut(index(number)) {
                *found_in.get_mut() = 0;
                self.left = self.left.saturating_sub(1);
            }
        }
        if self.left < self.indexed / 2 {
            self.indexed = self.left;
            self.indices = [OnceLock::new(), OnceLock::new()];
        }
    }

    fn state(&self, number: u32) -> Option<&AtomicU32> {
        self.found_in.get(index(number))
    }
}

impl fmt::Debug for RemainingDigests<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RemainingDigests({:?}, {} left)", self.unsalted, self.left)
    }
}

impl Index {
    fn new(words: &[(u32, u32)]) -> Self {
        let size = (2 * words.len()).next_power_of_two().max(2);
        let shift = size.leading_zeros() + 33 - usize::BITS;
        let only_words: Vec<u32> = words.iter().map(|(word, _)| *word).collect();
        let mut index = Self { filter: Filter::new(&only_words), table: vec![0; size], shift };
        for &(word, number) in words {
            let free = index.from(word).find(|&at| index.table.get(at) == Some(&0));
            if let Some(cell) = free.and_then(|at| index.table.get_mut(at)) {
                *cell = u64::from(word) << 32 | (u64::from(number) + 1);
            }
        }
        index
    }

    /// The numbers of the digests that have that word.
    pub(super) fn with(&self, word: u32) -> impl Iterator<Item = u32> + '_ {
        let cells = self.from(word).map(|at| self.table.get(at).copied().unwrap_or(0));
        let used = cells.take_while(|&cell| cell != 0);
        let same = used.filter(move |cell| cell >> 32 == u64::from(word));
        same.filter_map(|cell| u32::try_from((cell & 0xffff_ffff) - 1).ok())
    }

    /// The places of the table, from that of a word on and round.
    fn from(&self, word: u32) -> impl Iterator<Item = usize> + use<> {
        let first = usize::try_from(word >> self.shift).unwrap_or(0);
        let size = self.table.len();
        (first..size).chain(0..first)
    }
}
