//! A search under way: how far each class has come, and what was found.
//!
//! Within a class every account gets the same guesses up to the same rank. What is found is tried on
//! the same person's other accounts before anything else, then on everybody's.

use strongpass_hash::{HashError, Hasher, InstructionSet, Limits, Setting};

use super::checkpoint::{ClassState, LogEntry};
use super::class::{ClassProgress, Work};
use super::found::{Found, How};
use super::salted_cursor::SaltedCursor;
use super::secrets::Secrets;
use super::targets::{Hashes, Targets};
use super::time_slice::SliceOutcome;
use super::unsalted_cursor::UnsaltedCursor;
use crate::accounts::{AccountIndex, number};
use crate::guess::Stage;

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
            ClassProgress { work, rank: 0, everyone: 0, spent: 0, done: false, failed: None }
        });
        let feeds = feeds.collect();
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
            log: Vec::new(),
            states: Vec::new(),
            hashed: 0,
        };
        search.states = search.feeds.iter().map(ClassState::new).collect();
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
        for hit in outcome.hits {
            if self.found.secret(hit.target).is_some() {
                continue;
            }
            let Some(secret) = self.secrets.number(&hit.guess) else { continue };
            self.found.set(hit.target, secret, How::from(outcome.slice.kind));
            self.spread(hit.target, secret);
            new.push(hit.target);
        }
        if !new.is_empty() {
            self.log.push(LogEntry { class: number(class), slice: outcome.slice, targets: new });
        }
    }

    /// A secret of one account is tried on the same person's others first.
    fn spread(&mut self, target: u32, secret: u32) {
        if !self.feeds.iter().any(|feed| matches!(feed.work, Work::Salted(_))) {
            return;
        }
        let all = self.accounts;
        for holder in self.targets.holders(target) {
            for other in all.credentials_of(all.person(*holder)) {
                let Some(other) = self.found.target_of(other) else { continue };
                if self.found.secret(other).is_none() {
                    self.offer(other, secret);
                }
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
            for other in all.credentials_of(all.person(id)) {
                if let Some(target) = self.found.target_of(other) {
                    self.offer(target, secret);
                }
            }
        }
    }
}
