//! Which class gets the next time slice, until all is tried or the bounds say stop.
//!
//! The next slice is the one that is expected to find most for its price: what its guesses find of the
//! accounts that are not found yet (`curve.rs`), divided by the price of a guess and the number of
//! salts that it is hashed for. Prices are those of a table and all numbers are whole, so the order
//! depends neither on the machine nor on the time.

use std::sync::atomic::Ordering;

use super::checkpoint::ClassState;
use super::class::Work;
use super::outlook::Prospect;
use super::progress::{Bounds, Progress};
use super::search::Search;
use super::targets::Hashes;
use super::time_slice::{SliceKind, SliceOutcome};
use crate::accounts::number;

impl Search<'_> {
    /// Guesses until all is tried, until the bounds say stop. `watch` is called after each time slice.
    pub(crate) fn run(&mut self, bounds: &Bounds<'_>, watch: &mut dyn FnMut(&Self, Progress)) {
        while !bounds.stop.load(Ordering::Relaxed) {
            self.mark_done(bounds);
            let Some(Prospect { class, kind, .. }) = self.best_prospect(bounds.guesses) else {
                return;
            };
            let Some(outcome) = self.take_slice(class, kind, bounds) else { continue };
            // A time slice that was cut short is not counted; what it found is.
            let whole = !bounds.stop.load(Ordering::Relaxed);
            let progress = self.account_for(class, &outcome, whole);
            self.keep(class, outcome);
            if let (true, Some(state), Some(feed)) =
                (whole, self.states.get_mut(class), self.feeds.get(class))
            {
                *state = ClassState::new(feed);
            }
            if let Some(progress) = progress {
                watch(self, progress);
            }
        }
    }

    /// What only the search needed is no more.
    pub(crate) fn end(&mut self) {
        for feed in &mut self.feeds {
            if let Work::Unsalted(fast) = &mut feed.work {
                fast.end();
            }
        }
    }

    /// Marks the classes of which all has been tried.
    fn mark_done(&mut self, bounds: &Bounds<'_>) {
        let secrets = number(self.secrets.len());
        for feed in &mut self.feeds {
            let enough = bounds.guesses.is_some_and(|most| feed.rank >= most);
            let common = match &feed.work {
                Work::Unsalted(fast) => fast.is_over(self.stages),
                Work::Salted(salted) => salted.is_over(),
            };
            let waiting = match &feed.work {
                Work::Unsalted(_) => false,
                Work::Salted(salted) => salted.is_waiting() || salted.has_names(self.stages),
            };
            let over = (enough || common) && feed.everyone >= secrets && !waiting;
            feed.done = over || feed.failed.is_some();
            feed.is_limited = enough && !common;
        }
    }

    fn take_slice(
        &mut self,
        class: usize,
        kind: SliceKind,
        bounds: &Bounds<'_>,
    ) -> Option<SliceOutcome> {
        let enough = bounds.guesses.map_or(u64::MAX, |most| {
            most.saturating_sub(self.feeds.get(class).map_or(0, |feed| feed.rank))
        });
        let outcome = match &self.targets.classes.get(class)?.hashes {
            Hashes::Unsalted(hashes) => {
                self.take_unsalted_slice(class, hashes, enough, bounds.stop)
            }
            Hashes::Salted(groups) => {
                self.take_salted_slice(class, kind, groups, enough, bounds.stop)
            }
        };
        match outcome {
            Ok(outcome) => outcome,
            Err(error) => {
                self.feeds.get_mut(class)?.failed = Some(error);
                None
            }
        }
    }

    /// Moves the class on, and says how far it is.
    fn account_for(
        &mut self,
        class: usize,
        outcome: &SliceOutcome,
        whole: bool,
    ) -> Option<Progress> {
        self.hashed = self.hashed.saturating_add(outcome.hashed);
        let found = (self.found.len(), self.targets.len());
        let (Some(of), Some(feed)) = (self.targets.classes.get(class), self.feeds.get_mut(class))
        else {
            return None;
        };
        if whole {
            feed.rank = feed.rank.saturating_add(outcome.ranks);
            let all = outcome.hashed.saturating_mul(of.price());
            if outcome.slice.kind == SliceKind::Personal {
                feed.spent = feed.spent.saturating_add(all / feed.open.max(1));
            }
        }
        let (rank, hashed) = (feed.rank, self.hashed);
        Some(Progress { scheme: of.scheme, cost: of.cost, rank, hashed, found })
    }
}
