//! How far in the order of guesses a class was searched, and how far something was found: what a
//! later audit must know to say that a password is another one now.

use super::class::Work;
use super::found::How;
use super::search::Search;
use super::targets::{Hashes, SaltGroup};
use super::time_slice::{SliceKind, SliceOutcome};
use super::unsalted::unplace;
use super::unsalted_cursor::guesses_before;
use crate::guess::{Block, personal_words};

/// By what means a password was found, as far as it matters whether another audit finds it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum FoundBy {
    /// It stands in the common order of guesses.
    Common,
    /// It is made of the names of its person.
    Names,
    /// It was found only because it, or nearly the same, was found on another account.
    Elsewhere,
    /// It is stored so that it can be read.
    Clear,
}

impl FoundBy {
    /// The stable name in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Names => "names",
            Self::Elsewhere => "elsewhere",
            Self::Clear => "clear",
        }
    }
}

impl Search<'_> {
    /// Notes how far in the order a time slice was that found something, whole or not.
    pub(super) fn reach(&mut self, class: usize, outcome: &SliceOutcome) {
        let bits = self.names_are_late_by(class);
        let Some(feed) = self.feeds.get_mut(class) else { return };
        let (stage, level) = unplace(outcome.slice.at.0);
        match outcome.slice.kind {
            SliceKind::Common => {
                let start = match feed.work {
                    Work::Unsalted(_) => {
                        let part = usize::try_from(outcome.slice.at.1).unwrap_or(usize::MAX);
                        guesses_before(self.stages, (stage, level, part))
                    }
                    Work::Salted(_) => outcome.slice.at.0,
                };
                let end = start.saturating_add(outcome.ranks);
                feed.reached.guesses = feed.reached.guesses.max(end);
            }
            SliceKind::Personal => {
                let names = &mut feed.reached.names;
                if names.len() <= stage {
                    names.resize(stage.saturating_add(1), 0);
                }
                if let Some(levels) = names.get_mut(stage) {
                    *levels = (*levels).max(level.saturating_add(1).saturating_sub(bits));
                }
            }
            SliceKind::Everyone | SliceKind::Own | SliceKind::Similar => {}
        }
    }

    /// Notes which secrets stand in guesses of the common order that a salted class was tried with.
    pub(super) fn pass(&mut self, class: usize, from: u64, block: &Block) {
        let (Some(feed), secrets) = (self.feeds.get_mut(class), &self.secrets) else { return };
        let texts = block.slices().into_iter().filter_map(|guess| str::from_utf8(guess).ok());
        feed.passed.extend(texts.filter_map(|text| secrets.find(text)));
        let end = from.saturating_add(u64::try_from(block.len()).unwrap_or(u64::MAX));
        feed.reached.guesses = feed.reached.guesses.max(end);
    }

    /// By stage: how many levels of names every account of a class was tried with.
    pub(crate) fn levels_of_names(&self, class: usize) -> Vec<usize> {
        let bits = self.names_are_late_by(class);
        let (Some(state), Some(feed)) = (self.states.get(class), self.feeds.get(class)) else {
            return Vec::new();
        };
        // Where the next level of names is: of this stage all below it have been tried.
        let (place, next) = match &feed.work {
            Work::Unsalted(_) => {
                (state.stage, state.level.saturating_add(usize::from(state.personal > 0)))
            }
            Work::Salted(_) => state.names,
        };
        let levels = self.stages.iter().enumerate().map(|(at, stage)| {
            let levels = match at.cmp(&place) {
                _ if !stage.personal => return 0,
                std::cmp::Ordering::Less => stage.levels(),
                std::cmp::Ordering::Equal => next,
                std::cmp::Ordering::Greater => 0,
            };
            levels.min(stage.levels()).saturating_sub(bits)
        });
        levels.collect()
    }

    /// Whether all accounts of a class were asked for having no password.
    pub(crate) fn tried_none(&self, class: usize) -> bool {
        self.states.get(class).is_some_and(|state| state.everyone > 0)
    }

    /// By what means the password of a credential was found.
    pub(crate) fn found_by(&self, credential: u32) -> Option<FoundBy> {
        let (secret, how) = self.found.of(credential)?;
        Some(match how {
            How::Common => FoundBy::Common,
            How::Personal if self.is_own_name(credential) => FoundBy::Names,
            // It is made of the name of somebody else.
            How::Personal => FoundBy::Elsewhere,
            How::Clear => FoundBy::Clear,
            How::Elsewhere | How::Similar => {
                let target = self.found.target_of(credential)?;
                let feed = self.feeds.get(self.found.class_of(target));
                if feed.is_some_and(|feed| feed.passed.contains(&secret)) {
                    FoundBy::Common
                } else {
                    FoundBy::Elsewhere
                }
            }
        })
    }

    /// Whether a password that is made of a name is of one of its own person. The names of all persons
    /// are tried on all hashes that have no salt or the same.
    fn is_own_name(&self, credential: u32) -> bool {
        let (accounts, found) = (self.accounts, &self.found);
        let Some(target) = found.target_of(credential) else { return false };
        let person = accounts.person(credential);
        match self.targets.classes.get(found.class_of(target)).map(|class| &class.hashes) {
            Some(Hashes::Unsalted(_)) => {
                let Some((word, cost)) = found.name(target) else { return false };
                let (accounts, names) = accounts.called(person);
                let accounts = accounts.iter().map(String::as_str);
                let mut words =
                    personal_words(accounts, names.iter().map(String::as_str)).into_iter();
                words.any(|(own, own_cost)| own == word && usize::from(own_cost) <= cost)
            }
            Some(Hashes::Salted(groups)) => {
                let with = |group: &&SaltGroup| group.targets.iter().any(|(_, t)| *t == target);
                let first = |group: &SaltGroup| group.targets.iter().map(|(_, t)| *t).min();
                let place =
                    groups.partition_point(|group| first(group).is_some_and(|t| t <= target));
                let group = place.checked_sub(1).and_then(|place| groups.get(place)).filter(with);
                let targets = group.into_iter().flat_map(|group| &group.targets);
                let holders = targets.flat_map(|(_, target)| self.targets.holders(*target));
                let mut persons = holders.map(|holder| accounts.person(*holder));
                group.is_some() && persons.all(|other| other == person)
            }
            None => false,
        }
    }

    /// By how many levels names come later in this class than their cost says.
    fn names_are_late_by(&self, class: usize) -> usize {
        match self.feeds.get(class).map(|feed| &feed.work) {
            Some(Work::Unsalted(_)) => self.persons_in_bits(),
            Some(Work::Salted(_)) | None => 0,
        }
    }
}
