//! Where a salted class is in the common order, and what was found for its people elsewhere.

use std::collections::HashSet;

use super::targets::SaltGroup;
use crate::accounts::number;
use crate::guess::{Block, Filled, Stage, Stream};

/// Where a salted class is, and what has been found for its people elsewhere.
#[derive(Debug)]
pub(crate) struct SaltedCursor<'a> {
    pub(super) stream: Stream<'a>,
    pub(super) over: bool,
    /// The stage and level of the names of persons, never beyond the common order, and the first group
    /// that has not had them there.
    pub(super) names: (usize, usize),
    pub(super) personal: usize,
    /// (target, secret): to be tried as they are, and as near copies; all that ever were.
    pub(super) own: Vec<(u32, u32)>,
    pub(super) offered: HashSet<(u32, u32)>,
    /// How many of `own` have been tried as they are, and as near copies.
    pub(super) own_done: usize,
    pub(super) near_done: usize,
    /// The first target of each group.
    pub(super) firsts: Vec<u32>,
    /// Guesses that are hashed together.
    pub(super) lanes: usize,
}

/// The work of one time slice, in nanoseconds of one core, by the price of a guess.
const TURN: u64 = 2_000_000_000;

/// A time slice may be as long as this to give the lanes something to do.
const LONG_TURN: u64 = 30 * TURN;

/// With this many guesses, those of one length mostly fill some lanes. It is the same on every
/// machine, so that all divide their time alike.
const FILLED: usize = 64;

/// So many guesses are the first time slice.
const FIRST: usize = 8;

impl<'a> SaltedCursor<'a> {
    pub(crate) fn new(groups: &[SaltGroup], stages: &'a [Stage], lanes: usize) -> Self {
        let first = |group: &SaltGroup| group.targets.first().map_or(0, |(_, target)| *target);
        Self {
            stream: Stream::new(stages),
            over: stages.is_empty(),
            names: (0, 0),
            personal: 0,
            own: Vec::new(),
            offered: HashSet::new(),
            own_done: 0,
            near_done: 0,
            firsts: groups.iter().map(first).collect(),
            lanes,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.near_done < self.own.len() || self.own_done < self.own.len()
    }

    /// A secret of the person who holds this target.
    pub(crate) fn offer(&mut self, target: u32, secret: u32) {
        if self.offered.insert((target, secret)) {
            self.own.push((target, secret));
        }
    }

    /// Whether names are to be tried: as far as the common order has come.
    pub(super) fn has_names(&self, stages: &[Stage]) -> bool {
        let place = (self.stream.stage, self.stream.level);
        self.names.0 < stages.len() && self.names <= place
    }

    /// The group of a target.
    pub(super) fn group(&self, target: u32) -> usize {
        self.firsts.partition_point(|first| *first <= target).saturating_sub(1)
    }
}

impl SaltedCursor<'_> {
    /// The next guesses of the common order; a level may end before there are `most`.
    pub(super) fn fill(&mut self, most: usize) -> Block {
        let mut block = Block::default();
        match self.stream.fill(&mut block, most) {
            Filled::Full | Filled::Level => {}
            Filled::All => self.over = true,
        }
        block
    }

    /// How many guesses of the common order, or of what was found, are tried in one time slice, when
    /// each account has had so many.
    pub(super) fn block(price: u64, salts: u64, tried: u64) -> usize {
        let each = price.saturating_mul(salts).max(1);
        let within = |slice: u64| usize::try_from(slice / each).unwrap_or(usize::MAX);
        let most = within(TURN).max(FILLED.min(within(LONG_TURN)));
        // The first guesses pay most, and what is stopped half way has been for nothing: a time slice
        // is never much of what was done before.
        let few = usize::try_from(tried / 4).unwrap_or(usize::MAX).max(FIRST);
        most.min(few).clamp(1, 8192)
    }

    /// How many pairs of an account and a secret are tried in one time slice.
    pub(super) fn pairs(price: u64, guesses: u64) -> usize {
        let each = price.saturating_mul(guesses).max(1);
        usize::try_from(TURN.saturating_mul(4) / each).unwrap_or(usize::MAX).max(1)
    }

    /// For how many groups the persons' names are tried in one time slice.
    pub(super) fn batch(&self, groups: &[SaltGroup]) -> usize {
        let guesses = 1_u64.checked_shl(number(self.names.1).min(20)).unwrap_or(u64::MAX);
        let each = price(groups).saturating_mul(guesses).max(1);
        usize::try_from(TURN.saturating_mul(4) / each).unwrap_or(usize::MAX).max(1)
    }
}

/// Nanoseconds of one guess for one salt.
pub(super) fn price(groups: &[SaltGroup]) -> u64 {
    let price = groups.first().map(|group| group.setting.price()).unwrap_or_default();
    u64::try_from(price.as_nanos()).unwrap_or(u64::MAX).max(1)
}

impl SaltedCursor<'_> {
    /// Passes over guesses of the common order up to a rank.
    pub(super) fn skip(&mut self, rank: &mut u64, to: u64) {
        while *rank < to && !self.over {
            let most = usize::try_from(to.saturating_sub(*rank)).unwrap_or(usize::MAX).min(8192);
            let passed = self.fill(most).len();
            *rank = rank.saturating_add(u64::try_from(passed).unwrap_or(0));
        }
    }
}
