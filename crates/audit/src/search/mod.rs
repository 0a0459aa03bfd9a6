//! The search: which guesses are tried where, in which order, and what was found.
//!
//! Every scheme takes turns; the next turn is that of the scheme whose accounts have had the least
//! time each, by the price of a guess. Where guesses follow Zipf's law this finds most in a given
//! time, and it does not depend on the machine. Within a scheme every account gets the same guesses
//! up to the same rank. What is found is tried on the same person's other accounts before anything
//! else, then on everybody's.

mod found;
mod log;
mod salted;
mod sealed;
mod unsalted;

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::Ordering;

use strongpass_hash::{HashError, Hasher, InstructionSet, Limits, Setting};

use crate::book::{Book, MOST_OF_PERSON, number};
use crate::guess::Stage;
use crate::progress::{Bounds, Progress};
use crate::secret::Secrets;
use crate::target::{Hashes, Targets};

pub(crate) use found::{Found, How};
pub use log::{Checkpoint, ResumeError};
use log::{Entry, State};
use salted::Salted;
pub use sealed::CheckpointError;
use unsalted::Fast;

/// Unsalted schemes get this many times the time of others: what is found there is known at once for
/// all accounts, and opens the same people's accounts elsewhere at the price of a guess.
const HEAD_START: u64 = 8;

/// So many different secrets of one person are tried first on the person's other accounts; later
/// ones are tried there as on everybody's.
const MOST_SPREAD: u32 = 64;

/// A search under way.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pub(crate) book: &'a Book<'a>,
    pub(crate) targets: &'a Targets,
    pub(crate) stages: &'a [Stage],
    /// Names of systems, which people put into passwords.
    pub(crate) systems: Vec<&'a str>,
    /// What one guess may cost.
    pub(crate) limits: Limits,
    /// What lanes compute with.
    pub(crate) instructions: InstructionSet,
    /// What has been found of each target.
    pub(crate) found: Found,
    pub(crate) secrets: Secrets,
    /// How far each class has come, in the order of the targets' classes.
    pub(crate) feeds: Vec<Feed<'a>>,
    /// How many secrets of a person have been tried on the person's other accounts.
    spread: HashMap<u32, u32>,
    /// Turns that found something, so that a search can be taken up again.
    log: Vec<Entry>,
    /// Where each class was after its last whole turn.
    states: Vec<State>,
    hashed: u64,
}

/// How far a class has come.
#[derive(Debug)]
pub(crate) struct Feed<'a> {
    pub(crate) work: Work<'a>,
    /// How many guesses of the common order each account has had.
    pub(crate) rank: u64,
    /// How many secrets found anywhere have been tried on all accounts.
    pub(crate) everyone: u32,
    /// Nanoseconds that each account has had, by the price of a guess.
    spent: u64,
    /// All that was to be tried has been.
    pub(crate) done: bool,
    /// Why the class cannot be tested here.
    pub(crate) failed: Option<HashError>,
}

#[derive(Debug)]
pub(crate) enum Work<'a> {
    Unsalted(Box<Fast<'a>>),
    Salted(Box<Salted<'a>>),
}

/// What a turn tried, to be done again when a search is taken up; only numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) kind: Kind,
    /// Two numbers whose meaning depends on the kind.
    pub(crate) at: (u64, u64),
}

/// The kinds of turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The names of each person: (stage, level).
    Personal,
    /// The common order. Salted: (rank, guesses); unsalted: (stage and level, part).
    Common,
    /// What was found, on all accounts: (first secret, one past the last).
    Everyone,
    /// What was found for a person, on that person's other accounts: (first pair, one past the last).
    Own,
    /// Near copies of it: likewise.
    Near,
}

/// A guess that was right.
pub(crate) struct Hit {
    pub(crate) target: u32,
    pub(crate) guess: zeroize::Zeroizing<Vec<u8>>,
}

