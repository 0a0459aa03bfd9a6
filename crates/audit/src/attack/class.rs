//! How far the hashes of one scheme and cost have been searched.

use std::collections::HashSet;

use strongpass_hash::HashError;

use super::salted_cursor::SaltedCursor;
use super::unsalted_cursor::UnsaltedCursor;

/// How far a class has come.
#[derive(Debug)]
pub(crate) struct ClassProgress<'a> {
    pub(crate) work: Work<'a>,
    /// How many guesses of the common order each account has had.
    pub(crate) rank: u64,
    /// How far in the order something was found, though the time slice may have been cut short.
    pub(crate) reached: Reached,
    /// Secrets found by way of another account that stand in the common order as well, where it has
    /// been tried.
    pub(super) passed: HashSet<u32>,
    /// How many secrets found anywhere have been tried on all accounts.
    pub(crate) everyone: u32,
    /// Nanoseconds that each account has had for the names of its person, by the price of a guess.
    pub(super) spent: u64,
    /// How many accounts have not been found, and how many settings they have.
    pub(super) unsolved: u64,
    pub(super) open: u64,
    /// All that was to be tried has been.
    pub(crate) done: bool,
    /// Of the common order no more was to be tried, though there is more.
    pub(crate) is_limited: bool,
    /// Why the class cannot be tested here.
    pub(crate) failed: Option<HashError>,
}

/// How far in the guesses something was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reached {
    /// One past the guess of the common order.
    pub(crate) guesses: u64,
    /// By stage: one past the level of names.
    pub(crate) names: Vec<usize>,
}

/// Where a class is, as it is searched.
#[derive(Debug)]
pub(crate) enum Work<'a> {
    Unsalted(Box<UnsaltedCursor<'a>>),
    Salted(Box<SaltedCursor<'a>>),
}
