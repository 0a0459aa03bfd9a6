//! Which class gets the next time slice, until all is tried or the bounds say stop.
//!
//! The next slice is that of the class whose accounts have had the least time each, by the price of
//! a guess. Where guesses follow Zipf's law this finds most in a given time, and it does not depend
//! on the machine.

use std::sync::atomic::Ordering;

use super::checkpoint::ClassState;
use super::class::Work;
use super::progress::{Bounds, Progress};
use super::search::Search;
use super::targets::Hashes;
use super::time_slice::SliceOutcome;
use crate::accounts::number;

/// Unsalted schemes get this many times the time of others: what is found there is known at once for
/// all accounts, and opens the same people's accounts elsewhere at the price of a guess.
const HEAD_START: u64 = 8;

impl Search<'_> {
    /// Guesses until all is tried, until the bounds say stop. `watch` is called after each time slice.
    pub(crate) fn run(&mut self, bounds: &Bounds<'_>, watch: &mut dyn FnMut(&Self, Progress)) {
        while !bounds.stop.load(Ordering::Relaxed) {
            let Some(class) = self.next_class(bounds) else { return };
            let Some(outcome) = self.take_slice(class, bounds) else { continue };
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

    /// The class whose accounts have had the least; `None` when all are done.
    fn next_class(&mut self, bounds: &Bounds<'_>) -> Option<usize> {
        let secrets = number(self.secrets.len());
        for feed in &mut self.feeds {
            let enough = bounds.guesses.is_some_and(|most| feed.rank >= most);
            let common = match &feed.work {
                Work::Unsalted(fast) => fast.is_over(self.stages),
                Work::Salted(salted) => salted.is_over(),
            };
            let waiting = match &feed.work {
                Work::Unsalted(_) => false,
                Work::Salted(salted) => salted.is_waiting(),
            };
            let over = (enough || common) && feed.everyone >= secrets && !waiting;
            feed.done = over || feed.failed.is_some();
            feed.is_limited = enough && !common;
        }
        let open = self.feeds.iter().enumerate().filter(|(_, feed)| !feed.done);
        open.min_by_key(|(place, feed)| (feed.spent, *place)).map(|(place, _)| place)
    }

    fn take_slice(&mut self, class: usize, bounds: &Bounds<'_>) -> Option<SliceOutcome> {
        let enough = bounds.guesses.map_or(u64::MAX, |most| {
            most.saturating_sub(self.feeds.get(class).map_or(0, |feed| feed.rank))
        });
        let outcome = match &self.targets.classes.get(class)?.hashes {
            Hashes::Unsalted(hashes) => {
                self.take_unsalted_slice(class, hashes, enough, bounds.stop)
            }
            Hashes::Salted(groups) => self.take_salted_slice(class, groups, enough, bounds.stop),
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
        }
        let price = of.price();
        // Shared by all accounts of the class, whether a guess is hashed once or for each of them.
        let each = outcome.hashed.saturating_mul(price) / u64::from(number(of.len()).max(1));
        let each = match of.hashes {
            Hashes::Unsalted(_) => each / HEAD_START,
            Hashes::Salted(_) => each,
        };
        feed.spent = feed.spent.saturating_add(each.max(1));
        let (rank, hashed) = (feed.rank, self.hashed);
        Some(Progress { scheme: of.scheme, cost: of.cost, rank, hashed, found })
    }
}