/// What a turn did.
pub(crate) struct Outcome {
    pub(crate) turn: Turn,
    pub(crate) hits: Vec<Hit>,
    /// Guesses that were hashed.
    pub(crate) hashed: u64,
    /// Guesses of the common order that each account got.
    pub(crate) ranks: u64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        book: &'a Book<'a>,
        targets: &'a Targets,
        stages: &'a [Stage],
        (limits, instructions): (Limits, InstructionSet),
    ) -> Self {
        let systems = book.exports.iter().map(|export| &*export.system).collect();
        let feeds = targets.classes.iter().map(|class| {
            let work = match &class.hashes {
                Hashes::Unsalted(hashes) => Work::Unsalted(Box::new(Fast::new(hashes))),
                Hashes::Salted(groups) => {
                    let hasher = groups.first().map(|g| g.setting.hasher_on(instructions, &limits));
                    let lanes = hasher.and_then(Result::ok).map_or(1, |hasher| hasher.lanes());
                    Work::Salted(Box::new(Salted::new(groups, stages, lanes)))
                }
            };
            Feed { work, rank: 0, everyone: 0, spent: 0, done: false, failed: None }
        });
        let feeds = feeds.collect();
        let found = Found::new(book, targets);
        let mut search = Self {
            book,
            targets,
            stages,
            systems,
            limits,
            instructions,
            found,
            secrets: Secrets::default(),
            feeds,
            spread: HashMap::new(),
            log: Vec::new(),
            states: Vec::new(),
            hashed: 0,
        };
        search.states = search.feeds.iter().map(State::of).collect();
        search.take_what_is_stored_in_clear();
        search
    }

    /// Guesses until all is tried, until the bounds say stop. `watch` is called after each turn.
    pub(crate) fn run(&mut self, bounds: &Bounds<'_>, watch: &mut dyn FnMut(&Self, Progress)) {
        while !bounds.stop.load(Ordering::Relaxed) {
            let Some(class) = self.next_class(bounds) else { return };
            let Some(outcome) = self.turn(class, bounds) else { continue };
            // A turn that was cut short is not counted; what it found is.
            let whole = !bounds.stop.load(Ordering::Relaxed);
            let progress = self.account_for(class, &outcome, whole);
            self.keep(class, outcome);
            if let (true, Some(state), Some(feed)) =
                (whole, self.states.get_mut(class), self.feeds.get(class))
            {
                *state = State::of(feed);
            }
            if let Some(progress) = progress {
                watch(self, progress);
            }
        }
    }

    /// Makes ready to hash guesses.
    fn hasher<'s>(&self, setting: &'s Setting) -> Result<Hasher<'s>, HashError> {
        setting.hasher_on(self.instructions, &self.limits)
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
        }
        let open = self.feeds.iter().enumerate().filter(|(_, feed)| !feed.done);
        open.min_by_key(|(place, feed)| (feed.spent, *place)).map(|(place, _)| place)
    }

    fn turn(&mut self, class: usize, bounds: &Bounds<'_>) -> Option<Outcome> {
        let enough = bounds.guesses.map_or(u64::MAX, |most| {
            most.saturating_sub(self.feeds.get(class).map_or(0, |feed| feed.rank))
        });
        let outcome = match &self.targets.classes.get(class)?.hashes {
            Hashes::Unsalted(hashes) => self.unsalted_turn(class, hashes, enough, bounds.stop),
            Hashes::Salted(groups) => self.salted_turn(class, groups, enough, bounds.stop),
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
    fn account_for(&mut self, class: usize, outcome: &Outcome, whole: bool) -> Option<Progress> {
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

    /// Keeps what a turn found, and remembers where to try it next.
    fn keep(&mut self, class: usize, outcome: Outcome) {
        let mut new = Vec::new();
        for hit in outcome.hits {
            if self.found.secret(hit.target).is_some() {
                continue;
            }
            let Some(secret) = self.secrets.number(&hit.guess) else { continue };
            self.found.set(hit.target, secret, How::from(outcome.turn.kind));
            self.spread(hit.target, secret);
            new.push(hit.target);
        }
        if !new.is_empty() {
            self.log.push(Entry { class: number(class), turn: outcome.turn, targets: new });
        }
    }

    /// A secret of one account is tried on the same person's others first.
    fn spread(&mut self, target: u32, secret: u32) {
        if !self.feeds.iter().any(|feed| matches!(feed.work, Work::Salted(_))) {
            return;
        }
        let book = self.book;
        let holders = self.targets.holders(target).iter();
        let persons: BTreeSet<u32> = holders.map(|holder| book.person(*holder)).collect();
        for person in persons {
            self.offer_to(person, secret);
        }
    }

    /// A secret of a person is tried on those of the person's accounts that are not found.
    fn offer_to(&mut self, person: u32, secret: u32) {
        let spread = self.spread.entry(person).or_insert(0);
        if *spread >= MOST_SPREAD {
            return;
        }
        *spread += 1;
        let book = self.book;
        for other in book.credentials_of(person).take(MOST_OF_PERSON) {
            let Some(other) = self.found.target_of(other) else { continue };
            if self.found.secret(other).is_none() {
                self.offer(other, secret);
            }
        }
    }

    fn offer(&mut self, target: u32, secret: u32) {
        let place = self.found.class_of(target);
        if let Some(Feed { work: Work::Salted(salted), .. }) = self.feeds.get_mut(place) {
            salted.offer(target, secret);
        }
    }

    /// A password that is stored as it is needs no guessing, and helps to guess others.
    fn take_what_is_stored_in_clear(&mut self) {
        let book = self.book;
        for (id, _, credential) in book.credentials() {
            let crate::export::Secret::Clear(password) = &credential.secret else { continue };
            let Some(text) = password.expose() else { continue };
            let Some(secret) = self.secrets.number(text.as_bytes()) else { continue };
            self.found.set_clear(id, secret);
            self.offer_to(book.person(id), secret);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Export, ReadOptions};
    use crate::people::People;

    /// What one person's passwords are tried on does not grow with their number times itself.
    #[test]
    fn a_crowd_is_offered_few_secrets_of_its_own() {
        const LINES: usize = 1_000;
        let salted = (0..LINES).map(|n| format!("kharper:$1${n:08}$Xr4ilOzQ4PCOq3aQ0qbua/\n"));
        let clear = (0..LINES).map(|n| format!("kharper:CLEARTEXT:Kestrel!{n}\n"));
        let read = |system, file: String| {
            Export::read(system, system, file.into_bytes(), &ReadOptions::default())
        };
        let exports = [read("network", salted.collect()), read("email", clear.collect())];
        let people = People::default();
        let book = Book::new(&exports, &people);
        let targets = Targets::of(&book);
        assert_eq!((book.len(), targets.len()), (2 * LINES, LINES));
        let with = (Limits::default(), InstructionSet::portable());
        let search = Search::new(&book, &targets, &[], with);
        let offered = search.feeds.iter().map(|feed| match &feed.work {
            Work::Salted(salted) => salted.own.len(),
            Work::Unsalted(_) => 0,
        });
        let most = MOST_OF_PERSON * usize::try_from(MOST_SPREAD).unwrap();
        assert_eq!(offered.sum::<usize>(), most);
        // All of them are tried on everybody's accounts still.
        assert_eq!(search.secrets.len(), LINES);
    }
}
