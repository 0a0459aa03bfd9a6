//! A search under way: how far each class has come, and what was found.
//!
//! Within a class every account gets the same guesses up to the same rank. What is found is tried on
//! the same person's other accounts before anything else, then on everybody's.

use std::collections::{BTreeSet, HashMap, HashSet};

use strongpass_hash::{HashError, Hasher, InstructionSet, Limits, Setting};

use super::checkpoint::{ClassState, LogEntry};
use super::class::{ClassProgress, Reached, Work};
use super::found::{Found, How};
use super::salted_cursor::SaltedCursor;
use super::secrets::Secrets;
use super::targets::{Hashes, Targets};
use super::time_slice::{SliceKind, SliceOutcome};
use super::unsalted_cursor::UnsaltedCursor;
use crate::accounts::{AccountIndex, MOST_OF_PERSON, number};
use crate::guess::Stage;

/// At most this many different secrets of one person are tried first on the person's other accounts;
/// later ones are tried there as on everybody's.
const MOST_SPREAD: u32 = 64;

/// A search under way.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    pub(crate) accounts: &'a AccountIndex<'a>,
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
    pub(crate) feeds: Vec<ClassProgress<'a>>,
    /// How many secrets of a person have been tried on the person's other accounts.
    spread: HashMap<u32, u32>,
    /// Time slices that found something, so that a search can be taken up again.
    pub(super) log: Vec<LogEntry>,
    /// Where each class was after its last whole time slice.
    pub(super) states: Vec<ClassState>,
    pub(super) hashed: u64,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        accounts: &'a AccountIndex<'a>,
        targets: &'a Targets,
        stages: &'a [Stage],
        (limits, instructions): (Limits, InstructionSet),
    ) -> Self {
        let systems = accounts.exports.iter().map(|export| &*export.system).collect();
        let feeds = targets.classes.iter().map(|class| {
            let work = match &class.hashes {
                Hashes::Unsalted(hashes) => Work::Unsalted(Box::new(UnsaltedCursor::new(hashes))),
                Hashes::Salted(groups) => {
                    let hasher = groups.first().map(|g| g.setting.hasher_on(instructions, &limits));
                    let lanes = hasher.and_then(Result::ok).map_or(1, |hasher| hasher.lanes());
                    Work::Salted(Box::new(SaltedCursor::new(groups, stages, lanes)))
                }
            };
            ClassProgress {
                work,
                rank: 0,
                reached: Reached::default(),
                passed: HashSet::new(),
                everyone: 0,
                spent: 0,
                unsolved: 0,
                open: 0,
                done: false,
                is_limited: false,
                failed: None,
            }
        });
        let mut feeds: Vec<ClassProgress<'_>> = feeds.collect();
        let mut target = 0;
        for (class, feed) in targets.classes.iter().zip(&mut feeds) {
            let first = target;
            target = first + number(class.len());
            let holders = (first..target).map(|target| targets.holders(target).len());
            feed.unsolved = u64::from(number(holders.sum()));
            feed.open = match &class.hashes {
                Hashes::Unsalted(_) => 1,
                Hashes::Salted(groups) => u64::from(number(groups.len())),
            };
        }
        let found = Found::new(accounts, targets);
        let mut search = Self {
            accounts,
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
        search.states = search.feeds.iter().map(ClassState::new).collect();
        // The first secret that every account is asked for is none at all.
        search.secrets.number(b"");
        search.take_what_is_stored_in_clear();
        search
    }

    /// Makes ready to hash guesses.
    pub(super) fn hasher<'s>(&self, setting: &'s Setting) -> Result<Hasher<'s>, HashError> {
        setting.hasher_on(self.instructions, &self.limits)
    }

    /// Keeps what a time slice found, and remembers where to try it next.
    pub(super) fn keep(&mut self, class: usize, outcome: SliceOutcome) {
        let mut new = Vec::new();
        if !outcome.hits.is_empty() {
            self.reach(class, &outcome);
        }
        for hit in outcome.hits {
            if self.found.secret(hit.target).is_some() {
                // It was found by way of another account, and needed none.
                if self.found.is_in_order_too(hit.target, outcome.slice.kind) {
                    self.found.set_name(hit.target, hit.name);
                    new.push(hit.target);
                }
                continue;
            }
            let Some(secret) = self.secrets.number(&hit.guess) else { continue };
            self.found.set(hit.target, secret, How::from(outcome.slice.kind));
            self.count_down(class, hit.target);
            if outcome.slice.kind == SliceKind::Personal {
                self.found.set_name(hit.target, hit.name);
            }
            self.spread(hit.target, secret);
            new.push(hit.target);
        }
        if !new.is_empty() {
            self.log.push(LogEntry { class: number(class), slice: outcome.slice, targets: new });
        }
    }

    /// There is one target less to find.
    fn count_down(&mut self, class: usize, target: u32) {
        let (Some(of), Some(feed)) = (self.targets.classes.get(class), self.feeds.get_mut(class))
        else {
            return;
        };
        let holders = u64::from(number(self.targets.holders(target).len()));
        feed.unsolved = feed.unsolved.saturating_sub(holders);
        if let (Hashes::Salted(groups), Work::Salted(salted)) = (&of.hashes, &feed.work) {
            let group = groups.get(salted.group(target));
            let is_found = |(_, target): &(_, u32)| self.found.secret(*target).is_some();
            if group.is_some_and(|group| group.targets.iter().all(is_found)) {
                feed.open = feed.open.saturating_sub(1);
            }
        }
    }

    /// A secret of one account is tried on the same person's others first.
    fn spread(&mut self, target: u32, secret: u32) {
        if !self.feeds.iter().any(|feed| matches!(feed.work, Work::Salted(_))) {
            return;
        }
        let accounts = self.accounts;
        let holders = self.targets.holders(target).iter();
        let persons: BTreeSet<u32> = holders.map(|holder| accounts.person(*holder)).collect();
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
        let accounts = self.accounts;
        for other in accounts.credentials_of(person).take(MOST_OF_PERSON) {
            let Some(other) = self.found.target_of(other) else { continue };
            if self.found.secret(other).is_none() {
                self.offer(other, secret);
            }
        }
    }

    fn offer(&mut self, target: u32, secret: u32) {
        let place = self.found.class_of(target);
        if let Some(ClassProgress { work: Work::Salted(salted), .. }) = self.feeds.get_mut(place) {
            salted.offer(target, secret);
        }
    }

    /// A password that is stored as it is needs no guessing, and helps to guess others.
    fn take_what_is_stored_in_clear(&mut self) {
        let all = self.accounts;
        for (id, _, credential) in all.credentials() {
            let crate::exports::Secret::Clear(password) = &credential.secret else { continue };
            let Some(text) = password.expose() else { continue };
            let Some(secret) = self.secrets.number(text.as_bytes()) else { continue };
            self.found.set_clear(id, secret);
            self.offer_to(all.person(id), secret);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::People;
    use crate::exports::{Export, ReadOptions};

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
        let accounts = AccountIndex::new(&exports, &people);
        let targets = Targets::new(&accounts);
        assert_eq!((accounts.len(), targets.len()), (2 * LINES, LINES));
        let with = (Limits::default(), InstructionSet::portable());
        let search = Search::new(&accounts, &targets, &[], with);
        let offered = search.feeds.iter().map(|feed| match &feed.work {
            Work::Salted(salted) => salted.own.len(),
            Work::Unsalted(_) => 0,
        });
        let most = MOST_OF_PERSON * usize::try_from(MOST_SPREAD).unwrap();
        assert_eq!(offered.sum::<usize>(), most);
        // All of them are tried on everybody's accounts still.
        assert_eq!(search.secrets.len(), 1 + LINES);
    }
}
