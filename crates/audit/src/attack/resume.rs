//! Taking a search up again: numbers of guesses and of accounts, no password and no hash.
//!
//! What was found is found again when the search is taken up, by trying the time slices that found
//! something on the accounts where they did. So a checkpoint says in which of a few guesses a
//! password is: it leaves the program sealed (`seal.rs`), and only the export opens it.

use std::error::Error;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;

use strongpass_hash::HashError;

use super::checkpoint::{Checkpoint, ClassState, LogEntry};
use super::class::Work;
use super::search::Search;
use super::targets::Hashes;
use super::time_slice::SliceKind;
use crate::accounts::{index, number};
use crate::guess::Block;

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
                 give what it was begun with, or delete it to start again",
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

    /// Does a time slice again, on the targets where it found something.
    fn repeat(&mut self, entry: &LogEntry, stop: &AtomicBool) -> Result<(), ResumeError> {
        let class = index(entry.class);
        let targets = self.targets;
        let outcome = match &targets.classes.get(class).ok_or(ResumeError::Other)?.hashes {
            Hashes::Unsalted(hashes) => {
                self.do_unsalted(class, hashes, entry.slice, u64::MAX, stop)?
            }
            Hashes::Salted(groups) => {
                let feed = self.feeds.get_mut(class).ok_or(ResumeError::Other)?;
                let Work::Salted(salted) = &mut feed.work else { return Err(ResumeError::Other) };
                let mut block = Block::default();
                if entry.slice.kind == SliceKind::Common {
                    salted.skip(&mut feed.rank, entry.slice.at.0);
                    let most = usize::try_from(entry.slice.at.1).unwrap_or(usize::MAX);
                    while block.is_empty() && !salted.over {
                        block = salted.fill(most);
                    }
                    feed.rank = feed.rank.saturating_add(block.len().try_into().unwrap_or(0));
                }
                let mut only = entry.targets.clone();
                only.sort_unstable();
                self.do_salted(class, groups, entry.slice, &block, Some(&only), stop)?
            }
        };
        self.keep(class, outcome);
        let all = entry.targets.iter().all(|target| self.found.secret(*target).is_some());
        if all { Ok(()) } else { Err(ResumeError::Other) }
    }

    /// Puts a class where it was.
    fn move_to(&mut self, class: usize, state: &ClassState) -> Result<(), ResumeError> {
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
                (salted.personal, salted.names) = (state.personal, state.names);
                salted.own_done = state.own.min(salted.own.len());
                salted.near_done = state.near.min(salted.own.len());
                salted.over = state.over;
            }
        }
        (feed.rank, feed.spent, feed.everyone) = (state.rank, state.spent, state.everyone);
        if let Work::Unsalted(fast) = &feed.work {
            // A part of which not all was wanted is begun anew.
            feed.rank = feed.rank.min(fast.guesses_before(self.stages));
        }
        Ok(())
    }

    /// A number for what is searched and with what.
    fn identity(&self) -> u64 {
        let mut state = DefaultHasher::new();
        env!("CARGO_PKG_VERSION").hash(&mut state);
        for (_, export, credential) in self.accounts.credentials() {
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
