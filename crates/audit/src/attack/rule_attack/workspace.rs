//! The memory in which guesses are put together.

use std::sync::{Mutex, PoisonError};

use strongpass_hash::{Batch, Candidate, Scratch};

use super::word_batch::WordBatch;

/// How many batches: their rows stay in the first-level cache while recipes take turns.
pub(super) const BATCHES_AT_ONCE: usize = 8;

/// The memory in which one thread puts guesses together. All of it is wiped on drop.
#[derive(Default)]
pub(super) struct Workspace {
    pub(super) sides: Vec<WordBatch>,
    pub(super) scratch: Scratch,
    pub(super) candidates: Vec<Candidate>,
}

impl Workspace {
    /// Makes room for that number of words, [`BATCHES_AT_ONCE`] batches at most.
    pub(super) fn make_room(&mut self, words: usize) {
        let batches = words.div_ceil(Batch::WIDTH).min(BATCHES_AT_ONCE);
        self.sides.resize_with(batches.max(self.sides.len()), WordBatch::new);
    }
}

/// Workspaces that no thread uses, kept from one time slice to the next: making and wiping them would
/// cost as much as a tenth of the guesses of a short one.
#[derive(Default)]
pub(super) struct Workspaces(Mutex<Vec<Workspace>>);

impl Workspaces {
    pub(super) fn take(&self) -> Workspace {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub(super) fn put_back(&self, workspace: Workspace) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
    }
}
