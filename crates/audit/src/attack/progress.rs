//! How an audit is watched, stopped and kept within bounds.

use std::sync::atomic::AtomicBool;

use strongpass_hash::{Cost, Scheme};

/// What the caller sets for a search.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Bounds<'a> {
    /// How many guesses of the common order each account gets at most; its own names and what was
    /// found elsewhere come on top. `None`: as many as there are.
    pub guesses: Option<u64>,
    /// The search ends soon after this is set: time is over, or someone pressed Ctrl-C.
    pub stop: &'a AtomicBool,
}

/// How far a search has come, for someone who waits.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// The scheme that was just tried.
    pub scheme: Scheme,
    /// What a guess costs there.
    pub cost: Cost,
    /// How many guesses each of its accounts has had.
    pub rank: u64,
    /// How many guesses have been hashed in all.
    pub hashed: u64,
    /// How many different stored hashes have been found, of how many.
    pub found: (usize, usize),
}
