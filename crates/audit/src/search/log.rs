//! Taking a search up again: numbers of guesses and of accounts, no password and no hash.
//!
//! What was found is found again when the search is taken up, by trying the turns that found
//! something on the accounts where they did. So a checkpoint says in which of a few guesses a
//! password is: it leaves the program sealed (`sealed.rs`), and only the export opens it.

use std::error::Error;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;

use strongpass_hash::HashError;

use super::{Feed, Kind, Search, Turn, Work};
use crate::book::{index, number};
use crate::guess::Block;
use crate::target::Hashes;

/// How far a search had come. It tells about passwords, so it cannot be printed; as a file it is
/// [sealed](Checkpoint::seal).
#[derive(Clone)]
pub struct Checkpoint {
    /// Which exports, words and rules it is of.
    pub(super) of: u64,
    /// How many targets there are: it has room for all of them.
    pub(super) targets: u32,
    pub(super) classes: Vec<State>,
    pub(super) log: Vec<Entry>,
}

impl fmt::Debug for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checkpoint(..)")
    }
}

/// A turn that found something, and where.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) class: u32,
    pub(super) turn: Turn,
    pub(super) targets: Vec<u32>,
}

/// How far a class had come after its last whole turn.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
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

/// Why a search cannot be taken up again.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResumeError {
    /// The checkpoint is of other exports, words or rules, or of another version of the program.
    Other,
    /// A hash cannot be computed any more.
    Hash(HashError),
}

impl fmt::Display for ResumeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => f.write_str(
                "it is of other exports, words or rules, or of another version of this program: \
                 give what it was begun with, or delete it to begin anew",
            ),
            Self::Hash(error) => error.fmt(f),
        }
    }
}

impl Error for ResumeError {}

impl From<HashError> for ResumeError {
    fn from(error: HashError) -> Self {
        Self::Hash(error)
    }
}

impl State {
    pub(super) fn of(feed: &Feed<'_>) -> Self {
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

impl State {
    /// The places in the guesses, as six numbers.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        [self.stage, self.level, self.part, self.personal, self.own, self.near].into_iter()
    }

    /// The same state at those places.
    pub(super) fn at(self, [stage, level, part, personal, own, near]: [usize; 6]) -> Self {
        Self { stage, level, part, personal, own, near, ..self }
    }
}

impl Search<'_> {
    /// How far the search has come: what to keep in a file.
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        let (classes, log) = (self.states.clone(), self.log.clone());
        let targets = number(self.targets.len());
        Checkpoint { of: self.identity(), targets, classes, log }
    }

    /// Takes up the search that `checkpoint` is of.
    pub(crate) fn resume(
        &mut self,
        checkpoint: &Checkpoint,
        stop: &AtomicBool,
    ) -> Result<(), ResumeError> {
        let fits = checkpoint.of == self.identity() && checkpoint.classes.len() == self.feeds.len();
        if !fits {
            return Err(ResumeError::Other);
        }
        for entry in &checkpoint.log {
            self.repeat(entry, stop)?;
        }
        for (class, state) in checkpoint.classes.iter().enumerate() {
            self.move_to(class, state)?;
        }
        self.states.clone_from(&checkpoint.classes);
        Ok(())
    }

    /// Does a turn again, on the targets where it found something.
    fn repeat(&mut self, entry: &Entry, stop: &AtomicBool) -> Result<(), ResumeError> {
        let class = index(entry.class);
        let targets = self.targets;
        let outcome = match &targets.classes.get(class).ok_or(ResumeError::Other)?.hashes {
            Hashes::Unsalted(hashes) => {
                self.do_unsalted(class, hashes, entry.turn, u64::MAX, stop)?
            }
            Hashes::Salted(groups) => {
                let feed = self.feeds.get_mut(class).ok_or(ResumeError::Other)?;
                let Work::Salted(salted) = &mut feed.work else { return Err(ResumeError::Other) };
                let mut block = Block::default();
                if entry.turn.kind == Kind::Common {
                    salted.skip(&mut feed.rank, entry.turn.at.0);
                    let most = usize::try_from(entry.turn.at.1).unwrap_or(usize::MAX);
                    while block.is_empty() && !salted.over {
                        block = salted.fill(most);
                    }
                    feed.rank = feed.rank.saturating_add(block.len().try_into().unwrap_or(0));
                }
                let mut only = entry.targets.clone();
                only.sort_unstable();
                self.do_salted(class, groups, entry.turn, &block, Some(&only), stop)?
            }
        };
        self.keep(class, outcome);
        let all = entry.targets.iter().all(|target| self.found.secret(*target).is_some());
        if all { Ok(()) } else { Err(ResumeError::Other) }
    }

    /// Puts a class where it was.
    fn move_to(&mut self, class: usize, state: &State) -> Result<(), ResumeError> {
        let feed = self.feeds.get_mut(class).ok_or(ResumeError::Other)?;
        match &mut feed.work {
            Work::Unsalted(fast) => {
                (fast.stage, fast.level, fast.part) = (state.stage, state.level, state.part);
                fast.personal = state.personal > 0;
            }
            Work::Salted(salted) => {
                salted.skip(&mut feed.rank, state.rank);
                while !salted.over
                    && (salted.stream.stage, salted.stream.level) < (state.stage, state.level)
                {
                    // Nothing new is left in this level.
                    if !salted.fill(1).is_empty() {
                        return Err(ResumeError::Other);
                    }
                }
                salted.personal = state.personal;
                salted.own_done = state.own.min(salted.own.len());
                salted.near_done = state.near.min(salted.own.len());
                (salted.cycle, salted.over) = (state.cycle, state.over);
            }
        }
        (feed.rank, feed.spent, feed.everyone) = (state.rank, state.spent, state.everyone);
        Ok(())
    }

    /// A number for what is searched and with what.
    fn identity(&self) -> u64 {
        let mut state = DefaultHasher::new();
        env!("CARGO_PKG_VERSION").hash(&mut state);
        for (_, export, credential) in self.book.credentials() {
            export.system.hash(&mut state);
            export.text(credential.account).hash(&mut state);
        }
        for class in &self.targets.classes {
            class.scheme.hash(&mut state);
            match &class.hashes {
                Hashes::Unsalted(hashes) => hashes.digests.hash(&mut state),
                Hashes::Salted(groups) => groups.iter().for_each(|g| g.targets.hash(&mut state)),
            }
        }
        for stage in self.stages {
            stage.personal.hash(&mut state);
            stage.words.iter().for_each(|word| word.hash(&mut state));
            (0..stage.shapes.levels()).for_each(|l| stage.shapes.rules(l).hash(&mut state));
        }
        number(self.targets.len()).hash(&mut state);
        state.finish()
    }
}

impl super::Salted<'_> {
    /// Passes over guesses of the common order up to a rank.
    fn skip(&mut self, rank: &mut u64, to: u64) {
        while *rank < to && !self.over {
            let most = usize::try_from(to.saturating_sub(*rank)).unwrap_or(usize::MAX).min(8192);
            let passed = self.fill(most).len();
            *rank = rank.saturating_add(u64::try_from(passed).unwrap_or(0));
        }
    }
}
