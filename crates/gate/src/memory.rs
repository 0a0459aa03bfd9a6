//! What the gate needs of a memory of passwords in use.

use std::fmt;

use strongpass_policy::{Day, Former, Password, Use};

use crate::error::GateError;

/// A memory of where the passwords of an account are in use: a database on this computer, or a
/// service on another.
pub trait Memory: fmt::Debug + Send + Sync {
    /// The id of the system that the password is for, if anybody said so.
    fn system(&self) -> Option<&str>;

    /// Prepares to answer about one password of one account.
    ///
    /// # Errors
    /// If the account has no usable name, the memory cannot be used, or the password is too long or
    /// not text.
    fn ask<'a>(
        &'a self,
        account: &str,
        password: &Password,
        former: Former,
    ) -> Result<Box<dyn Inquiry + 'a>, GateError>;
}

/// A memory that is asked about one password of one account.
pub trait Inquiry {
    /// Where the password is in use, and near copies as far as they were searched for.
    ///
    /// # Errors
    /// If the memory does not answer.
    fn uses(&mut self) -> Result<Vec<Use>, GateError>;

    /// Searches for near copies in use, as long as the configuration allows; `None` if it does not.
    ///
    /// # Errors
    /// If the memory does not answer.
    fn look_near(&mut self, threads: usize) -> Result<Option<Search>, GateError>;

    /// Records the password if `accept`, which is told where it is in use at that moment, accepts
    /// it: in one transaction.
    ///
    /// # Errors
    /// If nobody said of which system it is, or it was accepted and is not recorded.
    fn record(
        &mut self,
        today: Day,
        accept: &mut dyn FnMut(&[Use]) -> bool,
    ) -> Result<(), GateError>;
}

/// How far the search for near copies came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain facts that memories construct")]
pub struct Search {
    /// Near copies that were tried.
    pub tried: usize,
    /// Near copies that there were.
    pub of: usize,
    /// Whether one is in use; the search ends with it.
    pub found: bool,
}
