//! What becomes of a password: one of three.

use strongpass_policy::{Outcome, Verdict};

use crate::error::GateError;
use crate::memory::Search;

/// What becomes of a password. No function makes one of another, and only this crate makes them.
#[derive(Debug)]
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Decision {
    /// Every clause that the policy requires holds, and what was to be recorded is on the disk.
    Accepted(Accepted),
    /// A clause is broken.
    Refused(Refused),
    /// No clause is known to be broken, but not everything could be looked at or recorded. Never to
    /// be taken for a yes.
    CouldNotCheck(Unchecked),
}

/// What is known of an accepted password.
#[derive(Debug)]
pub struct Accepted(Known);

/// What is known of a refused password.
#[derive(Debug)]
pub struct Refused(Known);

/// What is known of a password that could not be checked.
#[derive(Debug)]
pub struct Unchecked(Known);

#[derive(Debug)]
struct Known {
    verdict: Verdict,
    near: Option<Search>,
    reasons: Vec<GateError>,
}

impl Accepted {
    /// The answer to every clause.
    pub fn verdict(&self) -> &Verdict {
        &self.0.verdict
    }
}

impl Refused {
    /// The answer to every clause.
    pub fn verdict(&self) -> &Verdict {
        &self.0.verdict
    }
}

impl Unchecked {
    /// The answer to every clause.
    pub fn verdict(&self) -> &Verdict {
        &self.0.verdict
    }

    /// What could not be looked at or recorded, and what to do; never empty.
    pub fn reasons(&self) -> &[GateError] {
        &self.0.reasons
    }
}

impl Decision {
    pub(crate) fn new(verdict: Verdict, near: Option<Search>, reasons: Vec<GateError>) -> Self {
        let known = |verdict, reasons| Known { verdict, near, reasons };
        match verdict.outcome() {
            Outcome::Reject => Self::Refused(Refused(known(verdict, reasons))),
            Outcome::Accept if reasons.is_empty() => {
                Self::Accepted(Accepted(known(verdict, reasons)))
            }
            Outcome::Unchecked if reasons.is_empty() => {
                // Nobody asked, and the policy requires it.
                Self::CouldNotCheck(Unchecked(known(verdict, vec![GateError::NoHistory])))
            }
            Outcome::Accept | Outcome::Unchecked => {
                Self::CouldNotCheck(Unchecked(known(verdict.into_unchecked(), reasons)))
            }
        }
    }

    /// The answer to every clause. Its outcome is that of the decision.
    pub fn verdict(&self) -> &Verdict {
        &self.known().verdict
    }

    /// How far the search for near copies came; `None` if there was none.
    pub fn near(&self) -> Option<Search> {
        self.known().near
    }

    /// What could not be looked at or recorded, and what to do. A refused password may have some,
    /// too; an accepted one has none.
    pub fn reasons(&self) -> &[GateError] {
        &self.known().reasons
    }

    fn known(&self) -> &Known {
        match self {
            Self::Accepted(Accepted(known))
            | Self::Refused(Refused(known))
            | Self::CouldNotCheck(Unchecked(known)) => known,
        }
    }
}
